/** Real requests as the cases they would become: a CSV file by the same mapping the replay reads, oldest first. */
import { readFileSync } from 'node:fs'
import type { Incident } from '../../../shared/model/incident.ts'
import { csvRecords } from '../../../mock-data/entrances/csv-index.ts'
import { rowOf } from '../../../mock-data/entrances/replay-requests.ts'
import { open311MappingSchema } from '../../../mock-data/replay/mapping.ts'
import { requestOf, timeOf } from '../../../mock-data/replay/read-row.ts'
import { sampleIncident } from '../../support/sample-rows.ts'

export async function requestIncidents(dataFile: string, mappingFile: string): Promise<Incident[]> {
  const mapping = open311MappingSchema.parse(JSON.parse(readFileSync(mappingFile, 'utf8')))
  let header: readonly string[] | null = null
  const incidents: Incident[] = []
  for await (const { cells } of csvRecords({ path: dataFile, ...mapping })) {
    if (header === null) {
      header = cells
      continue
    }
    const row = rowOf(header, cells)
    const at = timeOf(row[mapping.time.column] ?? '', mapping.time)
    const request = requestOf(mapping, row)
    if (at === null || !request.ok) continue
    const form = request.value
    const description = form['description'] ?? ''
    incidents.push({
      ...sampleIncident({}),
      ...{ id: `r-${incidents.length}`, state: 'reported', classCode: form['service_code'] ?? '', alarmIds: [] },
      ...{ title: description.slice(0, 60), description, address: form['address_string'] ?? null },
      ...{ source: 'open311', sourceRef: form['account_id'] ?? form['device_id'] ?? null, drill: false },
      ...{ reportedAt: at, occurredAt: at },
      reporter: form['phone'] === undefined ? null : { name: null, phone: form['phone'], email: null },
      position: form['lat'] === undefined ? null : [Number(form['long']), Number(form['lat'])],
    })
  }
  return incidents.sort((a, b) => a.reportedAt - b.reportedAt)
}
