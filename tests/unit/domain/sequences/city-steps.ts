/** What people may ask for beside cases: modes, responses, warnings, plans, alarms, their rules and their devices. */
import fc from 'fast-check'
import type { Command } from '../../../../shared/model/command.ts'
import { operatingModes } from '../../../../shared/model/mode.ts'
import { responseLevels } from '../../../../shared/model/response.ts'
import { testNoon } from '../../../support/engine.ts'

/** Rules of the sensors that sequences have. */
export const changedRules = ['methane-high', 'methane-critical'] as const

const n = fc.integer({ min: 1, max: 4 })
/** The first of its kind more often: there may be no second. */
const ordinal = fc.constantFrom(1, 1, 1, 2, 3)
const numbered = (letter: string) => ordinal.map((i) => `${letter}${i}`)
const incidentId = n.map((i) => `20260801-00000${i}`)
const reason = fc.constantFrom('因为', '因为', '')
const districtIds = fc.constantFrom([], [], ['d1'], ['d1', 'd2'], ['x'])
/** The two that one person starts more often: half of what can be asked needs one that is in force. */
const level = fc.constantFrom(...responseLevels, 'III', 'IV')
const unitId = fc.constantFrom('PUMP-01', 'PUMP-02', 'NOBODY')
const ahead = fc.constantFrom(-1, 60_000, 3_600_000, 40 * 86_400_000).map((ms) => testNoon + ms)
const alarmId = numbered('A')

type Fields = Record<string, fc.Arbitrary<unknown>>
const ask = (type: Command['type'], fields: Fields) => fc.record({ type: fc.constant(type), ...fields })
const often = (weight: number, arbitrary: fc.Arbitrary<unknown>) => ({ weight, arbitrary })

const modes = [
  often(3, ask('mode.propose', { mode: fc.constantFrom(...operatingModes), districtIds, reason })),
  often(3, ask('mode.confirm', { proposalId: numbered('M') })),
  often(1, ask('mode.decline', { proposalId: numbered('M'), reason })),
]
const responses = [
  often(
    3,
    ask('response.start', {
      level,
      name: fc.constant('防汛'),
      headquarters: fc.constant('市防指'),
      districtIds,
      planName: fc.constant(null),
      warningId: fc.constantFrom(null, null, 'W1'),
      caseId: fc.oneof(fc.constant(null), incidentId),
      reason,
    }),
  ),
  often(5, ask('response.change', { responseId: numbered('R'), level, reason })),
  often(2, ask('response.end', { responseId: numbered('R'), reason })),
  often(3, ask('response.confirm', { responseId: numbered('R') })),
  often(1, ask('response.decline', { responseId: numbered('R'), reason })),
]

const alertName = n.map((i) => ({ identifier: `a${i}`, sender: 'met', sentAt: testNoon - 1000 }))
const facts = fc.record({
  colour: fc.constantFrom('blue', 'orange'),
  expiresAt: ahead,
  districtIds,
  ...Object.fromEntries(
    Object.entries({
      ...{
        event: '暴雨',
        headline: 'h',
        description: '',
        eventEn: null,
        headlineEn: null,
        instruction: '',
        areaText: '',
      },
      ...{
        polygons: [],
        circles: [],
        categories: ['Met'],
        urgency: 'Expected',
        severity: 'Severe',
        certainty: 'Likely',
      },
      ...{ issuedBy: '市气象台', effectiveAt: null, onsetAt: null },
    }).map(([key, value]) => [key, fc.constant(value)]),
  ),
})
const warnings = [
  often(2, ask('warning.lift', { warningId: numbered('W'), reason })),
  often(
    3,
    ask('warning.receive', {
      alert: fc.record({
        name: alertName,
        status: fc.constantFrom('Actual', 'Actual', 'Exercise', 'Draft'),
        msgType: fc.constantFrom('Alert', 'Alert', 'Update', 'Cancel', 'Ack'),
        scope: fc.constant('Public'),
        references: fc.array(alertName, { maxLength: 2 }),
        note: fc.constantFrom('', '雨停了'),
        facts: fc.oneof({ weight: 5, arbitrary: facts }, { weight: 1, arbitrary: fc.constant(null) }),
      }),
    }),
  ),
]

const plans = [
  often(1, ask('plan.reinforce', { incidentId, level: fc.constantFrom(2, 3), reason })),
  often(2, ask('plan.tick', { incidentId, itemId: fc.constantFrom('call', 'x'), done: fc.boolean() })),
  often(1, ask('plan.note', { incidentId, text: fc.constantFrom('已到场', '') })),
  often(1, ask('plan.answer', { incidentId, unitId, note: fc.constant('') })),
  often(
    1,
    ask('plan.end-agency', {
      incidentId,
      departmentId: fc.constantFrom('gas', 'drainage', 'x'),
      disposition: fc.constant('handled'),
      note: fc.constant(''),
    }),
  ),
  often(5, ask('plan.divert', { incidentId, unitId, reason })),
]

const alarms = [
  often(
    2,
    ask('alarm.shelve', {
      alarmId,
      untilAt: fc.constant(null),
      forMs: fc.constantFrom(60_000, 600_000, 86_400_000),
      code: fc.constant('maintenance'),
      words: fc.constant('检修'),
    }),
  ),
  often(1, ask('alarm.unshelve', { alarmId })),
  often(1, ask('alarm.reset', { alarmId })),
  often(1, ask('alarm.mark-false', { alarmId, reason })),
  often(4, ask('sensor.take-out-of-service', { sensorId: ordinal, untilAt: ahead, reason })),
  often(3, ask('sensor.return-to-service', { sensorId: ordinal, reason })),
]

const change = fc.constantFrom<object>(
  { limit: 18 },
  { limit: 30, deadband: 5 },
  { enabled: false },
  { enabled: true },
  { priority: 1 },
)
const rules = [
  often(3, ask('alarm-rule.propose', { ruleId: fc.constantFrom(...changedRules, 'x'), change, reason })),
  often(4, ask('alarm-rule.approve', { changeId: numbered('R'), note: fc.constant('') })),
  often(1, ask('alarm-rule.decline', { changeId: numbered('R'), reason })),
]

export const cityCommand = fc.oneof(
  ...modes,
  ...responses,
  ...warnings,
  ...plans,
  ...alarms,
  ...rules,
) as unknown as fc.Arbitrary<Command>
