/** docs/states.md is drawn from the tables the server decides with: `npx vitest run -u tests/unit/docs` draws it anew. */
import { expect, it } from 'vitest'
import { alarmStateNames, alarmStates, alarmTransitions } from '../../../shared/model/alarm.ts'
import {
  incidentStateInfo,
  incidentStates,
  incidentSteps,
  incidentTransitions,
} from '../../../shared/model/incident.ts'
import { modeTransitions, switchStateNames } from '../../../shared/model/city-mode.ts'
import {
  responseLevelNames,
  responseLevels,
  responseStateNames,
  responseTransitions,
} from '../../../shared/model/response.ts'
import { operatingModeNames, operatingModes } from '../../../shared/model/mode.ts'
import { roleNames } from '../../../shared/model/role.ts'
import type { Term } from '../../../shared/model/term.ts'
import type { Transition } from '../../../shared/model/transition.ts'
import { primaryStatusNames, unitStatusInfo, unitStatuses } from '../../../shared/model/unit.ts'
import { unitTransitions } from '../../../shared/model/unit-transitions.ts'

const both = (term: Term) => `${term.zh} ${term.en}`

function movesTable<S extends string, V extends string>(
  rows: readonly Transition<S, V>[],
  name: (state: S) => Term,
): string[] {
  return [
    '| verb | from | to | who | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => {
      const from = row.from.map((state) => both(name(state))).join(', ')
      const to = row.restores ? 'the state it had' : row.to === 'same' ? 'unchanged' : both(name(row.to))
      const who = row.roles.length ? row.roles.map((role) => both(roleNames[role])).join(', ') : 'the system'
      const marks = [
        row.needsReason && 'reason mandatory',
        row.secondPerson && 'by another person than who asked for it',
        row.whenLast && 'only when no other crew is on it',
        row.relayedBy &&
          `told for it by ${row.relayedBy.map((role) => both(roleNames[role])).join(', ')} where its terminal is off`,
        'follows' in row && `follows \`${(row.follows as readonly string[]).join('`, `')}\` of its case`,
        row.toWhenDone && `to ${both(name(row.toWhenDone))} where another crew has done its work`,
        row.toWhenLed && `to ${both(name(row.toWhenLed))} while a department has it`,
        row.whenAnswered && 'only when no other caller is owed an answer',
      ].filter(Boolean)
      return `| \`${row.verb}\` ${both(row.name)} | ${from} | ${to} | ${who} | ${marks.join('; ')} |`
    }),
  ]
}

function drawing(): string {
  return [
    '# States and moves',
    '',
    'Drawn from `shared/model` by `tests/unit/docs/states.test.ts`; the server decides and the pages offer with the same rows.',
    '',
    '## A case (案件): seven steps',
    '',
    '| step | states |',
    '|---|---|',
    ...incidentSteps.map(({ step, name }) => {
      const states = incidentStates.filter((state) => incidentStateInfo[state].step === step)
      return `| ${step} ${both(name)} | ${states.map((state) => `\`${state}\` ${both(incidentStateInfo[state].name)}`).join(', ')} |`
    }),
    '',
    ...movesTable(incidentTransitions, (state) => incidentStateInfo[state].name),
    '',
    '## An alarm (告警)',
    '',
    `States: ${alarmStates.map((state) => `\`${state}\` ${both(alarmStateNames[state])}`).join(', ')}.`,
    '',
    ...movesTable(alarmTransitions, (state) => alarmStateNames[state]),
    '',
    '## A switch of the city’s mode (平急转换)',
    '',
    `Modes, from the mildest to the strictest: ${operatingModes.map((mode) => `\`${mode}\` ${both(operatingModeNames[mode])}`).join(', ')}.`,
    '',
    ...movesTable(modeTransitions, (state) => switchStateNames[state]),
    '',
    '## A response (应急响应)',
    '',
    `Levels, the gravest first: ${responseLevels.map((level) => both(responseLevelNames[level])).join(', ')}.`,
    '',
    ...movesTable(responseTransitions, (state) =>
      state === 'none' ? { zh: '无', en: 'none' } : responseStateNames[state],
    ),
    '',
    '## A crew (处置力量)',
    '',
    'Two layers, as NENA-STA-021 has them: whether it may be sent, and what it does (with the registry’s words for it). What usually follows is offered first, and never set by itself. A crew on a case moves with its case (`follows`); an officer may tell for one whose terminal is off.',
    '',
    '| status | words | may be sent | secondary statuses | next |',
    '|---|---|---|---|---|',
    ...unitStatuses.map((status) => {
      const { name, primary, secondary, next } = unitStatusInfo[status]
      const follows = next === undefined ? '' : both(unitStatusInfo[next].name)
      return `| \`${status}\` | ${both(name)} | ${both(primaryStatusNames[primary])} | ${secondary.join(', ')} | ${follows} |`
    }),
    '',
    ...movesTable(unitTransitions, (status) => unitStatusInfo[status].name),
    '',
  ].join('\n')
}

it('docs/states.md shows the tables as they are', async () => {
  await expect(drawing()).toMatchFileSnapshot('../../../docs/states.md')
})
