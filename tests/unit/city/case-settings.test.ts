/** `case-settings.json`: each field of its own, what is left out as usual, what is wrong named by file and field. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { examinePack } from '../../../mock-data/entrances/check-command.ts'
import { caseSettingsRow, checkCaseSettings } from '../../../shared/contract/case-settings.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import { CityPackError } from '../../../server/src/city/city-pack-error.ts'
import { loadCity } from '../../../server/src/city/load-city.ts'

const head = { format: 1, id: 'x', name: '某市', nameEn: 'X', timeZone: 'Asia/Shanghai', version: '1' }
const dirs: string[] = []
function packDir(settings?: unknown): string {
  const dir = mkdtempSync(join(tmpdir(), 'case-settings-'))
  dirs.push(dir)
  writeFileSync(join(dir, 'pack.json'), JSON.stringify(head))
  if (settings !== undefined) writeFileSync(join(dir, 'case-settings.json'), JSON.stringify(settings))
  return dir
}
const load = (settings?: unknown) => loadCity(packDir(settings), { caseClasses: [], alarmRules: [] })
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

describe('case-settings.json', () => {
  it('left out, or empty, is as usual', async () => {
    expect(checkCaseSettings({})).toEqual({ ok: true, value: defaultCaseSettings })
    expect((await load()).caseSettings).toEqual(defaultCaseSettings)
    expect((await load({})).caseSettings).toEqual(defaultCaseSettings)
  })
  it('changes what it names, and no more', async () => {
    const own = { firstContact: '4工作时', stageMinutes: { dispatch: 10 }, approvals: { suspension: [['chief']] } }
    const { stageMinutes, approvals } = defaultCaseSettings
    expect((await load(own)).caseSettings).toEqual({
      ...defaultCaseSettings,
      firstContact: { amount: 4, unit: 'work-hour' },
      stageMinutes: { ...stageMinutes, dispatch: 10 },
      approvals: { ...approvals, suspension: [['chief']] },
    })
  })
  it('is written as it is read', () => {
    const row = JSON.parse(JSON.stringify(caseSettingsRow(defaultCaseSettings))) as unknown
    expect(checkCaseSettings(row)).toEqual({ ok: true, value: defaultCaseSettings })
  })
  it.each([
    [[], 'case-settings.json: Invalid input'],
    [{ more: 1 }, 'case-settings.json: Unrecognized key'],
    [{ firstContact: 'soon' }, 'case-settings.json: firstContact: a limit'],
    [{ stageMinutes: { accept: 0 } }, 'case-settings.json: stageMinutes.accept:'],
    [{ stageMinutes: { handle: 5 } }, 'case-settings.json: stageMinutes: Unrecognized key'],
    [{ remindAtPercent: [80, 50] }, 'case-settings.json: remindAtPercent: the first comes before the second'],
    [{ remindAtPercent: [50, 100] }, 'case-settings.json: remindAtPercent.1:'],
    [{ superviseAtPercent: 100 }, 'case-settings.json: superviseAtPercent:'],
    [{ mostExtensions: -1 }, 'case-settings.json: mostExtensions:'],
    [{ longestSuspensionDays: 0 }, 'case-settings.json: longestSuspensionDays:'],
    [{ callBackTries: 0 }, 'case-settings.json: callBackTries:'],
    [{ approvals: { appeal: [] } }, 'case-settings.json: approvals.appeal:'],
    [{ approvals: { appeal: [[]] } }, 'case-settings.json: approvals.appeal.0:'],
    // Nobody whom the table of a case's moves does not let.
    [{ approvals: { suspension: [['dept']] } }, 'case-settings.json: approvals.suspension.0.0:'],
  ])('%j is refused by file and field, at the start and by the check', async (settings, start) => {
    const said = await load(settings).then(
      () => [],
      (error: unknown) => (error instanceof CityPackError ? error.problems : [String(error)]),
    )
    expect(said[0]?.startsWith(start), said.join('; ')).toBe(true)
    expect((await examinePack(packDir(settings))).problems).toEqual(said)
  })
})
