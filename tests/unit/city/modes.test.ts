/** `modes.json`: what is left out as is customary, what is wrong, or speaks of what the city does not have, named by file and field. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { modes as demoModes } from '../../../mock-data/city/modes.ts'
import { examinePack } from '../../../mock-data/entrances/check-command.ts'
import { checkModes, looseModes } from '../../../shared/contract/mode-effects.ts'
import { customaryEffects, type ModeTable } from '../../../shared/model/mode-effects.ts'
import { CityPackError } from '../../../server/src/city/city-pack-error.ts'
import { loadCity } from '../../../server/src/city/load-city.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'

const head = { format: 1, id: 'x', name: '某市', nameEn: 'X', timeZone: 'Asia/Shanghai', version: '1' }
const dirs: string[] = []
function packDir(modes?: unknown): string {
  const dir = mkdtempSync(join(tmpdir(), 'modes-'))
  dirs.push(dir)
  writeFileSync(join(dir, 'pack.json'), JSON.stringify(head))
  if (modes !== undefined) writeFileSync(join(dir, 'modes.json'), JSON.stringify(modes))
  return dir
}
const load = (modes?: unknown) =>
  loadCity(packDir(modes), { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules })
const problemsOf = (modes: unknown) =>
  load(modes).then(
    () => [],
    (error: unknown) => (error instanceof CityPackError ? error.problems : [String(error)]),
  )
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

describe('modes.json', () => {
  it('left out is as is customary; empty too, and 平时 changes nothing', async () => {
    expect((await load()).modes).toBeUndefined()
    const { alert, emergency, normal } = (await load({})).modes as ModeTable
    const none = { rulesOff: [], followUpMin: null }
    expect(normal).toBe(customaryEffects.normal)
    expect(alert).toEqual({
      ...none,
      ...customaryEffects.alert,
      deadlines: { ...customaryEffects.alert.deadlines, stageMinutes: {} },
    })
    expect(emergency).toEqual({
      ...none,
      ...customaryEffects.emergency,
      deadlines: { ...customaryEffects.emergency.deadlines, stageMinutes: {} },
    })
  })
  it('changes what it names, and no more', async () => {
    const own = { alert: { scene: 'flood', deadlines: { limitShare: 0.75 } } }
    const { alert, emergency } = (await load(own)).modes as ModeTable
    expect(alert).toMatchObject({ scene: 'flood', roster: customaryEffects.alert.roster })
    expect(alert.deadlines).toMatchObject({ classes: customaryEffects.alert.deadlines.classes, limitShare: 0.75 })
    expect(emergency.scene).toBe('incidents')
  })
  it('of the demo city is sound, and names rules and classes there are', () => {
    const read = checkModes(JSON.parse(JSON.stringify(demoModes)))
    expect(read.ok && looseModes(read.value, defaultCaseClasses, defaultAlarmRules)).toEqual([])
  })
  it.each([
    [{ normal: {} }, 'modes.json: Unrecognized key'],
    [{ alert: { scene: 'x' } }, 'modes.json: alert.scene:'],
    [{ alert: { deadlines: { limitShare: 0 } } }, 'modes.json: alert.deadlines.limitShare:'],
    [{ alert: { deadlines: { limitShare: 1.01 } } }, 'modes.json: alert.deadlines.limitShare:'],
    [{ emergency: { deadlines: { classes: ['X1'] } } }, 'modes.json: emergency.deadlines.classes.0: a class'],
    [{ emergency: { deadlines: { stageMinutes: { handle: 1 } } } }, 'modes.json: emergency.deadlines.stageMinutes:'],
    [
      { emergency: { deadlines: { stageMinutes: { check: 0 } } } },
      'modes.json: emergency.deadlines.stageMinutes.check:',
    ],
    [{ emergency: { roster: [{ who: { zh: '', en: 'x' }, withinMin: 1 }] } }, 'modes.json: emergency.roster.0.who.zh:'],
  ])('%j is refused by file and field, at the start and by the check', async (modes, start) => {
    const said = await problemsOf(modes)
    expect(said[0]?.startsWith(start), said.join('; ')).toBe(true)
    expect((await examinePack(packDir(modes))).problems).toEqual(said)
  })
  it('says which class or rule the city does not have, and which rule never rests', async () => {
    const deadlines = { classes: ['E05', 'E99'] }
    const rulesOff = ['noise-high', 'nothing', 'smoke-alarm', 'no-data']
    expect(await problemsOf({ alert: { deadlines }, emergency: { rulesOff } })).toEqual([
      'modes.json: alert.deadlines.classes.1: no case class E99',
      'modes.json: emergency.rulesOff.1: no alarm rule nothing',
      'modes.json: emergency.rulesOff.2: smoke-alarm is of priority 1: it never rests',
      'modes.json: emergency.rulesOff.3: no-data is about the data itself: it never rests',
    ])
    // The check knows the tables of the pack alone.
    expect((await examinePack(packDir({ emergency: { rulesOff } }))).problems).toEqual([])
  })
})
