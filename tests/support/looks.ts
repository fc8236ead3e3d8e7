/**
 * How things look, held against how they looked. Kept small (every 4 by 4 pixels are one) and compared with room: another Chromium may smooth a letter
 * otherwise, and only a colour or a place that changed fails. `UPDATE_LOOKS=1` renews what is kept; a look that failed is laid beside
 * it as three pictures, which the message names.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { root } from './program.ts'

const kept = join(root, 'tests/e2e/goldens/looks')
const failed = join(root, 'tests/e2e/.results/looks')
const shrinkBy = 4
/** Distance of two colours, 1 = black to white: a step of a token is more, the edge of a letter drawn otherwise is less. */
const threshold = 0.035
/** Of all pixels, that may differ all the same. */
const allowedShare = 0.001

interface Look {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** A picture with the mean of each 4 by 4 pixels as one; what is left over at its right and lower edge is not looked at. */
export function shrunk(picture: Look): Look {
  const [width, height] = [Math.floor(picture.width / shrinkBy), Math.floor(picture.height / shrinkBy)]
  const data = Buffer.alloc(width * height * 4, 255)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let colour = 0; colour < 3; colour++) {
        let sum = 0
        for (let inner = 0; inner < shrinkBy * shrinkBy; inner++) {
          const row = y * shrinkBy + Math.floor(inner / shrinkBy)
          const column = x * shrinkBy + (inner % shrinkBy)
          sum += picture.data[(row * picture.width + column) * 4 + colour] ?? 0
        }
        data[(y * width + x) * 4 + colour] = Math.round(sum / (shrinkBy * shrinkBy))
      }
  return { width, height, data }
}

/** The left upper part, where sizes differ by one. */
function part({ width: whole, data }: Look, width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => data.subarray(y * whole * 4, (y * whole + width) * 4))
  return Buffer.concat(rows)
}

export interface Difference {
  /** In words; null where it looks as it did. */
  readonly problem: string | null
  readonly share: number
  readonly picture: Buffer | null
}

export function differenceOf(expected: Look, actual: Look): Difference {
  const [width, height] = [Math.min(expected.width, actual.width), Math.min(expected.height, actual.height)]
  if (Math.max(expected.width, actual.width) - width > 1 || Math.max(expected.height, actual.height) - height > 1) {
    const size = (look: Look) => `${look.width * shrinkBy} × ${look.height * shrinkBy}`
    return { problem: `it is ${size(actual)}, and was ${size(expected)}`, share: 1, picture: null }
  }
  const diff = new PNG({ width, height })
  const options = { threshold, includeAA: true }
  const count = pixelmatch(
    part(expected, width, height),
    part(actual, width, height),
    diff.data,
    width,
    height,
    options,
  )
  const share = count / (width * height)
  const isOther = share > allowedShare
  const problem = isOther ? `${(share * 100).toFixed(2)} % of it looks otherwise` : null
  return { problem, share, picture: PNG.sync.write(diff) }
}

const encoded = ({ width, height, data }: Look): Buffer => {
  const picture = new PNG({ width, height })
  data.copy(picture.data)
  return PNG.sync.write(picture, { colorType: 2 })
}

/** Whether two screenshots after each other show the same: what a renderer smooths otherwise from one to the next is no movement. */
export function isStill(before: Buffer, after: Buffer): boolean {
  const [one, other] = [before, after].map((bytes) => shrunk(PNG.sync.read(bytes))) as [Look, Look]
  return differenceOf(one, other).share === 0
}

/** Null where this screenshot looks as the one kept under the name; else what is wrong, and where the pictures lie. */
export function lookProblem(name: string, screenshot: Buffer, { mayUpdate = true } = {}): string | null {
  const actual = shrunk(PNG.sync.read(screenshot))
  const file = join(kept, `${name}.png`)
  if (mayUpdate && process.env.UPDATE_LOOKS === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, encoded(actual))
    return null
  }
  if (!existsSync(file)) return `${name}: no look is kept; UPDATE_LOOKS=1 keeps this one`
  const expected = PNG.sync.read(readFileSync(file))
  const { problem, picture } = differenceOf(expected, actual)
  if (problem === null) return null
  mkdirSync(failed, { recursive: true })
  const lay = (what: string, bytes: Buffer) => {
    const path = join(failed, `${name}.${what}.png`)
    writeFileSync(path, bytes)
    return path
  }
  const pictures = [
    lay('expected', encoded(expected)),
    lay('actual', encoded(actual)),
    ...(picture === null ? [] : [lay('difference', picture)]),
  ]
  return `${name}: ${problem}\n${pictures.join('\n')}`
}
