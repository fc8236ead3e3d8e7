/** What people may ask of duty: who comes and goes, roll calls, changes of the roster, the console and its hand-over. */
import fc from 'fast-check'
import type { Command } from '../../../../shared/model/command.ts'

/** Team A sits by day, E by night, B stands by; the rest are somebody else's turn. */
const officerId = fc.constantFrom(
  'A-accept',
  'A-accept',
  'A-chief',
  'A-leader',
  'E-accept',
  'B-accept',
  'spare',
  'nobody',
)
const reason = fc.constantFrom('因为', '因为', '')
const numbered = (letter: string) => fc.constantFrom(1, 1, 2, 3).map((n) => `${letter}${n}`)
/** Sound, or not any more: of a shift that is over, by somebody who may not sit there, at a place nobody has. */
const substitution = fc.constantFrom(
  { shiftId: '20260801-day', post: 'accept', outId: 'A-accept', inId: 'spare' },
  { shiftId: '20260801-night', post: 'accept', outId: 'E-accept', inId: 'spare' },
  { shiftId: '20260801-night', post: 'leader', outId: 'E-leader', inId: 'A-leader' },
  { shiftId: '20260802-day', post: 'accept', outId: 'B-accept', inId: 'spare' },
  { shiftId: '20260731-night', post: 'accept', outId: 'C-accept', inId: 'spare' },
  { shiftId: '20260801-day', post: 'chief', outId: 'A-chief', inId: 'spare' },
)
const subject = fc.constantFrom('officer:A-accept', 'officer:E-accept', 'centre:d1', 'centre:d2', 'x')

const ask = (type: Command['type'], fields: Record<string, fc.Arbitrary<unknown>> = {}, weight = 1) => ({
  weight,
  arbitrary: fc.record({ type: fc.constant(type), ...fields }) as fc.Arbitrary<unknown>,
})

export const dutyCommand = fc.oneof(
  ask('duty.sign-on', { officerId }, 5),
  ask('duty.sign-off', { officerId, reason }, 3),
  ask(
    'duty.call-roll',
    {
      means: fc.constantFrom('video', 'phone'),
      hall: fc.boolean(),
      centreIds: fc.constantFrom([], ['d1'], ['d1', 'd2'], ['x']),
    },
    3,
  ),
  ask(
    'duty.mark-roll',
    { rollCallId: numbered('N'), subject, outcome: fc.constantFrom('answered', 'absent'), note: fc.constant('') },
    3,
  ),
  ask('duty.end-roll', { rollCallId: numbered('N') }, 2),
  ask('duty.request-change', { substitutions: fc.array(substitution, { minLength: 1, maxLength: 2 }), reason }, 4),
  ask('duty.approve-change', { changeId: numbered('S'), note: fc.constant('') }, 4),
  ask('duty.decline-change', { changeId: numbered('S'), reason }),
  ask('duty.take-console', {}, 4),
  ask('duty.release-console', { reason }),
  ask('duty.prepare-hand-over', { matters: fc.constantFrom([], ['甲'], ['甲', '乙']) }, 4),
  ask('duty.sign-hand-over', {}, 4),
  ask(
    'duty.acknowledge-items',
    { itemIds: fc.constantFrom(['matter:1'], ['matter:1', 'matter:2'], ['cases'], ['x']) },
    3,
  ),
  ask('duty.take-over', {}, 3),
  ask('duty.cancel-hand-over', { reason }),
  ask('duty.note', { text: fc.constant('记') }),
  ask('duty.correct', { seq: fc.integer({ min: 1, max: 40 }), text: fc.constant('更正') }),
) as unknown as fc.Arbitrary<Command>
