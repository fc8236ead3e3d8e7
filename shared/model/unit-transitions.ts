/**
 * What a crew's status may become, as data: the server decides with these rows, the pages offer with them, docs/states.md is drawn from
 * them. `follows`: moved by that verb of its case, and by nothing else.
 */
import type { IncidentVerb } from './incident.ts'
import type { Role } from './role.ts'
import type { Transition } from './transition.ts'
import type { UnitStatus } from './unit.ts'

export type UnitVerb =
  | 'log-on'
  | 'stand-by'
  | 'log-off'
  | 'take-out'
  | 'be-busy'
  | 'cover'
  | 'assign'
  | 'acknowledge'
  | 'depart'
  | 'stage'
  | 'arrive'
  | 'transport'
  | 'reach'
  | 'clear'
  | 'finish'
  | 'leave'

export interface UnitTransition extends Transition<UnitStatus, UnitVerb> {
  readonly to: UnitStatus
  readonly follows?: readonly IncidentVerb[]
}

/** The crew itself; an officer for it, where its terminal is off. */
const setters: readonly Role[] = ['crew', 'duty', 'chief']
const officers: readonly Role[] = ['duty', 'chief']
const onCase: readonly UnitStatus[] = [
  'dispatched',
  'acknowledged',
  'en-route',
  'staged',
  'on-scene',
  'transporting',
  'at-destination',
]
const offCase: readonly UnitStatus[] = ['off-duty', 'available', 'clearing', 'covering', 'busy-misc', 'out-of-service']
const but = (status: UnitStatus) => offCase.filter((one) => one !== status)

export const unitTransitions: readonly UnitTransition[] = [
  { verb: 'log-on', from: ['off-duty'], to: 'available', roles: setters, name: { zh: '上线', en: 'Log on' } },
  {
    verb: 'stand-by',
    from: ['clearing', 'covering', 'busy-misc', 'out-of-service'],
    to: 'available',
    roles: setters,
    name: { zh: '恢复待命', en: 'Stand by' },
  },
  { verb: 'log-off', from: but('off-duty'), to: 'off-duty', roles: setters, name: { zh: '下线', en: 'Log off' } },
  {
    verb: 'take-out',
    from: but('out-of-service'),
    to: 'out-of-service',
    roles: setters,
    name: { zh: '停用', en: 'Take out of service' },
  },
  {
    verb: 'be-busy',
    from: ['available', 'clearing', 'covering'],
    to: 'busy-misc',
    roles: setters,
    needsReason: true,
    name: { zh: '执行其他勤务', en: 'Take other duty' },
  },
  {
    verb: 'cover',
    from: ['available', 'clearing', 'busy-misc'],
    to: 'covering',
    roles: setters,
    needsReason: true,
    name: { zh: '移防', en: 'Cover another area' },
  },
  {
    verb: 'assign',
    from: ['available', 'clearing', 'covering', 'busy-misc'],
    to: 'dispatched',
    roles: officers,
    follows: ['dispatch'],
    name: { zh: '派遣', en: 'Dispatch' },
  },
  {
    verb: 'acknowledge',
    from: ['dispatched'],
    to: 'acknowledged',
    roles: setters,
    follows: ['acknowledge'],
    name: { zh: '接令', en: 'Accept task' },
  },
  {
    verb: 'depart',
    from: ['acknowledged'],
    to: 'en-route',
    roles: setters,
    follows: ['depart'],
    name: { zh: '出发', en: 'Depart' },
  },
  {
    verb: 'stage',
    from: ['acknowledged', 'en-route'],
    to: 'staged',
    roles: setters,
    follows: ['stage'],
    name: { zh: '到达集结点', en: 'Stage' },
  },
  // A crew that was round the corner has no departure to tell of.
  {
    verb: 'arrive',
    from: ['acknowledged', 'en-route', 'staged'],
    to: 'on-scene',
    roles: setters,
    follows: ['arrive'],
    name: { zh: '到场', en: 'Arrive' },
  },
  {
    verb: 'transport',
    from: ['on-scene'],
    to: 'transporting',
    roles: setters,
    follows: ['transport'],
    name: { zh: '转运', en: 'Transport' },
  },
  {
    verb: 'reach',
    from: ['transporting'],
    to: 'at-destination',
    roles: setters,
    follows: ['reach'],
    name: { zh: '到达目的地', en: 'Reach destination' },
  },
  {
    verb: 'clear',
    from: ['on-scene', 'at-destination'],
    to: 'clearing',
    roles: setters,
    follows: ['finish'],
    name: { zh: '处置完成，撤离', en: 'Work done, clearing' },
  },
  {
    verb: 'finish',
    from: ['on-scene', 'at-destination'],
    to: 'available',
    roles: setters,
    follows: ['finish'],
    name: { zh: '处置完成，待命', en: 'Work done, ready' },
  },
  {
    verb: 'leave',
    from: onCase,
    to: 'available',
    roles: setters,
    follows: ['decline', 'recall', 'end-drill'],
    name: { zh: '离开案件', en: 'Taken off the case' },
  },
]

/** The row by which a crew, or an officer for it, sets this status; undefined = not allowed. */
export const selfSetTransition = (from: UnitStatus, to: UnitStatus): UnitTransition | undefined =>
  unitTransitions.find((row) => row.follows === undefined && row.to === to && row.from.includes(from))

/** Statuses an act on the case starts from, for the crew it is about. */
export const statusesBefore = (verb: IncidentVerb): readonly UnitStatus[] =>
  unitTransitions.find((row) => row.follows?.includes(verb))?.from ?? []
