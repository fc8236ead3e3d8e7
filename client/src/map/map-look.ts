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
  readonly waterName: string
  readonly green: string
  readonly greenName: string
  /** From motorways to lanes, by the six classes of a pack. */
  readonly roads: readonly [string, string, string, string, string, string]
  readonly roadRim: string
  readonly bridgeRim: string
  readonly rail: string
  readonly railName: string
  /** Low, middling and tall. */
  readonly buildings: readonly [string, string, string]
  readonly part: string
  readonly placeName: string
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
  waterName: '#5f7e8e',
  green: '#131d1b',
  greenName: '#627a70',
  roads: ['#4a575e', '#434f56', '#38434a', '#2e373d', '#262e33', '#1f262b'],
  roadRim: '#0a0d0f',
  bridgeRim: '#5a6970',
  rail: '#55626a',
  railName: '#74828a',
  buildings: ['#1c2429', '#263036', '#36434a'],
  part: '#8b999f',
  placeName: '#94a2a8',
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
  background: '#e9edee',
  water: '#cbdae2',
  waterLine: '#b9cbd4',
  waterName: '#5a7c8e',
  green: '#d8e5db',
  greenName: '#5f7d6b',
  roads: ['#ffffff', '#ffffff', '#ffffff', '#ffffff', '#ffffff', '#fcfdfd'],
  roadRim: '#ccd4d8',
  bridgeRim: '#9aa7ae',
  rail: '#a3afb5',
  railName: '#6d7b83',
  buildings: ['#f1f4f5', '#e6eaec', '#d9dfe2'],
  part: '#7d8b92',
  placeName: '#4d5a61',
  border: '#98a5ab',
  borderFine: '#cfd6d9',
  label: '#66737a',
  labelStrong: '#3c474d',
  halo: '#f6f8f8',
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
