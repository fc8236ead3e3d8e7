/** A call to 12345 becomes the command of whoever takes it down: what the server's own schema takes, with both its times. */
import { describe, expect, it } from 'vitest'
import type { CitizenRequest } from '../../../mock-data/incidents/citizen-request.ts'
import { hotlineReport } from '../../../mock-data/incidents/hotline-report.ts'
import { personCommandSchema } from '../../../shared/contract/command.ts'

const at = 1_760_000_000_000
const desk = { caseClasses: [], speed: 1 }
const request: CitizenRequest = {
  ...{ serviceCode: 'E0110', site: { position: [121.4712345678, 31.2], words: '沐风路近汀兰广场' } },
  ...{ hasPosition: true, description: '来电人反映垃圾堆放', name: '王女士', phone: '13812345678', accountId: null },
  call: { ringS: 9, talkS: 150 },
}
const written = (over: Partial<CitizenRequest> = {}, of: Parameters<typeof hotlineReport>[2] = desk) => {
  const body = hotlineReport({ ...request, ...over }, at, of)
  return personCommandSchema.parse(body) as unknown as Record<string, unknown>
}

describe('a call that is taken down', () => {
  it('is a report by the hotline, with who called, where, and when it rang and was answered', () => {
    expect(written()).toMatchObject({
      ...{ type: 'incident.report', source: 'hotline', classCode: 'E0110', title: '暴露垃圾：沐风路近汀兰广场' },
      ...{ description: '来电人反映垃圾堆放', address: '沐风路近汀兰广场', position: [121.471235, 31.2] },
      reporter: { name: '王女士', phone: '13812345678' },
      ...{ calledAt: at - 159_000, answeredAt: at - 150_000 },
    })
  })
  it('has no place where the caller knows none, and a title of the length that is taken', () => {
    expect(written({ hasPosition: false })).toMatchObject({ position: null })
    const long = written({ site: { position: [121, 31], words: '路'.repeat(200) } })
    expect(String(long['title'])).toHaveLength(120)
  })
  it('is called by the city’s own class, and takes as long as the city’s time runs', () => {
    const caseClasses = [{ code: 'E0110', name: { zh: '垃圾外露' } }]
    expect(written({}, { caseClasses, speed: 10 })).toMatchObject({
      ...{ title: '垃圾外露：沐风路近汀兰广场', calledAt: at - 15_900, answeredAt: at - 15_000 },
    })
  })
  it('is none where it was written by an app', () => {
    expect(hotlineReport({ ...request, call: null }, at, desk)).toBeNull()
  })
})
