/** Displays that are on: told to desks, with how late they are; one that falls silent or never came is told as lost. */
import { afterEach, expect, it } from 'vitest'
import {
  displayForgottenMs,
  displayLostMs,
  type DisplayHere,
  type DisplayNow,
} from '../../../shared/contract/display-roll.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { freeWall } from '../../../shared/model/display.ts'
import { startMemoryServer, until, type MemoryServer } from '../../support/memory-server.ts'

let server: MemoryServer
afterEach(() => server.close())
const start = async () => (server = await startMemoryServer({ gateway: { pulseMs: 20 } }))

async function connect(who: string) {
  const socket = await server.connect(who)
  const heard: (readonly DisplayNow[])[] = []
  socket.on('wall:displays', (displays) => void heard.push(displays))
  await socket.emitWithAck('sync:hello', { contract: contractVersion, topics: { state: true } })
  return {
    ...{ socket, heard },
    say: (here: DisplayHere) => socket.emit('display:here', here),
    sees: (words: string) => until(() => (told(heard.at(-1)) === words ? true : undefined)),
  }
}
const told = (displays: readonly DisplayNow[] | undefined) =>
  displays?.map(({ name, scene, isLost }) => `${name} ${scene} ${isLost ? 'lost' : 'on'}`).join(', ')
const here = (over: Partial<NonNullable<DisplayHere>> = {}): NonNullable<DisplayHere> => ({
  ...{ name: 'hall', scene: 'overview', widthPx: 3840, heightPx: 2160, build: '/assets/a.js', isHidden: false },
  pulseAt: null,
  ...over,
})
const programme = (...ids: string[]) => ({
  usual: [],
  displays: ids.map((id) => ({ id, name: { zh: id, en: id }, turns: [] })),
})

it('a desk is told what a display shows, at once when it changes, and when it leaves', async () => {
  await start()
  const [desk, wall] = [await connect('duty'), await connect('wall')]
  wall.say(here())
  await desk.sees('hall overview on')
  expect(desk.heard.at(-1)?.[0]).toEqual({
    ...{ displayId: wall.socket.id, name: 'hall', scene: 'overview', widthPx: 3840, heightPx: 2160 },
    ...{ build: '/assets/a.js', isHidden: false, seenAt: server.clock.at, lagMs: null, isLost: false },
  })
  wall.say(here({ scene: 'flood' }))
  await desk.sees('hall flood on')
  wall.say(null)
  await desk.sees('')
})

it('tells how late a display is: from the pulse to its answer, and nothing of an answer to no pulse', async () => {
  await start()
  const [desk, wall] = [await connect('duty'), await connect('wall')]
  const lag = (lagMs: number | null) => until(() => (desk.heard.at(-1)?.[0]?.lagMs === lagMs ? true : undefined))
  wall.say(here({ pulseAt: server.clock.at - 120 }))
  await lag(120)
  server.clock.at += 3_000
  // The scene changed; the pulse is the one it had.
  wall.say(here({ scene: 'flood', pulseAt: server.clock.at - 3_120 }))
  await desk.sees('hall flood on')
  await lag(120)
  wall.say(here({ pulseAt: server.clock.at + 1 }))
  await lag(null)
})

it('one of the programme that is silent is lost: below, at and above its time; and back when it speaks', async () => {
  await start()
  server.engine.put({ walls: [{ ...freeWall, version: 1, programme: programme('hall', 'lobby') }] })
  const desk = await connect('duty')
  await desk.sees('hall null lost, lobby null lost')
  const wall = await connect('wall')
  wall.say(here())
  await desk.sees('hall overview on, lobby null lost')
  server.clock.at += displayLostMs
  wall.say(here({ scene: 'sensors' }))
  await desk.sees('hall sensors on, lobby null lost')
  server.clock.at += displayLostMs + 1
  await desk.sees('hall sensors lost, lobby null lost')
  expect(server.logged.map(({ level, message }) => `${level} ${message}`)).toContain('warn a display is lost')
  const text = await server.metrics.text()
  expect(text).not.toContain('tongguan_displays')
  server.gateway.measureDisplays()
  expect(await server.metrics.text()).toMatch(/tongguan_displays\{state="on"\} 0\ntongguan_displays\{state="lost"\} 2/)
  wall.socket.disconnect()
  const again = await connect('wall')
  again.say(here({ scene: 'flood' }))
  await desk.sees('hall flood on, lobby null lost')
})

it('waits for a named display whose line broke, and for an hour where no programme knows it', async () => {
  await start()
  const [desk, wall, page] = [await connect('duty'), await connect('wall'), await connect('chief')]
  wall.say(here())
  page.say(here({ name: null }))
  await desk.sees('hall overview on, null overview on')
  page.socket.disconnect()
  wall.socket.disconnect()
  await desk.sees('hall overview on')
  server.clock.at += displayForgottenMs
  await desk.sees('hall overview lost')
  server.clock.at += 1
  await desk.sees('')
})

it('takes no word from who may not open a wall, nor what is no display, and tells walls and crews nothing', async () => {
  await start()
  const [desk, crew, dept, wall] = [
    await connect('duty'),
    await connect('crew'),
    await connect('dept'),
    await connect('wall'),
  ]
  crew.say(here({ name: 'crew' }))
  dept.say(here({ name: 'dept' }))
  for (const wrong of [{ ...here(), scene: 'party' }, { ...here(), name: 'x'.repeat(25) }, 'hall', { name: 'hall' }])
    wall.socket.emit('display:here', wrong as never)
  wall.say(here({ name: 'last' }))
  await desk.sees('last overview on')
  expect(desk.heard.flat().map(({ name }) => name)).toEqual(desk.heard.flat().map(() => 'last'))
  expect(wall.heard).toEqual([])
})
