import { describe, expect, it } from 'vitest'
import { personCommandSchema } from '../../../shared/contract/command.ts'
import { incidentTransitions } from '../../../shared/model/incident.ts'
import { roles, type Role } from '../../../shared/model/role.ts'
import { commandRoles, mayRead, maySubmit, rights } from '../../../server/src/access/rights.ts'

const submits = (role: Role) =>
  Object.keys(commandRoles).filter((type) => maySubmit({ name: role, role }, type as never))

describe('rights of the nine roles', () => {
  it('name every command of the contract', () => {
    const types = personCommandSchema.options.map((option) => option.shape.type.value).sort()
    expect(Object.keys(commandRoles).sort()).toEqual(types)
  })
  it.each([
    ['wall', []],
    [
      'manager',
      [
        'alarm-rule.approve',
        'alarm-rule.decline',
        'duty.approve-change',
        'duty.call-roll',
        'duty.decline-change',
        'duty.end-roll',
        'duty.mark-roll',
        'duty.release-console',
        'duty.sign-off',
        'duty.sign-on',
        'incident.approve-appeal',
        'incident.comment',
        'incident.refuse-request',
        'incident.supervise',
        'mode.confirm',
        'mode.decline',
        'plan.note',
        'response.confirm',
        'response.decline',
      ],
    ],
    ['sysadmin', []],
    ['secadmin', []],
    ['auditor', []],
    [
      'dept',
      [
        'incident.answer-assist',
        'incident.appeal',
        'incident.approve-extension',
        'incident.comment',
        'incident.contact',
        'incident.feed-back',
        'incident.receive',
        'incident.receive-assist',
        'incident.refuse-request',
        'incident.reply',
        'incident.report',
        'incident.request-extension',
        'incident.request-suspension',
        'incident.return',
        'incident.self-handle',
        'incident.send-back',
        'plan.end-agency',
        'plan.note',
        'plan.tick',
      ],
    ],
    [
      'crew',
      [
        'incident.acknowledge',
        'incident.answer-verify',
        'incident.arrive',
        'incident.comment',
        'incident.contact',
        'incident.control',
        'incident.decline',
        'incident.depart',
        'incident.finish',
        'incident.reach',
        'incident.reply',
        'incident.report',
        'incident.request-extension',
        'incident.request-suspension',
        'incident.self-handle',
        'incident.stage',
        'incident.transport',
        'plan.answer',
        'plan.tick',
        'unit.set-status',
      ],
    ],
  ] as const)('%s submits %j', (role, types) => expect(submits(role).sort()).toEqual(types))
  it('officers submit what the tables give them', () => {
    for (const role of ['duty', 'chief'] as const)
      for (const { verb } of incidentTransitions) {
        // The system's own moves are nobody's commands.
        if (verb === 'end-drill' || verb === 'settle') continue
        expect(maySubmit({ name: role, role }, `incident.${verb}`)).toBe(
          incidentTransitions.some(
            (other) => other.verb === verb && [...other.roles, ...(other.relayedBy ?? [])].includes(role),
          ),
        )
      }
  })
  it('no administrator sees business data, and only the auditor the log', () => {
    for (const role of ['sysadmin', 'secadmin', 'auditor'] as const) {
      expect(rights[role]).toMatchObject({ sight: 'none', telemetry: false, pages: [] })
      expect(mayRead({ name: role, role }, 'incidents')).toBe(false)
    }
    expect(roles.filter((role) => mayRead({ name: role, role }, 'log'))).toEqual(['auditor'])
    expect(roles.filter((role) => mayRead({ name: role, role }, 'reporter'))).toEqual(['duty', 'chief'])
    expect(mayRead({ name: 'system', role: 'system' }, 'city')).toBe(false)
  })
  it('every home is a page the role may open', () => {
    for (const role of roles) {
      const { home, pages } = rights[role]
      expect(pages.length === 0 ? home === '/sign-in' : pages.includes(home.slice(1) as never)).toBe(true)
    }
  })
})
