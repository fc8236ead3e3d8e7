/**
 * Who should go: crews that can be sent, ranked, each with its grounds in words. Guarantees: only crews on duty and free;
 * those fit for the class before those that are not; a doubtful place costs rank and is said. Knows no clock and no map:
 * both are handed in.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Term } from '../../../../shared/model/transition.ts'
import type { PrimaryStatus, Unit, UnitFix, UnitProposal } from '../../../../shared/model/unit.ts'
import { fixStaleMs, primaryStatusOf } from '../../../../shared/model/unit.ts'
import type { TravelTime } from '../context.ts'

/** A crew seen this long ago may be this much further away, up to a limit; a crew never seen counts as the limit. */
const mostDoubtS = 30 * 60
const noFixDoubtS = 10 * 60
/** What a crew made for this very class is worth against one that merely covers the group (专业优先). */
const specialistS = 180
/** Crews unfit for the class are shown only while the fit ones are fewer than this. */
const enough = 3
const most = 10

type Fitness = 'specialist' | 'general' | 'unfit'

/**
 * Ranked best first; empty where the case has no place yet. `caseClass` names the class in the reasons;
 * undefined = a class this city no longer has.
 */
export function recommend(
  incident: Pick<Incident, 'classCode' | 'position'>,
  caseClass: CaseClass | undefined,
  units: Iterable<Unit>,
  fixes: ReadonlyMap<UnitId, UnitFix>,
  travel: (from: LonLat, to: LonLat) => TravelTime,
  now: Instant,
): UnitProposal[] {
  const { position, classCode } = incident
  if (position === null) return []
  type Scored = TravelTime & {
    readonly unitId: UnitId
    readonly score: number
    readonly fitness: Fitness
    readonly fixAgeMs: number | null
    readonly primary: PrimaryStatus
  }
  const score = (unit: Unit, from: LonLat, fitness: Fitness): Scored => {
    const fix = fixes.get(unit.id)
    const way = travel(from, position)
    const fixAgeMs = fix === undefined ? null : Math.max(0, now - fix.fixAt)
    return {
      ...way,
      unitId: unit.id,
      score: way.seconds + doubtS(fixAgeMs) + (fitness === 'specialist' ? 0 : specialistS),
      fitness,
      fixAgeMs,
      primary: primaryStatusOf(unit),
    }
  }
  const proposal = (
    { unitId, seconds, metres, basis, fitness, fixAgeMs, primary, score }: Scored,
    i: number,
  ): UnitProposal => {
    const reasons = [
      arrival(seconds, metres, basis),
      ability(fitness, caseClass?.name ?? { zh: classCode, en: classCode }),
      ...placeDoubt(fixAgeMs),
    ]
    const [etaS, distanceM] = [Math.round(seconds), Math.round(metres)]
    const rest = { primary, fitness, isMutualAid: false, scoreS: Math.round(score), parts: [] }
    return { unitId, etaS, distanceM, basis, reasons, fixAgeMs, rank: i + 1, ...rest }
  }
  const shown: Scored[] = []
  const unfit: (readonly [unit: Unit, from: LonLat])[] = []
  for (const unit of units) {
    if (primaryStatusOf(unit) === 'NotAvailable') continue
    const from = fixes.get(unit.id)?.position ?? unit.station
    if (from === null) continue
    const fitness = fitnessOf(unit.capabilities, classCode)
    if (fitness === 'unfit') unfit.push([unit, from])
    else shown.push(score(unit, from, fitness))
  }
  // Ways are searched only for crews that will be shown: of hundreds, most are made for other work.
  if (shown.length < enough) for (const [unit, from] of unfit) shown.push(score(unit, from, 'unfit'))
  return shown
    .sort(
      (a, b) =>
        Number(a.fitness === 'unfit') - Number(b.fitness === 'unfit') ||
        a.score - b.score ||
        (a.unitId < b.unitId ? -1 : 1),
    )
    .slice(0, most)
    .map(proposal)
}

function fitnessOf(capabilities: readonly string[], classCode: string): Fitness {
  if (capabilities.includes(classCode)) return 'specialist'
  if (capabilities.length === 0) return 'general'
  return capabilities.some((prefix) => classCode.startsWith(prefix)) ? 'general' : 'unfit'
}

function doubtS(fixAgeMs: number | null): number {
  if (fixAgeMs === null) return noFixDoubtS
  return fixAgeMs > fixStaleMs ? Math.min(mostDoubtS, fixAgeMs / 1000) : 0
}

function arrival(seconds: number, metres: number, basis: TravelTime['basis']): Term {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const km = (metres / 1000).toFixed(1)
  const zh = `预计${minutes}分钟到达，距${km}公里`
  const en = `about ${minutes} min away, ${km} km`
  return basis === 'road' ? { zh, en } : { zh: `${zh}（直线估算）`, en: `${en} (straight-line estimate)` }
}

function ability(fitness: Fitness, className: Term): Term {
  if (fitness === 'specialist') return { zh: `专门处置${className.zh}`, en: `specialised in: ${className.en}` }
  if (fitness === 'general') return { zh: `能处置${className.zh}`, en: `can handle: ${className.en}` }
  return { zh: `不具备处置${className.zh}的能力`, en: `not equipped for: ${className.en}` }
}

function placeDoubt(fixAgeMs: number | null): Term[] {
  if (fixAgeMs === null) return [{ zh: '无定位，按驻地估算', en: 'no position fix; reckoned from its station' }]
  if (fixAgeMs <= fixStaleMs) return []
  const minutes = Math.max(1, Math.floor(fixAgeMs / 60_000))
  return [{ zh: `定位已过时${minutes}分钟`, en: `position fix is ${minutes} min old` }]
}
