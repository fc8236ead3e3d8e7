/**
 * How sure one may be that two reports tell of one happening: log-odds added up, each with its reason in words. Weights were chosen on simulated
 * cities and rounded; docs/adr/0015 says how, and what they were tested on. Pure: what a shingle is worth is told from outside.
 */
import type { LikenessKind, LikenessReason } from '../../../../shared/model/duplicate.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Term } from '../../../../shared/model/term.ts'
import { distanceM } from '../../../../shared/model/geo.ts'
import type { ClassRelation } from './class-family.ts'
import { classRelation, reachOf } from './class-family.ts'
import type { Print } from './print.ts'

/** A report as it is compared. */
export interface Compared {
  readonly classCode: string
  /** The class its own words speak of; null = they do not say. */
  readonly saidClass: string | null
  readonly position: LonLat | null
  readonly at: Instant
  readonly isSensed: boolean
  readonly print: Print
}

export interface Likeness {
  readonly score: number
  readonly reasons: readonly LikenessReason[]
  readonly distanceM: number | null
}

/** Of a shingle, 0 … 1: 0 = in every report. */
export type ShingleWorth = (shingle: number) => number

const minuteMs = 60_000
/** Before anything is known of two open cases in each other's neighbourhood. */
const prior = -4.2
/** Metres beyond which nothing is looked at, and minutes. */
export const farthestM = 300
export const longestMs = 72 * 60 * minuteMs

/** Points between which weights run straight. */
type Curve = readonly (readonly [at: number, weight: number])[]
const distanceCurve: Curve = [
  [0, 2.8],
  [15, 3],
  [30, 2.6],
  [45, 1.2],
  [60, -0.5],
  [100, -2.2],
  [farthestM, -3],
]
const hoursCurve: Curve = [
  [0, 2.4],
  [0.5, 1.3],
  [1, 0.9],
  [3, -0.4],
  [8, -1],
  [24, -1.7],
  [72, -2.2],
]
const classWeights: Readonly<Record<ClassRelation, number>> = {
  same: 3.2,
  family: -0.8,
  other: -0.8,
  group: -1.2,
  apart: -2.5,
}
/** No two witnesses say it in the same words: what is all alike comes from a form, or was sent twice. */
const textCurve: Curve = [
  [0, -0.8],
  [0.05, -0.2],
  [0.15, 0.2],
  [0.4, 1.4],
  [0.7, 2],
  [0.9, 0.5],
  [1, 0],
]
const mostForText = 2
/** Log-odds below which the words, whatever they are, change nothing: even chances are far away. */
const hopeless = -3
/** Text of which less than this says anything is not judged. */
const leastWorth = 3
/** House numbers farther apart than this are another house, and what is there another thing; next door it may still be one. */
const nextDoors = 12
const farDoor = -1.8
const nextDoor = -0.6
/** No place on one side: the same address does, or two names; one name alone is a whole street. */
const unplaced = { address: -2, names: -2.2, name: -3, nothing: -4 } as const

export function onCurve(curve: Curve, x: number): number {
  let [before, weight] = curve[0] as readonly [number, number]
  for (const [at, next] of curve) {
    if (x <= at) return at === before ? next : weight + ((next - weight) * (x - before)) / (at - before)
    before = at
    weight = next
  }
  return weight
}

/** 0 … 1: the worth of what both say over the mean worth of what each says; null where either says too little to tell. */
export const likenessOf = (common: number, ofA: number, ofB: number): number | null =>
  Math.min(ofA, ofB) < leastWorth ? null : (2 * common) / (ofA + ofB)

/** Of two texts, as `likenessOf`. */
export function textLikeness(a: Uint32Array, b: Uint32Array, worth: ShingleWorth): number | null {
  let common = 0
  let ofA = 0
  let ofB = 0
  for (let i = 0, k = 0; i < a.length || k < b.length;) {
    const [x, y] = [a[i] ?? Infinity, b[k] ?? Infinity]
    const value = worth(Math.min(x, y))
    if (x <= y) ofA += value
    if (y <= x) ofB += value
    if (x === y) common += value
    if (x <= y) i++
    if (y <= x) k++
  }
  return likenessOf(common, ofA, ofB)
}

const relationOf = (a: Compared, b: Compared): ClassRelation => {
  const order: readonly ClassRelation[] = ['same', 'family', 'other', 'group', 'apart']
  const saidA = a.saidClass ?? a.classCode
  const saidB = b.saidClass ?? b.classCode
  const all = [classRelation(a.classCode, b.classCode), classRelation(saidA, saidB)]
  return all.sort((one, two) => order.indexOf(one) - order.indexOf(two))[0] as ClassRelation
}

const classWords: Readonly<Record<ClassRelation, Term>> = {
  same: { zh: '同一小类', en: 'same class' },
  family: { zh: '类别相近', en: 'kindred class' },
  other: { zh: '一方为其他类', en: 'one is classed as other' },
  group: { zh: '同一大类，小类不同', en: 'same group, another class' },
  apart: { zh: '类别不同', en: 'another class' },
}

function apartWords(ms: number): Term {
  const minutes = Math.round(ms / minuteMs)
  if (minutes < 1) return { zh: '同一分钟内', en: 'within the same minute' }
  if (minutes < 90) return { zh: `相隔 ${minutes} 分钟`, en: `${minutes} min apart` }
  const hours = Math.round(minutes / 60)
  return { zh: `相隔 ${hours} 小时`, en: `${hours} h apart` }
}

/** Both name a place, and it is the same; the numbers may say it is another door. */
interface PlaceReason {
  readonly how: keyof typeof unplaced
  readonly weight: number
  readonly words: Term
}
function placeReason(a: Print, b: Print): PlaceReason | null {
  if (a.address !== '' && a.address === b.address)
    return { how: 'address', weight: 0.9, words: { zh: `地址相同：${a.address}`, en: `same address: ${a.address}` } }
  const shared = a.names.filter((name) => b.names.includes(name))
  const number = a.numbers.find((one) => b.numbers.includes(one))
  if (shared.length > 0 && number !== undefined)
    return { how: 'address', weight: 0.6, words: { zh: `同一门牌：${number} 号`, en: `same house number: ${number}` } }
  if (shared.length === 0) return null
  const apart = a.numbers.flatMap((one) => b.numbers.map((other) => Math.abs(one - other)))
  const least = Math.min(Infinity, ...apart)
  if (least > nextDoors && least < Infinity)
    return { how: 'nothing', weight: farDoor, words: { zh: `门牌相差 ${least}`, en: `house numbers ${least} apart` } }
  if (least < Infinity)
    return { how: 'name', weight: nextDoor, words: { zh: `门牌相近：相差 ${least}`, en: `near doors: ${least} apart` } }
  const how = shared.length > 1 ? 'names' : 'name'
  return { how, weight: 0.2, words: { zh: `同一地名：${shared[0]}`, en: `same place name: ${shared[0]}` } }
}

export function likeness(a: Compared, b: Compared, worth: ShingleWorth): Likeness {
  const reasons: LikenessReason[] = []
  const add = (kind: LikenessKind, weight: number, words: Term) => reasons.push({ kind, words, weight })
  const place = placeReason(a.print, b.print)
  const metres = a.position && b.position ? distanceM(a.position, b.position) : null
  if (metres !== null) {
    const shown = Math.round(metres)
    const reach = Math.max(reachOf(a.classCode), reachOf(b.classCode))
    add('distance', onCurve(distanceCurve, metres / reach), { zh: `相距 ${shown} 米`, en: `${shown} m apart` })
  } else
    add('distance', unplaced[place?.how ?? 'nothing'], {
      zh: '一方无坐标，按地名比对',
      en: 'one has no position: compared by name',
    })
  const apartMs = Math.abs(a.at - b.at)
  add('time', onCurve(hoursCurve, apartMs / (60 * minuteMs)), apartWords(apartMs))
  const relation = relationOf(a, b)
  add('class', classWeights[relation], classWords[relation])
  const known = reasons.reduce((sum, { weight }) => sum + weight, prior)
  // What a sensor says of itself is no witness's words.
  const isMute = a.isSensed || b.isSensed || known + mostForText < hopeless
  const likeText = isMute ? null : textLikeness(a.print.shingles, b.print.shingles, worth)
  if (likeText !== null) {
    const shown = likeText.toFixed(2)
    add('text', onCurve(textCurve, likeText), { zh: `文字相似 ${shown}`, en: `text alike ${shown}` })
  }
  if (place !== null) add('place', place.weight, place.words)
  if (a.print.phone !== null && a.print.phone === b.print.phone)
    add('caller', 1.2, { zh: '同一来电号码', en: 'same caller’s number' })
  if (a.print.device !== null && a.print.device === b.print.device)
    add('device', 0.2, { zh: '同一账号或设备', en: 'same account or device' })
  const logOdds = reasons.reduce((sum, { weight }) => sum + weight, prior)
  reasons.sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight))
  return { score: 1 / (1 + Math.exp(-logOdds)), reasons, distanceM: metres }
}
