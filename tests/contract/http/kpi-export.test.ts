/** Files of the KPI page over HTTP, made from a real store and read by other programs than those that wrote them. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import readXlsx from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportKeptMs, exportTabs, mostExports, type ExportJob } from '../../../shared/contract/kpi-export.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import { roles } from '../../../shared/model/role.ts'
import { evaluateCases } from '../../../server/src/engine/evaluate-cases.ts'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import { openReports } from '../../../server/src/reports/open-reports.ts'
import type { Store } from '../../../server/src/store/open-store.ts'
import { openTestStore } from '../../support/embedded.ts'
import { createMemoryEngine } from '../../support/memory-engine.ts'
import { smallCity, startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { embeddedFonts, readPaper } from '../../support/paper-text.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { emptyBatch } from '../../store/samples.ts'

const run = promisify(execFile)
const minuteMs = 60_000
const timeZone = 'Asia/Shanghai'
const day = noon - 12 * 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()
const today = { from: iso(day), to: iso(day + 86_400_000) }
const clock = { at: noon + 3_600_000, now: () => clock.at }

let store: Store
let server: MemoryServer
beforeAll(async () => {
  store = await openTestStore({ timeZone, timeTargets: defaultDispatchSettings.timeTargets })
  const closed = { state: 'closed' as const, closedAt: noon + 30 * minuteMs, fedBackAt: noon + 20 * minuteMs }
  const incidents = Array.from({ length: 40 }, (_, i) =>
    sampleIncident({
      id: `c${i}`,
      ...(i < 30 ? closed : {}),
      ...(i === 39 ? { districtId: null } : {}),
      ...(i < 20 ? { arrivedAt: noon + (5 + i) * minuteMs } : {}),
      times: { T0: noon, T5: noon + 90_000, ...(i < 20 ? { T9: noon + (5 + i) * minuteMs } : {}) },
    }),
  )
  await store.engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  const reports = openReports({
    ...{ store, engine: createMemoryEngine(clock), city: smallCity, clock, log, consoles: 1 },
    ...{ iso: createCityTime(timeZone), evaluate: evaluateCases, mail: null },
  })
  server = await startMemoryServer({
    parts: { models: store.readModels, trend: reports.trend, exports: reports.exports },
  })
})
afterAll(async () => {
  await server.close()
  await store.close()
})

async function ask(path: string, init: RequestInit = {}, account = 'manager') {
  return server.fetch(`/api/v1/kpi/exports${path}`, {
    ...init,
    cookie: await server.signIn(account),
    headers: { 'content-type': 'application/json', origin: server.url },
  })
}
const start = (body: object, account = 'manager') => ask('', { method: 'POST', body: JSON.stringify(body) }, account)
/** Asked for, waited for, and fetched. */
async function fetched(
  body: object,
  account = 'manager',
): Promise<{ bytes: Uint8Array; job: ExportJob; response: Response }> {
  const answer = await start(body, account)
  expect(answer.status).toBe(202)
  let job = (await answer.json()) as ExportJob
  while (job.state === 'waiting' || job.state === 'working') {
    await new Promise((done) => setTimeout(done, 20))
    job = (await (await ask(`/${job.id}`, {}, account)).json()) as ExportJob
  }
  expect(job).toMatchObject({ state: 'done', progress: 1 })
  const response = await ask(`/${job.id}/file`, {}, account)
  // The next tests may ask for as many again.
  clock.at += exportKeptMs + 1
  return { bytes: new Uint8Array(await response.arrayBuffer()), job, response }
}

describe('a workbook', () => {
  it('holds every table of the view as numbers, with period, as-of, formula, base and source', async () => {
    const { bytes, job, response } = await fetched({
      format: 'xlsx',
      tab: 'overview',
      ...today,
      compared: { from: iso(day - 86_400_000), to: today.from },
    })
    expect(response.headers.get('content-type')).toContain('spreadsheetml')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${job.name}`)
    const sheets = await readXlsx(Buffer.from(bytes))
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      '0 小城 运行绩效 · 总览',
      '1 主要指标',
      '2 受理与结案',
      '3 分组对比',
    ])
    const [cover, key, , groups] = sheets.map(({ data }) => data)
    const head = new Map(cover?.slice(1).map(([name, value]) => [name, value]))
    expect(head.get('统计周期')).toBe('2026-08-01 00:00 至 2026-08-02 00:00')
    expect(head.get('数据截至')).toMatch(/^2026-08-01 13:00$/)
    expect(head.get('制表')).toBe('test (manager)')
    const row = (name: string, of = key) => of?.find(([first]) => first === name)
    expect(row('受理')?.slice(1, 3)).toEqual([40, 0])
    expect(row('按时结案率')?.[1]).toBe(1)
    expect(row('响应 P50')?.[1]).toBeCloseTo(14.5)
    expect(row('受理')?.[4]).toContain('受理时间落在周期内的案件数')
    expect(groups?.filter(([, n]) => typeof n === 'number').map(([name, n]) => [name, n])).toContainEqual(['合计', 40])
    expect(row('来源', groups)?.[1]).toBe('案件事件账')
  })
  it('has each member’s course over the period, and its whole as the last row', async () => {
    const { bytes } = await fetched({ format: 'xlsx', tab: 'analysis', ...today, multiple: 'closed' })
    const found = (await readXlsx(Buffer.from(bytes))).find(({ sheet }) => sheet.includes('排名与走势'))
    const rows = found?.data.slice(-25) ?? []
    // Closed within the hour after noon; the one without a place is open.
    expect(rows[0]?.slice(0, 3)).toEqual(['2026-08-01 00:00', 0, 0])
    expect(rows[12]?.slice(0, 3)).toEqual(['2026-08-01 12:00', 30, 0])
    expect(rows[24]?.slice(0, 3)).toEqual(['合计', 30, 0])
    expect(found?.data.find(([name]) => name === '时间')?.[2]).toBe('位置待定')
  })
  it('is opened by another program where there is one', async () => {
    const { bytes } = await fetched({ format: 'xlsx', tab: 'times', ...today, language: 'en' })
    const office = await run('soffice', ['--version']).then(
      () => true,
      () => false,
    )
    if (!office) {
      const [cover] = await readXlsx(Buffer.from(bytes))
      expect(cover?.data[0]?.[0]).toBe('Small Performance · Dispatch times')
      return
    }
    const dir = await mkdtemp(join(tmpdir(), 'kpi-'))
    try {
      await writeFile(join(dir, 'kpi.xlsx'), bytes)
      await run('soffice', ['--headless', '--convert-to', 'csv', '--outdir', dir, join(dir, 'kpi.xlsx')])
      expect(await readFile(join(dir, 'kpi.csv'), 'utf8')).toContain('Small Performance · Dispatch times')
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  })
})

describe('a paper', () => {
  it.each(exportTabs)(
    'of %s can be read and searched, has its letters with it, and each page its number',
    async (tab) => {
      const { bytes, response } = await fetched({ format: 'pdf', tab, ...today })
      expect(response.headers.get('content-type')).toBe('application/pdf')
      expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-')
      const { pages, text } = await readPaper(bytes)
      expect(pages[0]).toContain('小城运行绩效')
      expect(text).toContain('统计周期：2026-08-0100:00至2026-08-0200:00')
      expect(text).toContain('制表：test(manager)')
      expect(text).toContain('来源：')
      for (const name of ['制表人：', '审核人：', '签发人：', '日期：']) expect(pages.at(-1)).toContain(name)
      for (const [i, page] of pages.entries()) expect(page).toContain(`第${i + 1}页共${pages.length}页`)
      expect(text).not.toContain('□')
      expect(embeddedFonts(bytes)).toBeGreaterThan(3)
    },
  )
  it('says what the page says', async () => {
    const { text } = await readPaper((await fetched({ format: 'pdf', tab: 'analysis', ...today })).bytes)
    // All forty came in, thirty were closed.
    expect(text).toMatch(/上报40100\.0%/)
    expect(text).toMatch(/结案3075\.0%/)
    // Days as a calendar: its month, its weekday, and which counts wear which colour.
    expect(text).toContain('2026-08周六')
    expect(text).toContain('01–89–1617–2425–3233–40')
    // Small multiples: each by its rank, with its whole; the one scale below.
    expect(text).toContain('排名与走势·受理1d1392位置待定1')
    expect(text).toContain('0–39')
    // Of a week of hours the course alone.
    expect(text).toContain('逐项数值见同一视图的工作簿。')
    expect(text).not.toContain('2026-07-2601:00')
    const english = await readPaper((await fetched({ format: 'pdf', tab: 'alarms', ...today, language: 'en' })).bytes)
    expect(english.text).toContain('SmallPerformance·Alarmload')
    expect(english.text).toContain('Page1of')
  })
})

describe('asking for a file', () => {
  const ok = { format: 'xlsx', tab: 'overview', ...today }
  it.each([
    [{ ...ok, format: 'doc' }, ['format']],
    [{ ...ok, from: 'soon' }, ['from']],
    [{ ...ok, to: today.from }, ['from']],
    [{ ...ok, from: iso(day - 733 * 86_400_000) }, ['to']],
    [{ ...ok, tab: 'all' }, ['tab']],
    [{ ...ok, multiple: 'open' }, ['multiple']],
    [{ ...ok, compared: { from: today.to, to: today.from } }, ['compared.from']],
    [{ ...ok, district: 'x'.repeat(65) }, ['district']],
    [{ ...ok, to: undefined }, ['to']],
    [{ ...ok, of: 1 }, ['of']],
  ])('%o is refused by its field', async (body, fields) => {
    const answer = await start(body)
    const { error } = (await answer.json()) as { error: { details: { fields: { field: string }[] } } }
    expect([answer.status, error.details.fields.map(({ field }) => field)]).toEqual([400, fields])
  })
  it('is for those who may see numbers; it is in the log; the file is the asker’s alone and goes after a while', async () => {
    for (const role of roles.filter((one) => ['crew', 'sysadmin', 'secadmin', 'auditor'].includes(one)))
      expect((await start(ok, role)).status).toBe(403)
    const { job } = await fetched(ok)
    expect(server.engine.notes.at(-1)).toMatchObject({
      ...{ actor: 'manager', act: 'kpi.export', ok: true, subject: job.id },
      details: { format: 'xlsx', tab: 'overview', from: day, scope: null },
    })
    expect((await ask(`/${job.id}`)).status).toBe(404)
    const other = (await (await start(ok)).json()) as ExportJob
    expect((await ask(`/${other.id}`, {}, 'duty')).status).toBe(404)
    expect((await ask(`/${other.id}/file`, {}, 'duty')).status).toBe(404)
    expect((await ask(`/${other.id}`)).status).toBe(200)
    clock.at += exportKeptMs + 1
  })
  it('is refused for more than are kept at once', async () => {
    const answers = []
    for (let i = 0; i <= mostExports; i++) answers.push((await start(ok, 'chief')).status)
    expect(answers).toEqual([...Array.from({ length: mostExports }, () => 202), 429])
    clock.at += exportKeptMs + 1
    expect((await start(ok, 'chief')).status).toBe(202)
  })
})
