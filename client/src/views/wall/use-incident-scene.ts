/** 事件处置, worded: open cases by level and step, and the case the camera is on, or else the worst. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { priorities, priorityNames } from '../../../../shared/model/alarm.ts'
import {
  incidentStateInfo,
  isActiveAssignment,
  isInKpi,
  isOpenState,
  type Incident,
} from '../../../../shared/model/incident.ts'
import { unitStatusInfo } from '../../../../shared/model/unit.ts'
import { milestones, stepCounts } from '../../components/wall/case-track.ts'
import type { BarRowView } from '../../components/wall/bar-row.ts'
import type { CaseBoardView } from '../../components/wall/case-board.ts'
import { timeLeft, type Wrong } from '../../components/wall/worst-list.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCasePlansStore } from '../../stores/case-plans.ts'
import { useCityStore } from '../../stores/city.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useUnitsStore } from '../../stores/units.ts'
import { useWallFrame } from './wall-frame.ts'

/** Lines the board has room for. */
const most = { track: 12, crews: 4, checklist: 6 } as const

export function useIncidentScene() {
  const [city, incidents, link, units, plans] = [
    useCityStore(),
    useIncidentsStore(),
    useLinkStore(),
    useUnitsStore(),
    useCasePlansStore(),
  ]
  const { worst, shot } = useWallFrame()
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()
  /** Before the first picture nothing is known: not that nothing is open. */
  const isKnown = computed(() => link.rev > 0)
  const counted = computed(() => incidents.open.filter((row) => isOpenState(row.state) && isInKpi(row)))

  const levels = computed<BarRowView[]>(() => {
    const by = priorities.map((level) => ({ level, n: counted.value.filter((row) => row.priority === level).length }))
    const longest = Math.max(1, ...by.map(({ n }) => n))
    return by.map(({ level, n }) => ({
      key: String(level),
      level,
      name: term(priorityNames[level]),
      value: isKnown.value ? format.count(n) : null,
      share: n / longest,
      note: '',
    }))
  })

  const steps = computed(() => {
    const counts = stepCounts(counted.value, link.nowAt)
    const longest = Math.max(1, ...counts.map(({ open }) => open))
    // An evaluated case is no open one: the last step has no number here.
    return counts.map(({ step, name, open, late }) => ({
      step,
      name: term(name),
      open: isKnown.value && step < 7 ? format.count(open) : null,
      share: open / longest,
      late: late > 0 ? t('wall.step.late', { n: late }) : '',
    }))
  })

  const cases = computed(() => worst.value.filter((wrong) => wrong.type === 'incident'))
  const shown = computed(() => {
    const looked = cases.value.find((wrong) => wrong.id === shot.value?.id)
    return looked ?? cases.value[0]
  })

  function boardOf(wrong: Wrong & { readonly incident: Incident }): CaseBoardView {
    const { incident } = wrong
    const nowAt = link.nowAt
    const left = timeLeft(incident, nowAt)
    const marks = milestones(incident).slice(-most.track)
    const plan = plans.get(incident.id)
    const done = plan?.checklist.filter(({ doneAt }) => doneAt !== null).length ?? 0
    // What is still to do comes first where not all fits.
    const items = [...(plan?.checklist ?? [])].sort((a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null))
    return {
      level: incident.priority,
      levelWord: term(priorityNames[incident.priority]),
      title: incident.title,
      where:
        [term(city.divisionName(incident.districtId)), incident.address ?? ''].filter((w) => w !== '').join(' · ') ||
        t('wall.wrong.unlocated'),
      state: term(incidentStateInfo[incident.state].name),
      age: format.span(nowAt - incident.reportedAt),
      left: left === null ? t('wall.case.noLimit') : format.remain(left.dueAt, nowAt),
      share: left?.share ?? null,
      isDrill: incident.drill,
      track: marks.map(({ key, name, at }, i) => ({
        key,
        name: term(name),
        time: format.time(at, city.timeZone),
        after: i === 0 ? '' : t('wall.case.after', { span: format.span(at - (marks[i - 1]?.at ?? at)) }),
      })),
      crews: incident.assignments
        .filter(({ state }) => isActiveAssignment(state))
        .slice(0, most.crews)
        .map(({ unitId, dispatchedAt }) => {
          const unit = units.get(unitId)
          return {
            id: unitId,
            name: unit?.name ?? unitId,
            state: unit === undefined ? '' : term(unitStatusInfo[unit.status].name),
            age: format.span(nowAt - (unit?.statusSince ?? dispatchedAt)),
          }
        }),
      planName: plan?.plan ? term(plan.plan.name) : t('wall.case.plan'),
      planDone:
        plan !== undefined && plan.checklist.length > 0
          ? t('wall.case.done', { done, all: plan.checklist.length })
          : '',
      checklist: items.slice(0, most.checklist).map(({ id, text, doneAt }) => ({
        id,
        text: term(text),
        isDone: doneAt !== null,
        time: doneAt === null ? '' : format.time(doneAt, city.timeZone),
      })),
    }
  }

  return {
    levels,
    steps,
    cases,
    shownId: computed(() => shown.value?.id ?? null),
    board: computed(() => (shown.value?.type === 'incident' ? boardOf(shown.value) : null)),
    openCount: computed(() => (isKnown.value ? format.count(counted.value.length) : '—')),
    asOf: computed(() => (isKnown.value ? t('wall.today.asOf', { time: format.time(link.nowAt, city.timeZone) }) : '')),
    empty: computed(() => (isKnown.value ? t('wall.case.none') : '—')),
  }
}
