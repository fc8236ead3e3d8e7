/** What is heard at the desk: what the server lets sound, once an announcement, the critical again until acknowledged, and nothing while muted. */
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore } from '../../../client/src/stores/remote.ts'
import { newSound } from '../../../client/src/views/desk/alarm-sound.ts'
import { makeTonePlayer, tones } from '../../../client/src/views/desk/tone-player.ts'
import { useAlarmSound } from '../../../client/src/views/desk/use-alarm-sound.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { AlarmSound } from '../../../shared/model/alarm-load.ts'
import { plainLoad } from '../../../shared/model/load-control.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'
import { desk, dialog, open, press, reset, world } from './open-desk.ts'

const alarm = (id: string, sound: AlarmSound | null, over: Partial<Alarm> = {}, announcedAt = noon): Alarm =>
  sampleAlarm({ id, load: { ...plainLoad(announcedAt), sound }, ...over })

describe('of alarms that wait', () => {
  it('each announcement is heard once, of several the gravest', () => {
    const first = newSound([alarm('a', 'notice'), alarm('b', 'critical'), alarm('c', 'urgent')], new Map())
    expect(first.sound).toBe('critical')
    const same = newSound([alarm('a', 'notice')], first.heard)
    expect(same.sound).toBeNull()
    expect(newSound([alarm('a', 'notice', {}, noon + 1)], same.heard).sound, 'announced again').toBe('notice')
    expect(newSound([alarm('b', 'critical')], same.heard).sound, 'gone and back').toBe('critical')
  })
  it('what the server lets not sound is not heard, whatever its priority', () => {
    expect(
      newSound([alarm('a', null, { priority: 1 }), sampleAlarm({ id: 'b', priority: 1 })], new Map()).sound,
    ).toBeNull()
  })
})

describe('the desk', () => {
  let played: AlarmSound[] = []
  let scope: EffectScope
  let sound: ReturnType<typeof useAlarmSound>
  let posted: unknown[] = []
  let isRefused = false
  const show = async (...rows: Alarm[]) => {
    useAlarmsStore().replace(rows.map((row) => ({ id: row.id, row })))
    await nextTick()
  }
  const tick = async (ms: number) => {
    useLinkStore().tick(noon + ms)
    await nextTick()
  }
  beforeEach(() => {
    sessionStorage.clear()
    setActivePinia(createPinia())
    ;[played, posted, isRefused] = [[], [], false]
    const refuses = () => Promise.reject(new Error('not asked for here'))
    useRemoteStore().attach({
      ...{ get: refuses, remove: refuses, submit: refuses },
      post: <T>(path: string, body: unknown) => {
        posted.push([path, body])
        const { minutes } = body as { minutes: number }
        const untilAt = minutes === 0 ? null : noon + minutes * 60_000
        return Promise.resolve(
          isRefused
            ? { ok: false as const, error: { code: 'BUSY' as const, message: '' } }
            : { ok: true as const, data: { untilAt } as T },
        )
      },
    })
    useLinkStore().heard(noon, noon, noon)
    scope = effectScope()
    const player = { isBlocked: shallowRef(false), allow: () => undefined, play: (one: AlarmSound) => played.push(one) }
    scope.run(() => (sound = useAlarmSound(player)))
  })
  afterEach(() => scope.stop())
  const begin = async (...rows: Alarm[]) => {
    await show(...rows)
    useLinkStore().reached(1, true)
    await nextTick()
  }

  it('is silent about what stood before it came up, but for the critical', async () => {
    await begin(alarm('a', 'urgent'))
    expect(played).toEqual([])
    await show(alarm('a', 'urgent'), alarm('b', 'notice'))
    expect(played).toEqual(['notice'])
  })
  it('repeats the critical every five seconds until somebody acknowledges it', async () => {
    await begin()
    await show(alarm('a', 'critical'))
    expect(played).toHaveLength(1)
    await tick(4_999)
    expect(played).toHaveLength(1)
    await tick(5_000)
    expect(played).toHaveLength(2)
    await show(alarm('a', 'critical', { state: 'acknowledged' }))
    await tick(60_000)
    expect(played).toHaveLength(2)
  })
  it('repeats nothing else', async () => {
    await begin()
    await show(alarm('a', 'urgent'), alarm('b', null, { priority: 1 }))
    await tick(60_000)
    expect(played).toEqual(['urgent'])
  })
  it('muted by a reason is silent until its time is over', async () => {
    await begin()
    await sound.mute(5, '接警电话')
    expect(posted).toEqual([['/desk/mutes', { minutes: 5, reason: '接警电话' }]])
    await show(alarm('a', 'critical'))
    await tick(299_999)
    expect(played).toEqual([])
    await tick(300_000)
    expect(sound.mutedUntilAt.value).toBeNull()
    expect(played).toEqual(['critical'])
  })
  it('a mute outlives a reload of the page, and ends at its time all the same', async () => {
    await begin()
    await sound.mute(5, '接警电话')
    scope.stop()
    scope = effectScope()
    const player = { isBlocked: shallowRef(false), allow: () => undefined, play: (one: AlarmSound) => played.push(one) }
    scope.run(() => (sound = useAlarmSound(player)))
    expect(sound.mutedUntilAt.value).toBe(noon + 300_000)
    await show(alarm('a', 'notice'))
    expect(played).toEqual([])
    await tick(300_000)
    expect(sound.mutedUntilAt.value).toBeNull()
  })
  it('sounds on where the mute was not written down, and again when it is taken back', async () => {
    await begin()
    isRefused = true
    expect(await sound.mute(5, '接警电话')).toMatchObject({ code: 'BUSY' })
    await show(alarm('a', 'notice'))
    expect(played).toEqual(['notice'])
    isRefused = false
    await sound.mute(15, '接警电话')
    await sound.mute(0, '人工取消')
    await show(alarm('a', 'notice'), alarm('b', 'urgent'))
    expect(played).toEqual(['notice', 'urgent'])
  })
})

describe('the player', () => {
  it('opens nothing before the browser allows it, and then makes the tones of the level', () => {
    const started: number[] = []
    const param = { setValueAtTime: () => param, linearRampToValueAtTime: () => param, value: 0 }
    const node = (hz = { value: 0 }) => ({
      frequency: hz,
      gain: param,
      connect: (next: unknown) => next,
      start: () => started.push(hz.value),
      stop: () => undefined,
    })
    let opened = 0
    class FakeContext {
      state = 'running'
      currentTime = 0
      destination = {}
      constructor() {
        opened++
      }
      createOscillator = () => node()
      createGain = () => node()
    }
    const real = globalThis.AudioContext
    globalThis.AudioContext = FakeContext as never
    try {
      const player = makeTonePlayer()
      expect(player.isBlocked.value).toBe(true)
      player.play('critical')
      expect(opened).toBe(0)
      player.allow()
      expect(player.isBlocked.value).toBe(false)
      player.play('critical')
      player.play('notice')
      expect(opened).toBe(1)
      expect(started).toEqual([...tones.critical, ...tones.notice].map(({ hz }) => hz))
    } finally {
      globalThis.AudioContext = real
    }
  })
})

describe('the bar and its dialog', () => {
  beforeEach(reset)
  afterEach(() => desk.unmount())

  it('says that the browser does not allow sound yet, mutes with a reason, and shows the time left', async () => {
    await open()
    const button = () => desk.find('button.sound')
    expect(button().text()).toContain('点击允许声音')
    await press('6')
    expect(button().text()).toContain('声音')
    expect(
      dialog()
        .findAll('button[name="test"]')
        .map((one) => one.text()),
    ).toEqual(['试听特急', '试听紧急', '试听一般'])
    await dialog().find('form').trigger('submit')
    expect(world.posted, 'no reason yet').toEqual([])
    await dialog().find('input[name="minutes"][value="15"]').setValue()
    await dialog().find('input[name="reason"]').setValue('接警电话')
    world.answers.set('/desk/mutes', { untilAt: noon + 60_000 + 900_000 })
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.posted).toEqual([{ path: '/desk/mutes', body: { minutes: 15, reason: '接警电话' } }])
    expect(button().text()).toContain('静音，剩 15 分')
    await press('6')
    expect(dialog().text()).toContain('到时自动恢复')
    await dialog().find('form').trigger('submit')
    await flushPromises()
    expect(world.posted.at(-1)).toEqual({ path: '/desk/mutes', body: { minutes: 0, reason: '人工取消' } })
  })
})
