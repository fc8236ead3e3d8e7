/** An officer who keeps up: what nobody acknowledges or closes stands for ever, and a page that shows ever more of it grows with reason. */
import { randomUUID } from 'node:crypto'

interface Row {
  readonly id: string
  readonly version: number
}

export function deskOf(url: string, cookie: string) {
  const headers = { cookie, origin: url, 'content-type': 'application/json' }
  async function listed(what: string): Promise<readonly Row[]> {
    const answer = await fetch(`${url}/api/v1/${what}&limit=500`, { headers })
    return ((await answer.json()) as { items: Row[] }).items
  }
  async function submit(command: Readonly<Record<string, unknown>>): Promise<void> {
    const body = JSON.stringify({ commandId: randomUUID(), ...command })
    // What another rule did a moment ago is refused, and done.
    await (await fetch(`${url}/api/v1/commands`, { method: 'POST', headers, body })).arrayBuffer()
  }
  async function clearAll(): Promise<void> {
    for (const { id, version } of await listed('alarms?state=unacknowledged,returned,latched-unacknowledged'))
      await submit({ type: 'alarm.acknowledge', alarmId: id, comment: null, expectedVersion: version })
    for (const { id, version } of await listed('alarms?state=latched-acknowledged'))
      await submit({ type: 'alarm.reset', alarmId: id, expectedVersion: version })
    for (const { id, version } of await listed('incidents?open=true'))
      await submit({ type: 'incident.force-close', incidentId: id, reason: '长稳测试', expectedVersion: version })
  }
  return {
    /** Rows of a list with a query, 500 of them. */
    listed,
    /** Acknowledges and resets alarms, closes cases. A line that breaks is said, and ends no hour of looking: the next turn does the rest. */
    clear: () => clearAll().catch((fault: unknown) => console.error('the desk:', fault)),
  }
}
