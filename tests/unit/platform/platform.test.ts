import { describe, expect, it } from 'vitest'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import { createPinoLog } from '../../../server/src/platform/pino-log.ts'
import { createPrometheusMetrics } from '../../../server/src/platform/prometheus-metrics.ts'

describe('city time', () => {
  it.each([
    ['Asia/Shanghai', '2026-08-01T01:30:00Z', '2026-08-01T09:30:00.000+08:00'],
    ['America/Los_Angeles', '2026-03-08T09:59:59.999Z', '2026-03-08T01:59:59.999-08:00'],
    ['America/Los_Angeles', '2026-03-08T10:00:00Z', '2026-03-08T03:00:00.000-07:00'],
    ['Asia/Kolkata', '2026-01-01T00:00:00Z', '2026-01-01T05:30:00.000+05:30'],
    ['UTC', '1969-12-31T23:59:59Z', '1969-12-31T23:59:59.000+00:00'],
  ])('%s %s', (zone, at, worded) => {
    const iso = createCityTime(zone)
    expect(iso(Date.parse(at))).toBe(worded)
    expect(Date.parse(worded)).toBe(Date.parse(at))
  })
  it('refuses an unknown zone', () => expect(() => createCityTime('Mars/Base')).toThrow(RangeError))
})

describe('log', () => {
  it('cuts secrets out, and holds causes', () => {
    const lines: string[] = []
    const log = createPinoLog('info', (line) => void lines.push(line))
    log.debug({}, 'not shown')
    log.info({ password: 'secret-word', request: { cookie: 'secret-crumb', path: '/x' } }, 'hello')
    log.error({ error: new Error('cause') }, 'failed')
    expect(lines).toHaveLength(2)
    expect(lines.join()).not.toMatch(/secret-(word|crumb)/)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'hello', request: { path: '/x' } })
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ error: { message: 'cause' } })
  })
})

describe('metrics', () => {
  it('count, measure, and are asked at each reading', async () => {
    const metrics = createPrometheusMetrics()
    metrics.count('tongguan_x_total', { door: 'a' })
    metrics.count('tongguan_x_total', { door: 'a' }, 2)
    metrics.observe('tongguan_y_seconds', 0.02)
    let asked = 0
    metrics.onScrape(() => metrics.gauge('tongguan_z', ++asked))
    const text = await metrics.text()
    expect(text).toContain('tongguan_x_total{door="a"} 3')
    expect(text).toContain('tongguan_y_seconds_count 1')
    expect(text).toContain('tongguan_z 1')
    expect(text).toContain('process_cpu_seconds_total')
  })
  it('keep labels bounded', async () => {
    const metrics = createPrometheusMetrics()
    for (let i = 0; i < 1000; i++) metrics.count('tongguan_w_total', { who: String(i) })
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('tongguan_w_total{'))
    expect(lines).toHaveLength(201)
    expect(lines).toContain('tongguan_w_total{who="other"} 800')
  })
})
