/** The server's clock on a machine whose own is wrong: displays of one wall must agree to a few milliseconds. */
import { describe, expect, it } from 'vitest'
import { makeClockOffset, untilNextSecondMs } from '../../../client/src/stores/clock-offset.ts'

const wrongMs = 300_000
/** Hears the server so many times, each word this long under way; this machine's clock is five minutes ahead. */
const heard = (offset: ReturnType<typeof makeClockOffset>, delaysMs: readonly number[], wrong = wrongMs) =>
  delaysMs.map((delayMs, i) => offset.heard(i * 5_000, i * 5_000 + delayMs + wrong))

describe('the server’s clock', () => {
  it('is taken from the word that came fastest, however wrong the machine’s own', () => {
    expect(heard(makeClockOffset(), [80, 12, 900, 40])).toEqual([-300_080, -300_012, -300_012, -300_012])
  })
  it('follows a clock that runs slowly away: a fast word of a minute ago is forgotten', () => {
    const offsets = heard(makeClockOffset(), [5, ...Array<number>(12).fill(30)])
    expect(offsets.at(-2)).toBe(-300_005)
    expect(offsets.at(-1)).toBe(-300_030)
  })
  it.each([
    ['set back', -wrongMs],
    ['set forward', 2 * wrongMs],
  ])('is right at the next word after the machine’s clock was %s', (_, wrong) => {
    const offset = makeClockOffset()
    heard(offset, [5, 5, 5])
    expect(heard(offset, [20], wrong)).toEqual([-wrong - 20])
  })
  it('keeps a delay of up to 2 s for a slow line, and no more', () => {
    const offset = makeClockOffset()
    expect(heard(offset, [0, 2_000])).toEqual([-300_000, -300_000])
    expect(offset.heard(10_000, 10_000 + 2_001 + wrongMs)).toBe(-302_001)
  })
  it('ticks at whole seconds of the server, never before', () => {
    for (const nowAt of [0, 1, 999, 1_000, 1_764_300_000_123])
      expect(Math.floor((nowAt + untilNextSecondMs(nowAt)) / 1_000), String(nowAt)).toBe(Math.floor(nowAt / 1_000) + 1)
    expect(untilNextSecondMs(250)).toBe(751)
  })
})
