/** Fills a log with events by the real engine on the real embedded store: cases, and officers' comments on them. */
import { randomUUID } from 'node:crypto'
import { loadCity } from '../../../server/src/city/load-city.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { createEngine } from '../../../server/src/engine/engine.ts'
import { hashEvent, hashText } from '../../../server/src/platform/event-hash.ts'
import { openStore } from '../../../server/src/store/open-store.ts'
import type { Actor } from '../../../shared/model/role.ts'
import { serveParent } from '../support/child.ts'

const [dataDir = '', cityDir = '', count = '1000000'] = process.argv.slice(2)
const clock = { now: () => Date.now() }
const nothing = () => undefined
const store = await openStore({ dataDir, databaseUrl: null, clock, hashEvent, hashText })
const city = await loadCity(cityDir, { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules })
const runtime = createEngine({
  store: store.engineStore,
  city,
  clock,
  hasher: hashEvent,
  log: { debug: nothing, info: nothing, warn: nothing, error: (fields, text) => console.error(text, fields.error) },
  metrics: { count: nothing, gauge: nothing, observe: nothing },
  // Larger commits than a live server makes: a million events in a minute or two.
  settings: { maxCommandsPerCommit: 4000 },
})
await runtime.start()
const duty: Actor = { name: 'duty', role: 'duty' }
const report = {
  type: 'incident.report',
  classCode: 'E0506',
  title: '道路积水',
  description: '',
  source: 'hotline',
  sourceRef: null,
  position: null,
  address: null,
  reporter: null,
  mediaUrl: null,
  occurredAt: null,
  priority: null,
  drill: false,
} as const
const cases: string[] = []
for (let i = 0; i < 200; i++) {
  const outcome = await runtime.engine.submit(duty, { commandId: randomUUID(), command: report })
  if (outcome.ok) cases.push(String(outcome.data.incidentId))
}
const startedAt = performance.now()
while (runtime.engine.view.rev < Number(count)) {
  const n = Math.min(4000, Number(count) - runtime.engine.view.rev)
  await Promise.all(
    Array.from({ length: n }, (_, i) =>
      runtime.engine.submit(duty, {
        commandId: randomUUID(),
        command: { type: 'incident.comment', incidentId: cases[i % cases.length] as string, text: `批注 ${i}` },
      }),
    ),
  )
}
const seconds = (performance.now() - startedAt) / 1000
// Leave as a killed server does: without the snapshot of a clean end, so that the start has a tail to fold.
await store.close()
serveParent({ events: runtime.engine.view.rev, perSecond: runtime.engine.view.rev / seconds }, () => ({}))
