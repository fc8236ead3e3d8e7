/**
 * Makes and keeps the weekly and monthly bulletins, and mails them. Guarantees: one a period, however often the server is stopped; a period that
 * began before the city's first case is not told, for its numbers would mislead; a bulletin that cannot be made or mailed is tried again later
 * and keeps nothing else waiting. One is made a look, so that a start after a long time does not take the machine.
 */
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { bulletinsDue, type BulletinPeriod } from '../domain/kpi/bulletin-periods.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Log } from '../ports/log.ts'
import type { Report } from '../ports/reports.ts'
import type { Bulletins, KeptBulletin, ReadModels } from '../ports/store.ts'
import type { BulletinMail } from './bulletin-mail.ts'
import type { Wanted } from './make-report.ts'
import type { WriteReport } from './write-report.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Tries, each so much later than the one before; then it has failed. */
const mostTries = 8
const againMs = (tries: number) => 2 ** tries * 5 * minuteMs

export interface BulletinKeeper {
  /** What is due now; called every minute. Never rejects. */
  look(): Promise<void>
}

export function createBulletinKeeper(parts: {
  bulletins: Bulletins
  models: Pick<ReadModels, 'incidents'>
  make: (wanted: Wanted) => Promise<Report>
  write: WriteReport
  mail: BulletinMail | null
  engine: Pick<Engine, 'note'>
  clock: Clock
  log: Log
  timeZone: string
}): BulletinKeeper {
  const { bulletins, models, make, write, mail, engine, clock, log } = parts
  const dayOf = cityCalendar(parts.timeZone)
  /** Periods known to have no past of their own, and those that failed: left alone until the next start, or until then. */
  const notBefore = new Map<string, number>()

  async function isTold({ from }: BulletinPeriod): Promise<boolean> {
    const { items } = await models.incidents({ to: from + dayMs, base: 'reported', inKpi: 'true', limit: 1 })
    return items.length > 0
  }
  async function keepOne({ id, kind, from, to, before }: BulletinPeriod): Promise<void> {
    const now = clock.now()
    const question: Wanted['question'] = {
      ...{
        tab: 'overview',
        from,
        to,
        compared: before,
        by: 'district',
        dimension: 'district',
        interval: 'total',
        multiple: 'reported',
      },
    }
    const report = await make({ kind, language: 'zh-CN', question, owner: null, now })
    const files = { pdf: await write(report, 'pdf'), xlsx: await write(report, 'xlsx') }
    const isMailed = mail !== null
    const bulletin: KeptBulletin = {
      ...{ id, kind, title: report.title, beginsAt: from, endsAt: to, madeAt: now },
      ...{ mail: isMailed ? 'waiting' : 'off', mailedAt: null, mailTries: 0, mailNextAt: isMailed ? now : null },
    }
    if (await bulletins.keep(bulletin, files))
      await engine.note('system', 'kpi.bulletin.made', true, id, { kind, from, to })
  }
  async function makeDue(): Promise<void> {
    const now = clock.now()
    const due = bulletinsDue(now, dayOf).filter(({ id }) => (notBefore.get(id) ?? 0) <= now)
    const known = await bulletins.known(due.map(({ id }) => id))
    for (const period of due.filter(({ id }) => !known.has(id))) {
      if (!(await isTold(period))) {
        notBefore.set(period.id, Infinity)
        continue
      }
      notBefore.set(period.id, now + 30 * minuteMs)
      await keepOne(period)
      return
    }
  }
  async function mailDue(via: BulletinMail): Promise<void> {
    for (const bulletin of await bulletins.toMail(clock.now())) {
      const { id, title, mailTries } = bulletin
      const [pdf, xlsx] = [await bulletins.file(id, 'pdf'), await bulletins.file(id, 'xlsx')]
      if (pdf === null || xlsx === null) continue
      const tries = mailTries + 1
      try {
        await via.send({ id, title }, title, { pdf, xlsx })
        await bulletins.mailed(id, { mail: 'sent', mailedAt: clock.now(), mailTries: tries, mailNextAt: null })
        await engine.note('system', 'kpi.bulletin.mailed', true, id, { tries })
      } catch (error) {
        log.warn({ error, bulletin: id, tries }, 'a bulletin could not be mailed')
        const isOver = tries >= mostTries
        const next = isOver ? null : clock.now() + againMs(tries)
        await bulletins.mailed(id, {
          ...{ mail: isOver ? 'failed' : 'waiting', mailedAt: null, mailTries: tries, mailNextAt: next },
        })
        if (isOver) await engine.note('system', 'kpi.bulletin.mailed', false, id, { tries })
      }
    }
  }
  return {
    async look() {
      for (const step of [makeDue, ...(mail === null ? [] : [() => mailDue(mail)])])
        await step().catch((error: unknown) => log.error({ error }, 'a bulletin could not be made or kept'))
    },
  }
}
