/**
 * Suggestions: how often class and place read from a report's words are right, on simulated letters of seeds nothing was chosen on. Precedents grow as
 * the stream goes on, as they do when officers file. Beside it: words of the class table alone, and the road's middle for a place.
 */
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { FiledMemory } from '../../server/src/domain/advice/filed-memory.ts'
import { PlaceNames, type NamedPlace } from '../../server/src/domain/advice/place-names.ts'
import { Advice } from '../../server/src/domain/advice/suggest.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { livedCity } from '../support/lived-city.ts'
import { quantile } from './support/measure.ts'
import { reportStream } from './support/report-stream.ts'
import { conclude } from './support/report.ts'

const seeds = [31, 32]
const days = 4
const nearM = 300

const city = livedCity()
const at = (coordinates: unknown): LonLat => coordinates as LonLat
const places: readonly NamedPlace[] = [
  ...city.roads.map(({ properties, geometry }) => ({
    ...{ name: properties.name, kind: 'road' as const, points: geometry.coordinates.map(at) },
  })),
  ...city.places.map(({ properties, geometry }) => ({
    ...{ name: properties.name, kind: 'place' as const, points: [at(geometry.coordinates)] },
  })),
]
const advice = new Advice(
  defaultCaseClasses,
  () => true,
  () => places,
)
const names = new PlaceNames(places)
const tableWords = defaultCaseClasses.map(({ code, keywords }) => ({ code, keywords }))
/** The class most of whose keywords the text holds. */
const byTable = (text: string): string | null => {
  const counted = tableWords
    .map(({ code, keywords }) => ({ code, n: keywords.filter((word) => text.includes(word)).length }))
    .sort((a, b) => b.n - a.n)
  return counted[0] !== undefined && counted[0].n > 0 ? counted[0].code : null
}

const counts = { letters: 0, said: 0, first: 0, among: 0, stated: 0, table: 0, wrong: 0, mended: 0, falsely: 0 }
const sureOnes = { n: 0, right: 0 }
const offM: number[] = []
const offByMemoryM: number[] = []
const ms: number[] = []
const nothing = new FiledMemory()
for (const seed of seeds) {
  const past = new FiledMemory()
  for (const step of reportStream({ seed, days })) {
    if (step.kind === 'over' || step.from === 'sensor' || step.trueClass === null || step.truePlace === null) continue
    const { incident, trueClass, truePlace } = step
    const startedAt = performance.now()
    const { classes } = advice.suggest(incident, past)
    ms.push(performance.now() - startedAt)
    const [first] = classes
    counts.letters++
    if (first !== undefined) counts.said++
    const isRight = first?.value === trueClass
    if (isRight) counts.first++
    if (classes.some(({ value }) => value === trueClass)) counts.among++
    if (incident.classCode === trueClass) counts.stated++
    if (byTable(incident.description) === trueClass) counts.table++
    if (first !== undefined && first.confidence >= 0.6) {
      sureOnes.n++
      if (isRight) sureOnes.right++
    }
    if (incident.classCode !== trueClass) {
      counts.wrong++
      if (isRight) counts.mended++
    } else if (first !== undefined && !isRight && first.confidence >= 0.6) counts.falsely++
    const place = incident.address === null ? null : names.find(incident.address, nothing)
    offM.push(place === null ? Infinity : distanceM(place.value.position, truePlace))
    const withPast = incident.address === null ? null : names.find(incident.address, past)
    offByMemoryM.push(withPast === null ? Infinity : distanceM(withPast.value.position, truePlace))
    // What an officer files: with the true class, at the place.
    const filed: Incident = {
      ...incident,
      id: `${seed}-${incident.id}`,
      classCode: trueClass,
      filedAt: incident.reportedAt,
    }
    past.take(filed)
  }
}
const share = (n: number, of: number) => n / of
const within = (all: readonly number[]) => share(all.filter((metres) => metres <= nearM).length, all.length)
const { letters } = counts
const isMet = conclude({
  bench: 'suggestions',
  results: { seeds, days, counts, sureOnes },
  tables: [
    {
      title: `class of ${letters} letters, seeds ${seeds.join(', ')}`,
      head: ['', 'share'],
      rows: [
        ['something suggested', share(counts.said, letters)],
        ['the first is right', share(counts.first, letters)],
        ['right among three', share(counts.among, letters)],
        ['the first is right where it is sure (0.6)', share(sureOnes.right, sureOnes.n)],
        ['letters it is sure of', share(sureOnes.n, letters)],
        ['words of the class table alone: right', share(counts.table, letters)],
        ['class the caller chose: right', share(counts.stated, letters)],
        ['wrongly chosen classes it would have mended', share(counts.mended, counts.wrong)],
        ['rightly chosen ones it surely contradicts', share(counts.falsely, counts.stated)],
      ],
    },
    {
      title: 'place from the address, metres from where it was',
      head: ['', 'P50', 'P90', `within ${nearM} m`],
      rows: [
        ['names of the map', quantile(offM, 0.5), quantile(offM, 0.9), within(offM)],
        ['and past cases', quantile(offByMemoryM, 0.5), quantile(offByMemoryM, 0.9), within(offByMemoryM)],
      ],
    },
    { title: 'one question, ms', head: ['P50', 'P90'], rows: [[quantile(ms, 0.5), quantile(ms, 0.9)]] },
  ],
  goals: [
    { name: 'class: the first is right', measured: share(counts.first, letters), atLeast: 0.8 },
    { name: 'class: right among three', measured: share(counts.among, letters), atLeast: 0.9 },
    { name: `place within ${nearM} m`, measured: within(offByMemoryM), atLeast: 0.7 },
  ],
})
process.exit(isMet ? 0 : 1)
