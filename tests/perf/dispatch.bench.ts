/**
 * Who should go, of 300 and of 5,000 crews on the demo city's roads: the whole rule with its grounds, at the evening peak's speeds, for a case
 * nobody asked about before. Beside it, in the same run, the same rule with straight lines for ways.
 */
import { cityCalendar } from '../../shared/model/city-calendar.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { Unit, UnitFix } from '../../shared/model/unit.ts'
import { seededRandom } from '../../mock-data/city/random.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { loadCity } from '../../server/src/city/load-city.ts'
import { straightTravel } from '../../server/src/city/travel-finder.ts'
import { recommend } from '../../server/src/domain/dispatch/recommend.ts'
import { cityContext } from '../../server/src/engine/city-context.ts'
import type { City } from '../../server/src/ports/city.ts'
import { city as cityPack } from '../support/program.ts'
import { quantile } from './support/measure.ts'
import { conclude } from './support/report.ts'

const cases = Number(process.env.DISPATCH_CASES ?? 60)
const now = Date.parse('2026-08-05T18:00:00+08:00')
const found = await loadCity(await cityPack('full'), {
  caseClasses: defaultCaseClasses,
  alarmRules: defaultAlarmRules,
})
const [west, south, east, north] = found.profile.bbox
const random = seededRandom(1)
function somewhere(): LonLat {
  for (;;) {
    const at: LonLat = [random.between(west, east), random.between(south, north)]
    if (found.districtOf(at) !== null) return at
  }
}
const asUnit = (n: number): Unit => {
  const { type: _type, unitId, ...facts } = found.crews[n % found.crews.length] as City['crews'][number]
  const id = `${unitId}-${n}`
  return { id, version: 1, ...facts, status: 'available', statusSince: now, incidentId: null }
}

function measure(count: number, travel: City['travel']): { p50: number; p95: number } {
  const units = new Map(
    Array.from({ length: count }, (_, n) => [asUnit(n), somewhere()] as const).map(([u, at]) => [u.id, { u, at }]),
  )
  const rows = new Map([...units].map(([id, { u }]) => [id, u]))
  const fixes = new Map<string, UnitFix>(
    [...units].map(([unitId, { at }]) => [
      unitId,
      { unitId, position: at, headingDeg: null, speedMps: 0, accuracyM: null, fixAt: now, receivedAt: now },
    ]),
  )
  const context = cityContext({ ...found, travel }, cityCalendar(found.profile.timeZone), fixes)(now)
  const flooded = found.caseClasses.find(({ code }) => code === 'E0506')
  const tookMs: number[] = []
  for (let n = 0; n < cases + 5; n++) {
    const position = somewhere()
    const startedAt = performance.now()
    const proposals = recommend({ classCode: 'E0506', position }, flooded, rows, context)
    if (n >= 5) tookMs.push(performance.now() - startedAt)
    if (proposals.length === 0) throw new Error('nobody was proposed')
  }
  return { p50: quantile(tookMs, 0.5), p95: quantile(tookMs, 0.95) }
}

const ways: readonly (readonly [string, City['travel']])[] = [
  ['road graph, evening peak', (from, to, at) => found.travel(from, to, at)],
  ['straight line', (from, to) => straightTravel(from, to)],
]
const results = Object.fromEntries(
  ways.map(([name, travel]) => [name, { few: measure(300, travel), many: measure(5_000, travel) }]),
)
const road = results['road graph, evening peak'] as {
  few: { p50: number; p95: number }
  many: { p50: number; p95: number }
}
const isMet = conclude({
  bench: 'dispatch',
  tables: [
    {
      title: `best crews for a case, ms (${cases} cases, each a new place)`,
      head: ['ways', '300 crews p50', 'p95', '5,000 crews p50', 'p95'],
      rows: Object.entries(results).map(([name, { few, many }]) => [name, few.p50, few.p95, many.p50, many.p95]),
    },
  ],
  goals: [
    { name: 'best of 300 crews by road, ms (p50)', measured: road.few.p50, atMost: 20 },
    { name: 'best of 5,000 crews by road, ms (p50)', measured: road.many.p50, atMost: 100 },
  ],
  results,
})
process.exit(isMet ? 0 : 1)
