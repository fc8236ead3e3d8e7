import { describe, expect, it } from 'vitest'
import { incidentFor, alarmFor, audienceOf, unitFor } from '../../../server/src/access/audience.ts'
import { maskEmail, maskName, maskPhone, maskText } from '../../../server/src/access/masking.ts'
import { sampleAlarm, sampleAssignment, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'

describe('masks', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['021-6512345', '****45'],
    ['110', '****'],
  ])('phone %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))
  it.each([
    ['张三丰', '张*'],
    ['Anna', 'A*'],
    [' ', '*'],
  ])('name %s', (name, masked) => expect(maskName(name)).toBe(masked))
  it.each([
    ['zhang@example.org', 'z***@example.org'],
    ['@example.org', '***'],
    ['nothing', '***'],
  ])('e-mail %s', (email, masked) => expect(maskEmail(email)).toBe(masked))
  it('free words: phones, identity numbers, plates, e-mail; other numbers stay', () => {
    expect(maskText('京A12345 逃逸，找13912345678，证 110101199003071234，a.b@c.cn，路段 20260801-000001')).toBe(
      '京A***45 逃逸，找139****5678，证 110***********1234，a***@c.cn，路段 20260801-000001',
    )
  })
})

describe('what an audience sees of a case', () => {
  const incident = sampleIncident({ assignments: [sampleAssignment('PUMP-01')] })
  it('officers see all but who reported it', () => {
    const seen = incidentFor('officer', incident)
    expect(seen).toEqual({ ...incident, reporter: { name: '张*', phone: '138****5678', email: 'z***@example.org' } })
  })
  it('the wall sees nothing a person wrote or is', () => {
    const seen = incidentFor('wall', incident)
    expect(seen).toMatchObject({ reporter: null, description: '', resolution: null, mediaUrl: null, sourceRef: null })
    expect(JSON.stringify(seen)).not.toMatch(/13812345678|张三|3号楼/)
  })
  it('departments and crews see their own only', () => {
    expect(incidentFor('dept', incident)).not.toBeNull()
    expect(incidentFor('dept:water', incident)?.reporter?.name).toBe('张*')
    expect(incidentFor('dept:fire', incident)).toBeNull()
    expect(incidentFor('unit:PUMP-01', incident)).not.toBeNull()
    expect(incidentFor('unit:PUMP-02', incident)).toBeNull()
    expect(incidentFor('none', incident)).toBeNull()
    expect(unitFor('unit:PUMP-01', sampleUnit())).not.toBeNull()
    expect(unitFor('unit:PUMP-02', sampleUnit())).toBeNull()
    expect(unitFor('dept:fire', sampleUnit())).toBeNull()
  })
  it('alarms: officers all, the wall without names, others through their case', () => {
    const alarm = sampleAlarm()
    expect(alarmFor('officer', alarm, null)).toBe(alarm)
    expect(alarmFor('wall', alarm, null)?.acknowledgedBy).toBeNull()
    expect(alarmFor('dept:water', alarm, null)).toBeNull()
    expect(alarmFor('dept:water', alarm, incident)).toBe(alarm)
    expect(alarmFor('dept:fire', alarm, incident)).toBeNull()
  })
})

describe('audiences', () => {
  it.each([
    [{ name: 'w', role: 'wall' }, 'wall'],
    [{ name: 'd', role: 'duty' }, 'officer'],
    [{ name: 'c', role: 'chief' }, 'officer'],
    [{ name: 'm', role: 'manager' }, 'officer'],
    [{ name: 'p', role: 'dept' }, 'dept'],
    [{ name: 'p', role: 'dept', departmentId: 'water' }, 'dept:water'],
    [{ name: 'u', role: 'crew', unitId: 'PUMP-01' }, 'unit:PUMP-01'],
    [{ name: 'u', role: 'crew' }, 'none'],
    [{ name: 's', role: 'sysadmin' }, 'none'],
    [{ name: 's', role: 'secadmin' }, 'none'],
    [{ name: 'a', role: 'auditor' }, 'none'],
    [{ name: 'system', role: 'system' }, 'none'],
  ] as const)('%o → %s', (actor, audience) => expect(audienceOf(actor)).toBe(audience))
})
