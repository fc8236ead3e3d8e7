/** Carries acts out: asks for what is missing, submits, and words what came back. */
import { computed, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'
import { useCommandsStore } from '../../stores/commands.ts'
import type { Draft, Failure } from '../../stores/remote.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useUnitsStore } from '../../stores/units.ts'
import { isActiveAssignment, type Incident } from '../../../../shared/model/incident.ts'
import type { UnitProposal } from '../../../../shared/model/unit.ts'
import { actsOf, draftOf, type Act, type Given } from './desk-acts.ts'

export interface Notice {
  readonly text: string
  readonly isRefusal: boolean
}

export function useDeskActs(incident: Ref<Incident | null>, proposals: Ref<readonly UnitProposal[]>) {
  const { t } = useI18n()
  const term = useTerm()
  const { time } = useFormat()
  const [commands, session, units, city] = [useCommandsStore(), useSessionStore(), useUnitsStore(), useCityStore()]
  const notice = shallowRef<Notice | null>(null)
  /** The act whose words are being asked for. */
  const asking = shallowRef<Act | null>(null)
  /** Which proposal is chosen while a crew is being chosen. */
  const choosing = shallowRef<number | null>(null)
  const picking = shallowRef(false)

  function wordRefusal(error: Failure): string {
    const details = error.details ?? {}
    if (error.code === 'UNIT_TAKEN') {
      const since = typeof details.since === 'number' ? details.since : Date.parse(String(details.since))
      const unit = units.rows.get(String(details.unitId))?.name ?? String(details.unitId)
      return t('desk.taken', {
        unit,
        by: String(details.by),
        incident: String(details.incidentId),
        since: Number.isFinite(since) ? time(since, city.timeZone) : '—',
      })
    }
    return t(`error.${error.code}`)
  }
  async function submit(subject: string, draft: Draft, name: string): Promise<unknown> {
    const outcome = await commands.submit(subject, draft)
    notice.value = outcome.ok
      ? { text: t('desk.done', { verb: name }), isRefusal: false }
      : { text: wordRefusal(outcome.error), isRefusal: true }
    return outcome.ok ? outcome.data : null
  }
  /** The crew an act is about: the account's own, else the one that is on the case. */
  const crewOf = (of: Incident) =>
    session.session?.unitId ?? of.assignments.find((one) => isActiveAssignment(one.state))?.unitId

  async function carryOut(act: Act, given: Given): Promise<void> {
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
    submit,
    acts: computed(() => (incident.value === null ? [] : actsOf(incident.value, session.roles))),
    isPending: (id: string | undefined) => id !== undefined && commands.isPending(id),
    begin(act: Act): void {
      notice.value = null
      if (act.asks === 'nothing') void carryOut(act, {})
      else if (act.asks === 'crew') choosing.value = proposals.value.length > 0 ? 0 : null
      else if (act.asks === 'place') picking.value = true
      else asking.value = act
    },
    async give(given: Given): Promise<void> {
      const act = asking.value
      asking.value = null
      if (act !== null) await carryOut(act, given)
    },
    async send(unitId: string): Promise<void> {
      choosing.value = null
      const act =
        incident.value === null
          ? undefined
          : actsOf(incident.value, session.roles).find((one) => one.verb === 'dispatch')
      if (act !== undefined) await carryOut(act, { unitId })
    },
    async place(position: readonly [number, number]): Promise<void> {
      picking.value = false
      const act =
        incident.value === null ? undefined : actsOf(incident.value, session.roles).find((one) => one.verb === 'locate')
      if (act !== undefined) await carryOut(act, { position: [position[0], position[1]] })
    },
    giveUp(): void {
      asking.value = null
      choosing.value = null
      picking.value = false
    },
  }
}
