/** A wall that hangs for months: it moves a little, says that it is there, shows its part, and is loaded anew for new pages alone, in quiet. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { computed, defineComponent, shallowRef } from 'vue'
import { burnShift } from '../../../client/src/components/wall/burn-shift.ts'
import { isUltraPicture, isWidePicture, wallWindow } from '../../../client/src/components/wall/wall-window.ts'
import { worstList } from '../../../client/src/components/wall/worst-list.ts'
import { useDisplaysStore } from '../../../client/src/stores/displays.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore } from '../../../client/src/stores/remote.ts'
import { useWallsStore } from '../../../client/src/stores/walls.ts'
import { useDisplayHere } from '../../../client/src/views/wall/use-display-here.ts'
import { outdatedAgainMs, quietMs, useQuietReload } from '../../../client/src/views/wall/use-quiet-reload.ts'
import type { DisplayHere } from '../../../shared/contract/display-roll.ts'
import { freeWall, type WallHold } from '../../../shared/model/display.ts'
import type { WallScene } from '../../../shared/model/wall-scene.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  sessionStorage.clear()
})
const within = (setup: () => void) => mount(defineComponent({ setup, template: '<i />' }))

describe('against burning in the picture', () => {
  const path = Array.from({ length: 97 }, (_, minute) => burnShift(noon + minute * 60_000))
  it('moves by one step a minute, and stands still within it', () => {
    for (const [n, at] of path.entries()) {
      const next = path[n + 1] ?? at
      expect(Math.abs(next.x - at.x) + Math.abs(next.y - at.y), String(n)).toBeLessThanOrEqual(1)
    }
    const begin = Math.ceil(noon / 60_000) * 60_000
    expect(burnShift(begin + 59_999)).toEqual(burnShift(begin))
  })
  it('is at each of 49 places within 97 minutes, none further than three steps', () => {
    expect(new Set(path.map(({ x, y }) => `${x} ${y}`)).size).toBe(49)
    expect(Math.max(...path.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]))).toBe(3)
    expect(burnShift(noon + 96 * 60_000)).toEqual(burnShift(noon))
  })
})

describe('a picture in its window', () => {
  const canvas = { width: 3880, height: 1080, parts: [] }
  const right = { id: 'right', x: 1960, y: 0, width: 1920, height: 1080 }
  it('fills it', () => {
    expect(wallWindow({ width: 1920, height: 1080 }, null, null)).toMatchObject({
      width: 1920,
      unit: 1,
      x: 0,
      inset: null,
    })
  })
  it('of a canvas is laid out whole, and one part of it is seen, in its own resolution', () => {
    expect(wallWindow({ width: 3840, height: 2160 }, canvas, right)).toEqual({
      ...{ width: 7760, height: 2160, unit: 2, x: -3920, y: 0 },
      inset: { top: 0, right: 0, bottom: 0, left: 3920 },
    })
    expect(isWidePicture(canvas), 'as wide as the canvas, not as the window').toBe(true)
    expect(isUltraPicture(canvas)).toBe(false)
  })
  it('keeps its shape in a window of another, in the middle', () => {
    expect(wallWindow({ width: 1920, height: 1200 }, canvas, right)).toMatchObject({ unit: 1, x: -1960, y: 60 })
    expect(wallWindow({ width: 1940, height: 1080 }, canvas, null)).toMatchObject({ unit: 0.5, x: 0, y: 270 })
  })
  it.each([
    [2599, false, false],
    [2600, true, false],
    [4399, true, false],
    [4400, true, true],
  ])('%i by 1000 has room for more columns: %s, %s', (width, isWide, isUltra) => {
    expect([isWidePicture({ width, height: 1000 }), isUltraPicture({ width, height: 1000 })]).toEqual([isWide, isUltra])
  })
})

it('a display says what it shows at each pulse, when it changes, and that it goes', async () => {
  const said: DisplayHere[] = []
  useDisplaysStore().attach((here) => void said.push(here))
  const scene = shallowRef<WallScene>('overview')
  const size = computed(() => ({ widthPx: 1920, heightPx: 1080 }))
  const page = within(() =>
    useDisplayHere(
      computed(() => 'hall'),
      computed(() => scene.value),
      size,
    ),
  )
  await flushPromises()
  expect(said, 'nothing before the server spoke').toEqual([])
  useLinkStore().heard(noon, noon + 300_000, noon)
  await flushPromises()
  const here = { name: 'hall', scene: 'overview', ...size.value, build: null, isHidden: false, pulseAt: noon }
  expect(said).toEqual([here])
  scene.value = 'flood'
  await flushPromises()
  useLinkStore().heard(noon + 5_000, noon + 305_000, noon)
  await flushPromises()
  expect(said.slice(1)).toEqual([
    { ...here, scene: 'flood' },
    { ...here, scene: 'flood', pulseAt: noon + 5_000 },
  ])
  page.unmount()
  expect(said.at(-1)).toBeNull()
})

describe('new pages', () => {
  let reloads = 0
  let isThere = true
  const worst = shallowRef(worstList([], [], noon))
  const wrong = (over: Parameters<typeof sampleIncident>[0]) => worstList([sampleIncident(over)], [], noon)
  function open(): void {
    Object.assign(worst, { value: worstList([], [], noon) })
    reloads = 0
    isThere = true
    const away = { ok: false, error: { code: 'UNREACHABLE', message: 'away' } } as const
    const none = () => Promise.resolve(away)
    const get = <T>() => Promise.resolve(isThere ? { ok: true as const, data: {} as T } : away)
    useRemoteStore().attach({ get, post: none, remove: none, submit: none })
    within(() =>
      useQuietReload(
        computed(() => worst.value),
        { reload: () => void reloads++, random: () => 0.5, build: '/old.js' },
      ),
    )
    useLinkStore().setLamp('live', false)
    useLinkStore().heard(noon, noon, noon)
  }
  async function at(ms: number): Promise<number> {
    useLinkStore().tick(noon + ms)
    await flushPromises()
    return reloads
  }
  const waitMs = quietMs * 1.5
  const serves = async (build: string | null) => {
    useLinkStore().servedBuild = build
    await flushPromises()
  }

  it('are loaded once it was quiet for its time: below and at it', async () => {
    open()
    await serves('/new.js')
    expect(await at(waitMs - 1)).toBe(0)
    expect(await at(waitMs)).toBe(1)
    expect(await at(waitMs * 9), 'once: a page that came no newer is left as it is').toBe(1)
  })
  it('are never loaded for another reason: a server that was away, the same build, one that serves none', async () => {
    open()
    await serves('/old.js')
    useLinkStore().setLamp('offline', false)
    await at(1_000)
    useLinkStore().setLamp('live', false)
    expect(await at(86_400_000)).toBe(0)
    await serves(null)
    expect(await at(2 * 86_400_000)).toBe(0)
  })
  it.each([
    ['an urgent case nobody took', { priority: 2, state: 'reported' } as const],
    ['a critical one', { priority: 1, state: 'reported' } as const],
  ])('wait for %s, and from its end on', async (_, over) => {
    open()
    await serves('/new.js')
    await at(waitMs - 1)
    worst.value = wrong(over)
    expect(await at(waitMs * 5)).toBe(0)
    worst.value = wrong({ ...over, state: 'handling' })
    await at(waitMs * 5 + 1)
    expect(await at(waitMs * 6)).toBe(0)
    expect(await at(waitMs * 6 + 1)).toBe(1)
  })
  it('wait while the desk holds a display', async () => {
    open()
    await serves('/new.js')
    const hold: WallHold = {
      ...{ id: 'H1', display: 'other', scene: 'flood', caseId: null, position: null, pointer: null, by: 'duty' },
      ...{ role: 'duty', sinceAt: noon, untilAt: noon + waitMs * 4 },
    }
    useWallsStore().replace([{ id: 'wall', row: { ...freeWall, holds: [hold] } }])
    expect(await at(waitMs * 4 - 1)).toBe(0)
    await at(waitMs * 4)
    expect(await at(waitMs * 5)).toBe(1)
  })
  it('wait while the picture is not live, and for a server that answers', async () => {
    open()
    await serves('/new.js')
    useLinkStore().setLamp('stale', false)
    expect(await at(waitMs * 3)).toBe(0)
    useLinkStore().setLamp('live', false)
    await at(waitMs * 3 + 1)
    isThere = false
    expect(await at(waitMs * 4 + 1)).toBe(0)
    isThere = true
    expect(await at(waitMs * 4 + 2)).toBe(1)
  })
  it('are loaded without quiet where the server refuses the old page, and seldom again', async () => {
    open()
    worst.value = wrong({ priority: 1, state: 'reported' })
    useLinkStore().setLamp('joining', true)
    await at(0)
    expect(await at(waitMs)).toBe(1)
    expect(await at(waitMs * 2)).toBe(1)
    await at(outdatedAgainMs)
    expect(await at(outdatedAgainMs + waitMs)).toBe(2)
  })
})
