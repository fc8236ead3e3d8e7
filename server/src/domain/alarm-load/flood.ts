/**
 * Flood: more announcements than the consoles can take in. Begins above ten a console in ten minutes, ends below five; what lies between
 * keeps it as it is. The window is half open: an announcement exactly ten minutes old is no longer in it.
 */
import type { Flood, FloodEvent } from '../../../../shared/model/load-control.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { AlarmLoadState, Heard } from './load-state.ts'
import { floodLimit, mostInSummary } from '../../../../shared/model/load-control.ts'

export const heardWithin = (heard: readonly Heard[], now: Instant): readonly Heard[] =>
  heard.filter(({ at }) => at > now - floodLimit.windowMs)

/** What the present moment begins or ends; null where it goes on as it is. */
export function floodTurn(load: AlarmLoadState, consoles: number, now: Instant): FloodEvent | null {
  const heard = heardWithin(load.heard, now)
  if (load.flood === null) {
    if (heard.length <= floodLimit.beginAbove * consoles) return null
    const flood = newFlood(`F${load.floodCount + 1}`, heard, consoles, now)
    return { type: 'flood.began', flood, note: beganNote(flood) }
  }
  if (heard.length >= floodLimit.endBelow * consoles) return null
  const flood: Flood = {
    ...load.flood,
    version: load.flood.version + 1,
    endedAt: now,
    topRules: topRules(load.floodRules),
  }
  return { type: 'flood.ended', flood, note: endedNote(flood, now - flood.startedAt) }
}

function newFlood(id: string, heard: readonly Heard[], consoles: number, now: Instant): Flood {
  const of = (priority: number) => heard.filter((one) => one.priority === priority).length
  return {
    id,
    version: 1,
    startedAt: now,
    endedAt: null,
    consoles,
    announced: heard.length,
    byPriority: { 1: of(1), 2: of(2), 3: of(3), 4: of(4) },
    ofDrill: heard.filter((one) => one.drill).length,
    peak: heard.length,
    groups: 0,
    grouped: 0,
    escalated: 0,
    cases: 0,
    acknowledged: 0,
    topRules: topRules(countRules(heard)),
  }
}

export function countRules(heard: readonly Heard[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { ruleId } of heard) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  return counts
}

/** Most frequent first, then by name. */
export const topRules = (counts: ReadonlyMap<string, number>): Flood['topRules'] =>
  [...counts]
    .map(([ruleId, count]) => ({ ruleId, count }))
    .sort((a, b) => b.count - a.count || (a.ruleId < b.ruleId ? -1 : 1))
    .slice(0, mostInSummary)

function beganNote({ announced, consoles }: Flood): Term {
  const limit = floodLimit.beginAbove * consoles
  return {
    zh: `进入告警洪泛：10 分钟内告警 ${announced} 条，${consoles} 席上限 ${limit} 条。特急置顶，一般和提示归并，仅新的特急告警发声。`,
    en: `Alarm flood: ${announced} alarms in 10 minutes, the limit of ${consoles} console(s) is ${limit}. Critical ones are pinned, normal and low ones rolled up; only a new critical alarm sounds.`,
  }
}

function endedNote(flood: Flood, lastedMs: number): Term {
  const minutes = Math.round(lastedMs / 60_000)
  const { announced, byPriority: of, peak, groups, grouped, escalated, cases } = flood
  return {
    zh: `告警洪泛结束：历时 ${minutes} 分钟，告警 ${announced} 条（特急 ${of[1]}、紧急 ${of[2]}、一般 ${of[3]}、提示 ${of[4]}），10 分钟峰值 ${peak} 条，归并 ${groups} 组 ${grouped} 条，升级 ${escalated} 次，转事件 ${cases} 件。`,
    en: `Alarm flood over after ${minutes} min: ${announced} alarms (critical ${of[1]}, urgent ${of[2]}, normal ${of[3]}, low ${of[4]}), peak ${peak} in 10 minutes, ${grouped} alarms in ${groups} groups, ${escalated} escalations, ${cases} made cases.`,
  }
}
