/**
 * A CAP message from its bytes to what became of it: read, refused by the path of its element, handed to the engine. Whoever brings it,
 * the HTTP door or a past that is lived, this is what happens; knows no wire.
 */
import type { Refusal } from '../../../../shared/model/refusal.ts'
import type { ReceivedAlert } from '../../../../shared/model/warning.ts'
import type { City } from '../../ports/city.ts'
import type { Engine } from '../../ports/engine.ts'
import { doorActor, type Caller } from '../door-keys.ts'
import { invalid, oneField } from '../http-door.ts'
import { divisionFinder } from './find-divisions.ts'
import { ownSender } from './own-alerts.ts'
import { readAlert } from './read-alert.ts'

export type AlertReceipt =
  | { readonly ok: true; readonly identifier: string; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly refusal: Refusal }

/** Resolves after the commit. */
export function alertReceiver(engine: Engine, city: Pick<City, 'profile' | 'districtsTouching'>) {
  const findDivisions = divisionFinder(city)
  const sender = ownSender(city.profile.id)
  const no = (refusal: Refusal): AlertReceipt => ({ ok: false, refusal })
  return async (bytes: Uint8Array, caller: Caller, commandId: string): Promise<AlertReceipt> => {
    const read = readAlert(bytes, findDivisions)
    if (!read.ok) return no(invalid(read.errors))
    const alert = caller.isDrill ? asDrill(read.alert) : read.alert
    if (alert.name.sender === sender)
      return no(oneField('alert.sender', 'is this city itself: its own warnings do not come in again'))
    const command = { type: 'warning.receive', alert } as const
    const outcome = await engine.submit(doorActor(caller), { commandId, command })
    return outcome.ok ? { ok: true, identifier: alert.name.identifier, data: outcome.data } : no(outcome.refusal)
  }
}

/** What comes by the key of drills is an exercise, whatever it says of itself. */
const asDrill = (alert: ReceivedAlert): ReceivedAlert =>
  alert.status === 'Actual' || alert.status === 'Test' ? { ...alert, status: 'Exercise' } : alert
