/** All that is made of the numbers for people to keep, put together. */
import { timeTargetsOf } from '../../../shared/model/dispatch-settings.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import { countingWithin } from '../access/indicator-scope.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Log } from '../ports/log.ts'
import type { Exports, Report, Trend } from '../ports/reports.ts'
import type { Bulletins, History, ReadModels } from '../ports/store.ts'
import { createBulletinKeeper, type BulletinKeeper } from './bulletin-keeper.ts'
import { createBulletinMail, type MailSettings } from './bulletin-mail.ts'
import { createExportDesk } from './export-desk.ts'
import { makeReport, type Wanted } from './make-report.ts'
import type { Readers } from './report-parts.ts'
import { trendOf } from './trend-of.ts'
import { writeReport } from './write-report.ts'

export interface Reports {
  readonly trend: Trend
  readonly exports: Exports
  readonly keeper: BulletinKeeper
  /** What is being made is finished first. */
  close(): Promise<void>
}

export function openReports(parts: {
  store: {
    readonly readModels: ReadModels
    readonly history: Pick<History, 'hourMeans'>
    readonly bulletins: Bulletins
  }
  engine: Pick<Engine, 'view' | 'note'>
  city: City
  clock: Clock
  log: Log
  iso: (at: Instant) => string
  consoles: number
  evaluate: Readers['evaluate']
  /** Null: bulletins are not mailed. */
  mail: MailSettings | null
}): Reports {
  const { store, engine, city, clock, log, iso, consoles, evaluate } = parts
  const { readModels: models, history, bulletins } = store
  const { timeZone, divisions } = city.profile
  const trend = trendOf({ models, history, view: engine.view, clock, iso, timeZone })
  const countWithin = countingWithin(models, divisions, timeZone)
  const readers: Readers = { models, trend, countWithin, evaluate, targets: timeTargetsOf(city), consoles }
  const make = (wanted: Wanted, onProgress: (share: number) => void = () => undefined): Promise<Report> =>
    makeReport(readers, city, wanted, onProgress)
  const mail = parts.mail === null ? null : createBulletinMail(parts.mail)
  const exports = createExportDesk({ make, write: writeReport, clock, log, timeZone })
  return {
    trend,
    exports,
    keeper: createBulletinKeeper({ bulletins, models, make, write: writeReport, mail, engine, clock, log, timeZone }),
    async close() {
      await exports.close()
      mail?.close()
    },
  }
}
