/**
 * What an instrument of each kind would say of the world at its place, before its own faults: the physics where there are
 * any, the pattern of hour and weekday for the rest. On an ordinary day every kind stays where no rule speaks.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { demandAt } from './traffic.ts'

/** The world at this moment, as far as an instrument may ask. Places are by the device's index. */
export interface Surroundings {
  readonly hour: number
  readonly weekday: number
  readonly temperature: number
  readonly wind: number
  readonly isDark: boolean
  /** 0 … 1: how badly the air moves and how long it has not rained. */
  readonly staleAir: number
  readonly riverRise: number
  rain(device: number): number
  depth(device: number): number
  pump(device: number): number
  jam(device: number): number
  crowd(device: number): number
  gas(device: number): number
  gasPressureLost(device: number): number
  isPowerOut(device: number): boolean
  /** Since its supply went, ms of city time. */
  outForMs(device: number): number
}

/** `own` in 0 … 1 is the device's own level; `noise` is about −2.5 … 2.5 and remembers itself. */
export type Reader = (s: Surroundings, device: number, own: number, noise: number) => number

const wave = (hour: number, top: number) => Math.cos(((hour - top) / 24) * 2 * Math.PI)
const atWork = (s: Surroundings) => (s.weekday < 7 && s.hour > 7 && s.hour < 19 ? 1 : 0)
const trappedForMs = 25 * 60_000
const trappedShare = 0.12

export const readers: Readonly<Record<string, Reader>> = {
  'water-depth': (s, d, own, noise) => {
    const depth = s.depth(d)
    return Math.max(0, own * 1.4 - 0.4 + 0.15 * noise + depth * (1 + 0.01 * noise))
  },
  'river-level': (s, _d, own, noise) => 2.55 + 0.25 * own + s.riverRise * (0.55 + 0.45 * own) + 0.01 * noise,
  rainfall: (s, d, _own, noise) => {
    const rain = s.rain(d)
    return rain < 0.1 ? 0 : rain * (1 + 0.03 * noise)
  },
  'wind-speed': (s, _d, own, noise) => Math.max(0, s.wind * (0.9 + 0.2 * own) + (0.35 + 0.06 * s.wind) * noise),
  temperature: (s, _d, own, noise) => s.temperature + own + 0.2 * noise,
  pump: (s, d) => s.pump(d),
  'road-speed': (s, d, own, noise) => {
    const wet = 1 - Math.min(0.12, s.rain(d) / 200)
    const busy = 1 - 0.09 * demandAt(s.hour, s.weekday)
    return Math.max(3, (67 - 15 * own) * busy * wet * (1 - 0.8 * s.jam(d)) + 1.7 * noise)
  },
  parking: (s, _d, own) => {
    const office = s.weekday < 6 ? 0.6 : 0.3
    return own < 0.25 + office * Math.max(demandAt(s.hour, s.weekday), s.hour > 9 && s.hour < 20 ? 0.75 : 0) ? 1 : 0
  },
  pm25: (s, d, own, noise) =>
    Math.max(4, 20 + 12 * own + 6 * wave(s.hour, 8) + 26 * s.staleAir + 12 * s.jam(d) - 0.8 * s.rain(d) + 2.2 * noise),
  aqi: (s, _d, own, noise) => 36 + 14 * own + 8 * wave(s.hour, 8) + 28 * s.staleAir + 1.5 * noise,
  ozone: (s, _d, own, noise) =>
    Math.max(5, 55 + 38 * wave(s.hour, 15) + 12 * own + 0.9 * Math.max(0, s.temperature - 15) + 3 * noise),
  dust: (s, d, own, noise) =>
    Math.max(
      20,
      (90 + 80 * own + 120 * atWork(s) * (0.5 + own) + 6 * Math.min(12, s.wind)) / (1 + s.rain(d)) + 8 * noise,
    ),
  noise: (s, d, own, noise) =>
    44 +
    5 * own +
    9 * demandAt(s.hour, s.weekday) +
    Math.min(4, 0.4 * s.rain(d)) +
    Math.min(6, 0.3 * s.wind) +
    1.1 * noise,
  'crowd-density': (s, d, _own, noise) => Math.max(0, s.crowd(d) + 0.05 * noise),
  smoke: () => 0,
  'leakage-current': (s, d, own, noise) => Math.max(0, 40 + 70 * own + Math.min(40, 2 * s.rain(d)) + 3 * noise),
  'cable-temperature': (s, d, own, noise) =>
    s.isPowerOut(d) ? s.temperature : 11 + 8 * own + 0.75 * s.temperature + 5 * demandAt(s.hour, 1) + 0.4 * noise,
  'home-care': (s, _d, own) => (s.hour < 6 ? Math.min(8, s.hour + 1 + own) : own),
  methane: (s, d, own, noise) =>
    Math.min(100, Math.max(0, 0.6 + 1.2 * own + 0.2 * noise + s.gas(d) * (1 + 0.02 * noise))),
  'gas-pressure': (s, d, own, noise) =>
    (0.32 + 0.02 * own - 0.025 * demandAt(s.hour, s.weekday)) * (1 - s.gasPressureLost(d)) + 0.002 * noise,
  'water-pressure': (s, d, own, noise) =>
    (0.34 + 0.04 * own - 0.04 * demandAt(s.hour, s.weekday)) * (s.isPowerOut(d) ? 0.62 : 1) + 0.003 * noise,
  'supply-voltage': (s, d, own, noise) =>
    s.isPowerOut(d) ? 0 : 228 + 4 * own - 3 * demandAt(s.hour, s.weekday) + 0.6 * noise,
  elevator: (s, d, own) => (s.isPowerOut(d) ? (own < trappedShare && s.outForMs(d) < trappedForMs ? 1 : 2) : 0),
  'bridge-strain': (s, d, own, noise) =>
    Math.max(
      2,
      12 + 9 * own + 13 * demandAt(s.hour, s.weekday) + 6 * s.jam(d) + 0.5 * Math.min(20, s.wind) + 1.1 * noise,
    ),
  'manhole-tilt': (_s, _d, own) => Math.round(own * 2),
  'bin-fill': (s, _d, own, noise) => 12 + (s.weekday > 5 ? 62 : 55) * (((s.hour + own * 24) % 12) / 12) + 0.4 * noise,
  'street-light': (s, d) => (s.isDark && s.isPowerOut(d) ? 1 : 0),
}

/** A lift's own level decides whether somebody was in it when its supply went. */
export const isTrapped = (own: number) => own < trappedShare

/** The reader of a kind; a kind nobody knows says its own level. */
export const readerOf = (device: DeviceRow): Reader => readers[device.kind] ?? ((_s, _d, own) => own)
