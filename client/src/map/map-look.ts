/**
 * Colours and sizes of the map, one set for dark rooms and one for paper-bright ones. Guarantees that saturated colour means
 * an abnormal level and nothing else; knows no data.
 */
import type { Priority } from '../../../shared/model/alarm.ts'
import type { WarningColour } from '../../../shared/model/warning.ts'

export interface MapLook {
  readonly dark: boolean
  /** Every mark is multiplied by this: 1 on a desk, more on a wall. */
  readonly scale: number
  /** Every letter: 12 × this is the smallest. */
  readonly textScale: number
  /**
   * Where something written for a desk comes into view: a map twice as large on the same ground stands one zoom nearer, and must
   * not show a crowd of names for it.
   */
  zoom(onDesk: number): number
  readonly background: string
  readonly water: string
  readonly waterLine: string
  readonly green: string
  /** From motorways to lanes. */
  readonly roads: readonly [string, string, string, string]
  readonly building: string
  readonly border: string
  readonly borderFine: string
  readonly label: string
  readonly labelStrong: string
  readonly halo: string
  readonly normal: string
  readonly accent: string
  readonly crew: string
  readonly crewIdle: string
  /** What belongs to a drill. */
  readonly drill: string
  readonly levels: Readonly<Record<Priority, string>>
}

/** The four official colours of 预警 signals; they follow the level hues and are told apart by the shield. */
export const warningSignal: Readonly<Record<WarningColour, string>> = {
  red: '#ff4d4f',
  orange: '#ff922b',
  yellow: '#ffd43b',
  blue: '#4dabf7',
}

type Colours = Omit<MapLook, 'scale' | 'textScale' | 'zoom'>

const darkLook: Colours = {
  dark: true,
  background: '#0e1214',
  water: '#16232b',
  waterLine: '#1d303a',
  green: '#121a19',
  roads: ['#3d484e', '#313a40', '#252d32', '#1b2226'],
  building: '#222b30',
  border: '#4a585f',
  borderFine: '#283136',
  label: '#74828a',
  labelStrong: '#a3b0b5',
  halo: '#0e1214',
  normal: '#6c7a82',
  accent: '#9cc4bd',
  crew: '#e8edef',
  crewIdle: '#8b999f',
  drill: '#b79cf5',
  levels: { 1: '#ff4d4f', 2: '#ff922b', 3: '#ffd43b', 4: '#4dabf7' },
}

const lightLook: Colours = {
  dark: false,
  background: '#f3f5f5',
  water: '#d3dfe5',
  waterLine: '#b9cbd4',
  green: '#e6ece7',
  roads: ['#c3cbcf', '#d0d7da', '#dde2e4', '#e6eaeb'],
  building: '#dadfe1',
  border: '#98a5ab',
  borderFine: '#cfd6d9',
  label: '#66737a',
  labelStrong: '#3c474d',
  halo: '#f3f5f5',
  normal: '#84929a',
  accent: '#2f655d',
  crew: '#20282c',
  crewIdle: '#6d7b83',
  drill: '#5b3aa8',
  levels: { 1: '#c9252b', 2: '#b34a00', 3: '#806000', 4: '#1763ad' },
}

export const mapLook = (dark: boolean, scale: number, textScale = scale): MapLook => ({
  ...(dark ? darkLook : lightLook),
  scale,
  textScale,
  zoom: (onDesk) => onDesk + Math.log2(scale),
})
