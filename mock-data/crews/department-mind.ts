/**
 * What a department does with its cases: signs for those sent to it or returns them, does the work with its own people or feeds back what
 * a crew did, asks for more time or for a rest where it sees that it will not be done, answers supervision, appeals. Works in office
 * hours; what cannot wait for them goes by its duty room, at any hour.
 */
import { openRequest } from '../../shared/model/case-gates.ts'
import { defaultCaseSettings } from '../../shared/model/case-settings.ts'
import { isActiveAssignment, isOpenState, type Incident } from '../../shared/model/incident.ts'
import { dueAt as afterWorking, type WorkingHours } from '../../shared/model/working-time.ts'
import { logNormal } from '../city/random.ts'
import type { CityNow } from '../life/city-now.ts'
import type { PeopleRates } from '../life/people-rates.ts'
import { act, soonest, type CaseBody, type Dice, type Due } from './due.ts'

const minMs = 60_000
const dayMs = 24 * 60 * minMs
/** Nobody writes faster than this, at any speed. */
const leastMs = 800
/** Nobody asks for more time in the last minute. */
const closeMs = minMs

const returns = [
  '不属本单位职责范围，请核实权属后改派',
  '点位位于相邻管辖区，退回改派',
  '权属单位另有主体，本单位无处置权限',
]
const moreTime = [
  '现场处置难度较大，预计不能按期完成，申请延期',
  '需协调多家单位配合，申请延期',
  '施工材料需调配，申请延期',
]
const waits = ['待配件到货后更换，申请挂账', '需办理占掘路审批，申请挂账', '天气条件不具备施工，申请挂账']
const wanting = ['照片不清，现场仍有遗留，请补充处置', '未按规范恢复，退回重新处置']
const replies = ['已督促作业班组，今日内办结', '已增派力量处置，完成后即时反馈', '因现场协调耽误，已明确办结时间']
const appeals = ['超时期间现场交通管制无法进场，申请免责', '因权属争议往返确认，申请免责']

export interface DepartmentOptions {
  readonly speed: number
  readonly city: CityNow
  /** In the city's own time. */
  readonly office: WorkingHours
  readonly rates: PeopleRates
  readonly dice: Dice
  /** Can this crew be sent now? */
  readonly isFree: (unitId: string) => boolean
}

export interface DepartmentMind {
  /** The command it gives next about the case as it is, if nothing else happens to it; null = none. */
  next(incident: Incident): Due | null
}

export function departmentMind(options: DepartmentOptions): DepartmentMind {
  const { speed, city, office, rates, dice, isFree } = options
  const dept = (body: CaseBody) => act('dept', body)
  const says = (id: string, word: string, list: readonly string[]) => dice(id, `${word} words`).pick(list)

  /**
   * When what takes `waitMs` of city time from `since` (server's clock) is done; by the duty room where the office would be too late.
   * Answers by the server's clock.
   */
  function doneAt({ priority, dueAt }: Incident, since: number, waitMs: number, isForgotten = false): number {
    const began = city.cityAt(since)
    const onServer = (at: number) => since + Math.max(leastMs, (at - began) / speed)
    const byOffice = afterWorking(began, waitMs, 'work-hour', office) ?? Infinity
    if (isForgotten && priority > 2) return onServer(byOffice)
    const latest = dueAt === null ? Infinity : city.cityAt(dueAt) - rates.dutyRoomAheadMin * minMs
    return onServer(priority <= 2 || byOffice > latest ? began + waitMs : byOffice)
  }

  function feedBack(incident: Incident): Due {
    const { id, priority, stateSince, reworkCount, returnCount } = incident
    const chance = dice(id, `feedback ${reworkCount}`)
    const isForgotten = chance.chance(rates.forgottenShare)
    const usualMs = logNormal(chance, rates.feedBackMin[priority], rates.deskSpread) * minMs
    const waitMs = isForgotten ? usualMs * rates.forgottenFactor : usualMs
    return {
      at: doneAt(incident, stateSince, waitMs, isForgotten),
      act() {
        const worker = incident.assignments.findLast(({ state }) => state === 'done')?.unitId
        // Once a case, and by a crew that is still there to do it.
        const isWanting = returnCount === 0 && reworkCount === 0 && dice(id, 'send back').chance(rates.sendBackShare)
        if (isWanting && worker !== undefined && isFree(worker))
          return dept({ type: 'incident.send-back', unitId: worker, reason: says(id, 'send back', wanting) })
        return dept({ type: 'incident.feed-back', note: '已按要求处置，现场照片已上传，请核查' })
      },
    }
  }

  function sign(incident: Incident): Due {
    const { id, stateSince, returnCount, reworkCount } = incident
    const word = `sign ${returnCount} ${reworkCount}`
    const waitMs = logNormal(dice(id, word), rates.signMin, rates.deskSpread) * minMs
    return {
      at: doneAt(incident, stateSince, waitMs),
      act: () =>
        // What comes back from a check was its own work.
        reworkCount === 0 && dice(id, `return ${returnCount}`).chance(rates.returnShare)
          ? dept({ type: 'incident.return', reason: says(id, word, returns) })
          : dept({ type: 'incident.receive' }),
    }
  }

  /** The department's own people at work: until it is done, or has to rest. */
  function ownWork(incident: Incident): Due | null {
    const { id, lead, classCode, reworkCount, returnCount, suspension, requests, assignments } = incident
    if (lead?.receivedAt == null || assignments.some(({ state }) => isActiveAssignment(state))) return null
    const word = `work ${reworkCount} ${returnCount}`
    const medianMin = (rates.workMin[classCode] ?? rates.otherWorkMin) * rates.departmentWorkFactor
    const workMs = logNormal(dice(id, word), medianMin, rates.workSpread) * minMs
    const since = Math.max(lead.receivedAt, suspension?.endedAt ?? 0)
    const done: Due = {
      at: doneAt(incident, since, workMs),
      act: () => dept({ type: 'incident.feed-back', note: '本单位已组织处置，现场恢复正常，请核查' }),
    }
    const mayRest = suspension === undefined && !requests?.some(({ kind }) => kind === 'suspension')
    if (!mayRest || openRequest(incident) !== undefined || !dice(id, 'rest').chance(rates.suspendShare)) return done
    const days = dice(id, 'rest days').between(...rates.suspendDays)
    // It sees soon that it cannot go on; the answer comes before the work would have been done.
    const rest: Due = {
      at: since + Math.max(leastMs, (done.at - since) * 0.2),
      act: (now) =>
        dept({
          type: 'incident.request-suspension',
          untilAt: Math.ceil(now + (days * dayMs) / speed),
          reason: says(id, 'rest', waits),
        }),
    }
    return soonest(rest, done)
  }

  function moreTimeDue(incident: Incident): Due | null {
    const { id, filedAt, dueAt, clock, requests } = incident
    const [extensions, asked] = [clock?.extensions ?? 0, requests?.filter(({ kind }) => kind === 'extension') ?? []]
    // A refusal is not asked about again.
    if (filedAt === null || dueAt === null || clock === undefined || asked.length > extensions) return null
    if (extensions >= defaultCaseSettings.mostExtensions || openRequest(incident) !== undefined) return null
    if (!dice(id, `extension ${extensions}`).chance(rates.extensionShare)) return null
    const at = Math.max(incident.updatedAt, filedAt + rates.extensionFrom * (dueAt - filedAt))
    if (at > dueAt - closeMs) return null
    return { at, act: () => dept({ type: 'incident.request-extension', reason: says(id, 'extension', moreTime) }) }
  }

  function reply(incident: Incident): Due | null {
    const asked = incident.supervisions?.find(({ repliedAt, replyDueAt }) => repliedAt === null && replyDueAt !== null)
    if (asked === undefined) return null
    const word = `reply ${incident.supervisions?.length}`
    if (!dice(incident.id, `${word} at all`).chance(rates.replyShare)) return null
    const waitMs = logNormal(dice(incident.id, word), rates.replyMin, rates.deskSpread) * minMs
    return {
      at: doneAt(incident, asked.askedAt, waitMs),
      act: () => dept({ type: 'incident.reply', text: says(incident.id, word, replies) }),
    }
  }

  function appeal(incident: Incident): Due | null {
    const { id, closedAt, overdueStages, requests } = incident
    if (closedAt === null || overdueStages.length === 0 || requests?.some(({ kind }) => kind === 'appeal')) return null
    if (!dice(id, 'appeal').chance(rates.appealShare)) return null
    const waitMs = logNormal(dice(id, 'appeal at'), rates.appealMin, rates.deskSpread) * minMs
    return {
      at: doneAt({ ...incident, priority: 4, dueAt: null }, closedAt, waitMs),
      act: () => dept({ type: 'incident.appeal', reason: says(id, 'appeal', appeals) }),
    }
  }

  return {
    next(incident) {
      switch (incident.state) {
        case 'pending-sign':
          return soonest(sign(incident), reply(incident))
        case 'handling':
          return soonest(ownWork(incident), moreTimeDue(incident), reply(incident))
        case 'pending-feedback':
          return soonest(feedBack(incident), reply(incident))
        case 'closed':
        case 'force-closed':
        case 'evaluated':
          return appeal(incident)
        default:
          return isOpenState(incident.state) ? reply(incident) : null
      }
    },
  }
}
