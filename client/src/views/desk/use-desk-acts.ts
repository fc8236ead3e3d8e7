/** Carries acts out: asks for what is missing, submits, and words what came back. */
import { computed, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useTerm } from '../../composables/use-term.ts'
import { conditionField } from './case-forms.ts'
import { useCityStore } from '../../stores/city.ts'
import { useCommandsStore } from '../../stores/commands.ts'
import type { Draft } from '../../stores/remote.ts'
import { useSessionStore } from '../../stores/session.ts'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import { isActiveAssignment, type Incident } from '../../../../shared/model/incident.ts'
import type { Term } from '../../../../shared/model/term.ts'
import { isOverride, type UnitProposal } from '../../../../shared/model/unit.ts'
import type { AlarmGroup } from '../../../../shared/model/load-control.ts'
import {
  actsOn,
  alarmDraftOf,
  draftOf,
  groupActsOf,
  groupDraftOf,
  serveName,
  type Act,
  type CaseAct,
  type Given,
} from './desk-acts.ts'
import type { TwinChoice } from './use-advice.ts'
import { useUndo } from './use-undo.ts'
import { useRefusalWords } from './use-refusal-words.ts'

export interface Notice {
  readonly text: string
  readonly isRefusal: boolean
  /** It can be taken back: how, and it is shown as long as that holds. */
  readonly undo?: string | null
}
/** How many proposals are shown, and can be chosen. */
export const crewsShown = 5

export interface DeskActsOptions {
  readonly incident: Ref<Incident | null>
  readonly alarm: Ref<Alarm | null>
  readonly cluster: Ref<AlarmGroup | null>
  readonly proposals: Ref<readonly UnitProposal[]>
  /** An act brought this case into being: the page goes to it. */
  onOpened(incidentId: string): void
}

const caseIn = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'incidentId' in data ? String(data.incidentId) : null

export function useDeskActs({ incident, alarm, cluster, proposals, onOpened }: DeskActsOptions) {
  const { t } = useI18n()
  const term = useTerm()
  const wordRefusal = useRefusalWords()
  const [commands, session, city] = [useCommandsStore(), useSessionStore(), useCityStore()]
  const notice = shallowRef<Notice | null>(null)
  const undo = useUndo()
  /** The act whose words are being asked for. */
  const asking = shallowRef<Act | null>(null)
  /** The crew to be sent though another is recommended, while the reason is asked for. */
  const instead = shallowRef<string | null>(null)
  /** Which proposal is chosen while a crew is being chosen. */
  const choosing = shallowRef<number | null>(null)
  const picking = shallowRef(false)
  const acts = computed(() =>
    cluster.value === null
      ? actsOn(incident.value, alarm.value, session.roles, city.caseSettings)
      : groupActsOf(cluster.value, session.roles),
  )
  const caseAct = (verb: CaseAct['verb']) => acts.value.find((one) => one.on === 'case' && one.verb === verb)

  /** Filing asks under which condition, where the class has several; what is critical does not wait for it where the city lets it be named later. */
  function withConditions(act: Act): Act {
    const conditions = incident.value === null ? [] : (city.classOf(incident.value.classCode)?.conditions ?? [])
    if (act.on !== 'case' || act.verb !== 'file' || conditions.length < 2) return act
    if (incident.value?.priority === 1 && !city.caseSettings.mustNameCondition) return act
    const { classCode = '', conditionId } = incident.value ?? {}
    const field = conditionField(classCode, conditionId, city.caseSettings.mustNameCondition)
    return { ...act, asks: 'fields', fields: [field] }
  }

  async function submit(subject: string, draft: Draft, name: string): Promise<unknown> {
    const before = incident.value
    const outcome = await commands.submit(subject, draft)
    notice.value = outcome.ok
      ? {
          text: t('desk.done', { verb: name }),
          isRefusal: false,
          undo: undo.offer(subject, draft, name, before?.id === subject ? before : null),
        }
      : { text: wordRefusal(outcome.error), isRefusal: true }
    return outcome.ok ? outcome.data : null
  }
  function decisionWords(type: Draft['type']): string {
    const [what = '', verb = ''] = type.split('.')
    if (what === 'response' || what === 'algorithm')
      return t(what === 'response' ? 'response.title' : 'desk.algorithms.title')
    if (what === 'wall') return t(`wall.remote.given.${verb}`)
    return t(what === 'alarm-rule' ? `desk.rule.${verb}` : type)
  }
  /** The crew an act is about: the account's own, else the one that is on the case. */
  const crewOf = (of: Incident) =>
    session.session?.unitId ?? of.assignments.find((one) => isActiveAssignment(one.state))?.unitId

  async function carryOut(act: Act, given: Given): Promise<void> {
    if (act.on === 'group') {
      const of = cluster.value
      if (of !== null) await submit(of.id, groupDraftOf(of), term(act.name))
      return
    }
    if (act.on === 'alarm') {
      const of = alarm.value
      if (of === null) return
      const draft = alarmDraftOf(of, act.verb, given)
      if (draft === null) return
      const opened = caseIn(await submit(of.id, draft, term(act.name)))
      if (act.verb === 'open-incident' && opened !== null) onOpened(opened)
      return
    }
    const of = incident.value
    if (of === null) return
    const unitId = given.unitId ?? crewOf(of)
    const draft = draftOf(of, act.verb, { ...given, ...(unitId === undefined ? {} : { unitId }) })
    if (draft !== null) await submit(of.id, draft, term(act.name))
  }
  return {
    notice,
    asking,
    choosing,
    picking,
    acts,
    isPending: computed(() => {
      const subject = incident.value?.id ?? alarm.value?.id ?? cluster.value?.id
      return subject !== undefined && commands.isPending(subject)
    }),
    begin(chosen: Act): void {
      notice.value = null
      const act = withConditions(chosen)
      if (act.asks === 'nothing') void carryOut(act, {})
      else if (act.asks === 'crew') choosing.value = 0
      else if (act.asks === 'place') picking.value = true
      else asking.value = act
    },
    async give(given: Given): Promise<void> {
      const act = asking.value
      const unitId = instead.value
      asking.value = null
      instead.value = null
      if (act !== null) await carryOut(act, unitId === null ? given : { ...given, unitId })
    },
    /** The next or an earlier proposal, staying at the ends. */
    choose(at: number): void {
      const last = Math.min(crewsShown, proposals.value.length) - 1
      choosing.value = Math.max(0, Math.min(last, at))
    },
    async send(unitId: string): Promise<void> {
      choosing.value = null
      const act = caseAct('dispatch')
      if (act === undefined) return
      const [best] = proposals.value
      if (
        best !== undefined &&
        isOverride(
          best,
          proposals.value.find((one) => one.unitId === unitId),
        )
      ) {
        instead.value = unitId
        asking.value = { ...act, asks: 'reason' }
      } else await carryOut(act, { unitId })
    },
    async place([lon, lat]: readonly [number, number]): Promise<void> {
      picking.value = false
      const act = caseAct('locate')
      if (act !== undefined) await carryOut(act, { position: [lon, lat] })
    },
    /** A new case, or one more caller of the case it is merged into at once; refused that, it stands on its own. */
    async report(draft: Draft, into: TwinChoice | null, apart: readonly string[] = []): Promise<void> {
      const opened = caseIn(await submit('new incident', draft, t('desk.create.submit')))
      if (opened === null) return
      const merge: Draft | null = into && { type: 'incident.merge', incidentId: opened, ...into }
      const isMerged = merge !== null && (await submit(opened, merge, t('desk.advice.merge'))) !== null
      onOpened(into !== null && isMerged ? into.mainId : opened)
      // Said once while filing, kept with each of them: nobody is asked about the same pair again.
      for (const otherId of apart) {
        const outcome = await commands.submit(opened, {
          type: 'incident.not-same',
          incidentId: opened,
          otherId,
          reason: '',
        })
        if (!outcome.ok) notice.value = { text: wordRefusal(outcome.error), isRefusal: true }
      }
    },
    /** What is done about this case beside its own acts. */
    async advised(draft: Draft, name: Term): Promise<void> {
      const of = incident.value
      if (of !== null && !commands.isPending(of.id)) await submit(of.id, draft, term(name))
    },
    /** About the city, and no row of the queue: a drill, its mode, a response, a rule, an algorithm. */
    async decide(draft: Draft): Promise<void> {
      await submit(draft.type.split('.')[0] ?? '', draft, decisionWords(draft.type))
    },
    /** Something done beside the case that is selected. */
    async besides(draft: Draft): Promise<void> {
      const of = incident.value
      if (of !== null) await submit(of.id, draft, t(`desk.plan.done.${draft.type.slice('plan.'.length)}`))
    },
    /** Takes back the last act that can be: a command of its own, never an eraser. */
    async undo(): Promise<void> {
      const taken = undo.take()
      if (taken === null) notice.value = { text: t('desk.undo.nothing'), isRefusal: true }
      else if ('late' in taken) notice.value = { text: taken.late, isRefusal: true }
      else {
        const outcome = await commands.submit(taken.subject, taken.draft)
        notice.value = outcome.ok
          ? { text: taken.words, isRefusal: false }
          : { text: wordRefusal(outcome.error), isRefusal: true }
      }
    },
    /** Says something about the case that is selected. */
    async say(text: string): Promise<void> {
      const act = caseAct('comment')
      if (act !== undefined) await carryOut(act, { text })
    },
    async serve(hidden: Alarm): Promise<void> {
      if (hidden.sensorId !== null)
        await submit(hidden.id, { type: 'sensor.return-to-service', sensorId: hidden.sensorId }, term(serveName))
    },
    async unshelve(hidden: Alarm): Promise<void> {
      const draft = alarmDraftOf(hidden, 'unshelve')
      if (draft !== null) await submit(hidden.id, draft, t('desk.unshelve'))
    },
    giveUp(): void {
      asking.value = null
      instead.value = null
      choosing.value = null
      picking.value = false
    },
  }
}
