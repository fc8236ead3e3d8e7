/** How one block of each quarter is filled: footprints in metres from the block's corner, before anything is in their way. */
import type { QuarterStyle } from './plan.ts'
import type { Point } from './plane.ts'
import type { Random } from './random.ts'

export interface Footprint {
  /** The outer ring first, then a courtyard. */
  readonly rings: readonly (readonly Point[])[]
  readonly heightM: number
  /** Stands on the footprint before it: not in its way. */
  readonly isOnTop?: true
}

export interface BlockFrame {
  readonly widthM: number
  readonly depthM: number
  /** Width runs rather east-west than north-south: houses face south. */
  readonly isWidthEast: boolean
  /** 0 in the fields to 1 in the middle of the city. */
  readonly urbanity: number
}

const rect = (x: number, y: number, w: number, d: number): Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + d],
  [x, y + d],
]
const lShape = (x: number, y: number, w: number, d: number, arm: number): Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + arm],
  [x + arm, y + arm],
  [x + arm, y + d],
  [x, y + d],
]
const uShape = (x: number, y: number, w: number, d: number, arm: number): Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + d],
  [x + w - arm, y + d],
  [x + w - arm, y + arm],
  [x + arm, y + arm],
  [x + arm, y + d],
  [x, y + d],
]
const round = (x: number, y: number, r: number): Point[] =>
  Array.from({ length: 12 }, (_, i): Point => [
    x + r * Math.cos((i * Math.PI) / 6),
    y + r * Math.sin((i * Math.PI) / 6),
  ])
const box = (x: number, y: number, w: number, d: number, heightM: number): Footprint => ({
  rings: [rect(x, y, w, d)],
  heightM: Math.round(heightM),
})

/** Courtyard houses wall to wall, a taller gate or hall here and there. */
function oldBlock({ widthM, depthM }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 10
  const [across, deep] = [
    Math.max(1, Math.round((widthM - 2 * inset) / 27)),
    Math.max(1, Math.round((depthM - 2 * inset) / 26)),
  ]
  const [w, d] = [(widthM - 2 * inset) / across, (depthM - 2 * inset) / deep]
  for (let i = 0; i < across; i++)
    for (let j = 0; j < deep; j++) {
      if (random.chance(0.13)) continue
      const [x, y] = [inset + i * w + random.between(0.5, 2), inset + j * d + random.between(0.5, 2)]
      const [bw, bd] = [w - random.between(1.5, 4), d - random.between(1.5, 4)]
      const heightM = Math.round(random.chance(0.1) ? random.between(11, 18) : random.between(5, 9))
      const turn = random.next()
      if (turn < 0.45) {
        const wall = random.between(5, 6.5)
        found.push({ rings: [rect(x, y, bw, bd), rect(x + wall, y + wall, bw - 2 * wall, bd - 2 * wall)], heightM })
      } else if (turn < 0.65) found.push({ rings: [uShape(x, y, bw, bd, 6.5)], heightM })
      else if (turn < 0.82) found.push({ rings: [lShape(x, y, bw, bd, 8)], heightM })
      else found.push({ rings: [rect(x, y, bw, bd * random.between(0.55, 0.95))], heightM })
    }
  return found
}

/** Towers on podiums, four lots a block. */
function centreBlock({ widthM, depthM, urbanity }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 20
  const [w, d] = [(widthM - 2 * inset) / 2, (depthM - 2 * inset) / 2]
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 2; j++) {
      if (random.chance(0.08)) continue
      const [x, y] = [inset + i * w + 3, inset + j * d + 3]
      const [bw, bd] = [w - random.between(7, 14), d - random.between(7, 14)]
      found.push(box(x, y, bw, bd, random.between(15, 26)))
      const side = Math.min(bw, bd) * random.between(0.5, 0.72)
      const heightM = Math.round(random.between(60, 110) + random.next() ** 3 * 190 * urbanity)
      const [tx, ty] = [x + (bw - side) * random.next(), y + (bd - side) * random.next()]
      const ring = random.chance(0.15) ? round(tx + side / 2, ty + side / 2, side / 2) : rect(tx, ty, side, side)
      found.push({ rings: [ring], heightM, isOnTop: true })
    }
  return found
}

/** Houses along the streets around a yard, in which something stands too. */
function mixedBlock({ widthM, depthM, urbanity }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 17
  const tall = () =>
    random.chance(0.14 + 0.2 * Math.max(0, urbanity - 0.7)) ? random.between(45, 100) : random.between(12, 32)
  const edge = (length: number, put: (from: number, size: number, deep: number) => Footprint) => {
    for (let at = inset; at < length - inset - 22;) {
      const size = Math.min(random.between(26, 62), length - inset - at)
      if (!random.chance(0.12)) found.push(put(at, size - 4, random.between(13, 20)))
      at += size + random.between(2, 14)
    }
  }
  edge(widthM, (x, size, deep) => box(x, inset, size, deep, tall()))
  edge(widthM, (x, size, deep) => box(x, depthM - inset - deep, size, deep, tall()))
  edge(depthM - 56, (y, size, deep) => box(inset, y + 28, deep, size, tall()))
  edge(depthM - 56, (y, size, deep) => box(widthM - inset - deep, y + 28, deep, size, tall()))
  const [cx, cy] = [widthM / 2, depthM / 2]
  if (random.chance(0.6)) {
    const arm = random.between(11, 15)
    found.push({
      rings: [random.chance(0.5) ? lShape(cx - 25, cy - 20, 50, 40, arm) : uShape(cx - 28, cy - 20, 56, 40, arm)],
      heightM: Math.round(random.between(9, 28)),
    })
  }
  return found
}

/** Rows of slabs that face south; or point towers, staggered; or low terraces. */
function estateBlock({ widthM, depthM, isWidthEast, urbanity }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 20
  const [length, rows] = isWidthEast ? [widthM, depthM] : [depthM, widthM]
  const put = (a: number, b: number, w: number, d: number, heightM: number) =>
    found.push(isWidthEast ? box(a, b, w, d, heightM) : box(b, a, d, w, heightM))
  const kind = random.next()
  // Not built yet, or never to be.
  if (random.chance(0.42 - 0.4 * urbanity)) return found
  if (kind < 0.5) {
    // Six floors without a lift, or eleven with one: rows further apart.
    const isOlder = random.chance(0.55)
    const [heightM, apartM] = isOlder ? [random.between(16, 21), 42] : [random.between(32, 36), 56]
    const slab = random.between(42, 62)
    for (let b = inset; b + 13 < rows - inset; b += apartM)
      for (let a = inset; a + slab < length - inset + 8; a += slab + 13)
        if (!random.chance(0.07)) put(a, b, Math.min(slab, length - inset - a), 12.5, heightM)
  } else if (kind < 0.84) {
    const heightM = random.between(54, 99)
    let stagger = 0
    for (let b = inset + 4; b + 20 < rows - inset; b += 70) {
      for (let a = inset + stagger; a + 30 < length - inset; a += 72) {
        if (random.chance(0.12)) continue
        if (random.chance(0.5)) put(a, b, 33, 16, heightM + random.between(-6, 6))
        else {
          const ring = isWidthEast ? lShape(a, b, 30, 22, 14) : lShape(b, a, 22, 30, 14)
          found.push({ rings: [ring], heightM: Math.round(heightM + random.between(-6, 6)) })
        }
      }
      stagger = stagger === 0 ? 26 : 0
    }
    if (found.length > 2) put(length - inset - 44, rows - inset - 16, 40, 14, 9)
  } else {
    for (let b = inset; b + 12 < rows - inset; b += 38)
      for (let a = inset; a + 30 < length - inset; a += 48)
        if (!random.chance(0.15)) put(a, b, 31, 12, random.between(9, 13))
  }
  return found
}

/** Halls around greens. */
function campusBlock({ widthM, depthM }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  for (const [x, y] of [
    [0.1, 0.12],
    [0.55, 0.12],
    [0.1, 0.58],
    [0.55, 0.58],
  ] as const) {
    if (random.chance(0.22)) continue
    const [w, d] = [widthM * random.between(0.22, 0.34), depthM * random.between(0.18, 0.3)]
    const at = [widthM * x, depthM * y] as const
    const heightM = Math.round(random.between(14, 34))
    const turn = random.next()
    if (turn < 0.35) found.push({ rings: [uShape(at[0], at[1], w, d, 15)], heightM })
    else if (turn < 0.6) found.push({ rings: [lShape(at[0], at[1], w, d, 16)], heightM })
    else if (turn < 0.75)
      found.push({ rings: [rect(at[0], at[1], w, d), rect(at[0] + 14, at[1] + 14, w - 28, d - 28)], heightM })
    else found.push(box(at[0], at[1], w, 17, heightM))
  }
  return found
}

/** Halls and laboratories with room to grow, an office tower at the corner. */
function zoneBlock({ widthM, depthM }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 26
  const across = random.whole(2, 3)
  const w = (widthM - 2 * inset) / across
  for (let i = 0; i < across; i++)
    for (let j = 0; j < 2; j++) {
      if (random.chance(0.14)) continue
      const d = (depthM - 2 * inset) / 2
      if (random.chance(0.2)) {
        found.push(box(inset + i * w + 8, inset + j * d + 8, 34, 30, random.between(40, 85)))
        found.push(box(inset + i * w + 50, inset + j * d + 8, Math.max(16, w - 66), 24, random.between(12, 24)))
      } else
        found.push(
          box(
            inset + i * w,
            inset + j * d,
            w - random.between(12, 30),
            d - random.between(14, 40),
            random.between(9, 20),
          ),
        )
    }
  return found
}

/** Sheds side by side; now and then tanks. */
function industryBlock({ widthM, depthM }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 26
  if (random.chance(0.12)) {
    for (let x = inset + 24; x < widthM - inset - 20; x += 58)
      for (let y = inset + 24; y < depthM - inset - 20; y += 58)
        if (!random.chance(0.15))
          found.push({ rings: [round(x, y, random.between(13, 21))], heightM: random.whole(12, 20) })
    return found
  }
  const rows = random.whole(3, 5)
  const d = (depthM - 2 * inset) / rows
  for (let j = 0; j < rows; j++)
    for (let x = inset; x < widthM - inset - 50;) {
      const size = Math.min(random.between(80, 190), widthM - inset - x)
      if (!random.chance(0.1))
        found.push(box(x, inset + j * d, size - 10, d - random.between(12, 22), random.between(8, 15)))
      x += size
    }
  return found
}

/** Rows of stacked containers, and the long sheds behind them. */
function portBlock({ widthM, depthM }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  const inset = 24
  if (random.chance(0.35)) {
    for (let y = inset; y + 46 < depthM - inset; y += 70)
      found.push(box(inset, y, widthM - 2 * inset, 46, random.between(10, 14)))
    return found
  }
  for (let y = inset; y + 15 < depthM - inset; y += 27)
    for (let x = inset; x + 60 < widthM - inset; x += 88)
      if (!random.chance(0.18)) found.push(box(x, y, 80, 15, 2.6 * random.whole(1, 5)))
  return found
}

/** Village houses: two or three floors, each a little turned from its neighbour by the bent lane. */
function villageBlock({ widthM, depthM }: BlockFrame, random: Random): Footprint[] {
  const found: Footprint[] = []
  for (let x = 12; x + 14 < widthM - 8; x += 21)
    for (let y = 12; y + 14 < depthM - 8; y += 24)
      if (random.chance(0.5))
        found.push(
          box(
            x + random.between(-2, 2),
            y + random.between(-2, 2),
            random.between(10, 14),
            random.between(9, 12),
            random.between(6, 11),
          ),
        )
  return found
}

export const fillBlock: Readonly<Record<QuarterStyle, (frame: BlockFrame, random: Random) => Footprint[]>> = {
  old: oldBlock,
  centre: centreBlock,
  mixed: mixedBlock,
  estate: estateBlock,
  campus: campusBlock,
  zone: zoneBlock,
  industry: industryBlock,
  port: portBlock,
  village: villageBlock,
}
