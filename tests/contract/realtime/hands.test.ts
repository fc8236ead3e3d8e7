/** Officers' hands: seen by other desks at once, by nobody else, and gone with the socket or its time. */
import { afterEach, expect, it } from 'vitest'
import type { Hand, OwnHand } from '../../../shared/contract/hands.ts'
import { handLastsMs } from '../../../shared/contract/hands.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { startMemoryServer, until, type MemoryServer } from '../../support/memory-server.ts'
import { sampleIncident } from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

async function start(over: Parameters<typeof startMemoryServer>[0] = {}) {
  server = await startMemoryServer(over)
  server.engine.put({ incidents: [sampleIncident({ id: 'c1', title: '燃气泄漏' }), sampleIncident({ id: 'c2' })] })
}
async function sit(who: string) {
  const socket = await server.connect(who)
  const heard: (readonly Hand[])[] = []
  socket.on('desk:hands', (hands) => void heard.push(hands))
  await socket.emitWithAck('sync:hello', { contract: contractVersion, topics: { state: true } })
  return {
    socket,
    heard,
    say: (hand: OwnHand) => socket.emit('desk:hand', hand),
    seen: (words: string) => until(() => (told(heard.at(-1)) === words ? true : undefined)),
  }
}
const told = (hands: readonly Hand[] | undefined) =>
  hands?.map(({ username, incidentId, doing }) => `${username} ${incidentId} ${doing}`).join(', ')

it('what one desk has in hand, the other sees: who and which case, and nothing of the case', async () => {
  await start()
  const [duty, chief] = [await sit('duty'), await sit('chief')]
  duty.say({ incidentId: 'c1', doing: 'looking' })
  await chief.seen('duty c1 looking')
  duty.say({ incidentId: 'c1', doing: 'sending' })
  await chief.seen('duty c1 sending')
  const [hand] = chief.heard.at(-1) ?? []
  expect(Object.keys(hand ?? {}).sort()).toEqual(['deskId', 'displayName', 'doing', 'incidentId', 'role', 'username'])
  expect(hand?.deskId).toBe(duty.socket.id)
  duty.say(null)
  await chief.seen('')
})

it('whoever comes later is told what is so', async () => {
  await start()
  const duty = await sit('duty')
  duty.say({ incidentId: 'c2', doing: 'acting' })
  await duty.seen('duty c2 acting')
  const chief = await sit('chief')
  await chief.seen('duty c2 acting')
})

it('walls, departments and crews neither see hands nor have any', async () => {
  await start()
  const duty = await sit('duty')
  for (const who of ['wall', 'dept', 'crew']) {
    const other = await sit(who)
    other.say({ incidentId: 'c1', doing: 'acting' })
    duty.say({ incidentId: 'c1', doing: 'looking' })
    await duty.seen('duty c1 looking')
    duty.say(null)
    await duty.seen('')
    // Its own question is answered after whatever came before.
    await other.socket.emitWithAck('sync:hello', { contract: contractVersion, topics: { state: true } })
    expect(other.heard, who).toEqual([])
    other.socket.disconnect()
  }
  expect(duty.heard.flat().every(({ username }) => username === 'duty')).toBe(true)
})

it('ends with the socket, and is none of a case that is not there, or of what is no hand', async () => {
  await start()
  const [duty, chief] = [await sit('duty'), await sit('chief')]
  duty.say({ incidentId: 'c1', doing: 'looking' })
  await chief.seen('duty c1 looking')
  for (const wrong of [{ incidentId: 'c1', doing: 'sleeping' }, 'c1', { doing: 'looking' }])
    duty.socket.emit('desk:hand', wrong as never)
  duty.say({ incidentId: 'gone', doing: 'looking' })
  await chief.seen('')
  expect(chief.heard.map(told), 'what is no hand changes nothing').toEqual(['', 'duty c1 looking', ''])
  duty.say({ incidentId: 'c1', doing: 'looking' })
  await chief.seen('duty c1 looking')
  duty.socket.disconnect()
  await chief.seen('')
})

it('one that is not said again is gone after its time, and not before', async () => {
  await start({ gateway: { pulseMs: 10 } })
  const [duty, chief] = [await sit('duty'), await sit('chief')]
  duty.say({ incidentId: 'c1', doing: 'looking' })
  await chief.seen('duty c1 looking')
  server.clock.at += handLastsMs
  duty.say({ incidentId: 'c2', doing: 'looking' })
  await chief.seen('duty c2 looking')
  server.clock.at += handLastsMs + 1
  await chief.seen('')
})
