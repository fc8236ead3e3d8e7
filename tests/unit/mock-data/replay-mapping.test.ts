import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkMapping, columnsOf, type Open311Mapping } from '../../../mock-data/replay/mapping.ts'
import { nowStamps, playClock } from '../../../mock-data/replay/play-clock.ts'
import { countedTimeOf, missingTest, requestOf, textOf, timeOf, valueOf } from '../../../mock-data/replay/read-row.ts'
import { closingTable, countReason, newTally, sumOf } from '../../../mock-data/replay/tally.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../docs/replay/los-angeles/${name}`, import.meta.url), 'utf8'))
const requests = (): Open311Mapping => {
  const checked = checkMapping('m', read('service-requests.json'))
  if (!checked.ok || checked.mapping.door !== 'open311') throw new Error('not usable')
  return checked.mapping
}

describe('mappings', () => {
  it.each(['service-requests.json', 'loop-detectors.json'])('shipped %s is sound', (name) => {
    expect(checkMapping(name, read(name))).toMatchObject({ ok: true })
  })
  it('names mapping and field of what is wrong', () => {
    const good = read('service-requests.json') as Record<string, unknown>
    expect(checkMapping('m.json', { ...good, door: 'fax' })).toEqual({
      ok: false,
      problems: [expect.stringMatching(/^m\.json: door: /)],
    })
    expect(checkMapping('m.json', { ...good, time: { zone: 'UTC' }, colour: 1 })).toEqual({
      ok: false,
      problems: [
        expect.stringMatching(/^m\.json: time\.column: /),
        expect.stringMatching(/^m\.json: \(all\): .*colour/),
      ],
    })
    expect(checkMapping('m.json', { ...(read('loop-detectors.json') as object), layout: 'tall' })).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^m\.json: layout: /)],
    })
  })
  it('names a zone nobody knows and a start that is no time', () => {
    const loops = read('loop-detectors.json') as Record<string, unknown>
    const check = (time: unknown) => checkMapping('m.json', { ...loops, time })
    expect(check({ start: '2017-12-27', stepS: 300, zone: 'Mars/Olympus' })).toMatchObject({
      problems: ['m.json: time.zone: not an IANA time zone, such as Asia/Shanghai'],
    })
    expect(check({ start: 'first of May', stepS: 300 })).toMatchObject({
      problems: ['m.json: time.start: not an ISO 8601 time'],
    })
    expect(check({ start: '2017-12-27', stepS: 300 })).toMatchObject({ ok: true })
  })
  it('knows every column it needs', () => {
    expect(columnsOf(requests())).toEqual(
      expect.arrayContaining(['CreatedDate', 'RequestType', 'Latitude', 'Longitude', 'Address', 'SRNumber']),
    )
  })
})

describe('texts', () => {
  const isMissing = missingTest(['', 'N/A', '0'])
  const row = { a: 'x', b: ' ', c: '0.0', d: ' y ' }
  it('finds missing values as words and as numbers', () => {
    expect(['', ' ', 'N/A', '0', '0.0', '-0', '00', '1', 'n/a', '0.1'].map(isMissing)).toEqual([
      ...[true, true, true, true, true, true, true],
      ...[false, false, false],
    ])
    expect(missingTest([])('')).toBe(false)
  })
  it('takes columns, constants, templates and joins', () => {
    expect(textOf({ column: 'd' }, row, isMissing)).toBe('y')
    expect(textOf({ column: 'nowhere' }, row, isMissing)).toBeNull()
    expect(textOf({ constant: '0' }, row, isMissing)).toBe('0')
    expect(textOf({ template: '{a}/{d}' }, row, isMissing)).toBe('x/y')
    expect(textOf({ template: '{a}/{b}' }, row, isMissing)).toBeNull()
    expect(textOf({ concat: ['a', 'b', 'c', 'd'], separator: ', ' }, row, isMissing)).toBe('x, y')
    expect(textOf({ concat: ['b', 'c'], separator: ' ' }, row, isMissing)).toBeNull()
  })
  it('reads values: a zero declared missing is none', () => {
    expect(valueOf('64.375', isMissing)).toEqual({ kind: 'value', value: 64.375 })
    expect(valueOf('0', isMissing)).toEqual({ kind: 'missing' })
    expect(valueOf('fast', isMissing)).toEqual({ kind: 'bad' })
    expect(valueOf(' ', missingTest([]))).toEqual({ kind: 'bad' })
  })
})

describe('times', () => {
  const la = { format: 'MM/dd/yyyy hh:mm:ss a', zone: 'America/Los_Angeles' }
  it('reads local times of the zone', () => {
    expect(timeOf('12/31/2017 11:59:58 PM', la)).toBe(Date.parse('2018-01-01T07:59:58Z'))
    expect(timeOf('12/27/2017 01:36:22 PM', la)).toBe(Date.parse('2017-12-27T21:36:22Z'))
    expect(timeOf('13/27/2017 01:36:22 PM', la)).toBeNull()
    expect(timeOf('2026-03-01T00:00:00+08:00', { format: 'iso', zone: 'UTC' })).toBe(Date.parse('2026-02-28T16:00:00Z'))
    expect(timeOf('1514764800', { format: 'unix', zone: 'UTC' })).toBe(1_514_764_800_000)
    expect(timeOf('', { format: 'unix-ms', zone: 'UTC' })).toBeNull()
  })
  it('counts rows without a time column from a start', () => {
    const at = countedTimeOf({ start: '2017-12-27T00:00:00', stepS: 300, zone: 'America/Los_Angeles' })
    expect(at(0)).toBe(Date.parse('2017-12-27T08:00:00Z'))
    expect(at(2) - at(0)).toBe(600_000)
    expect(() => countedTimeOf({ start: 'yesterday!', stepS: 1, zone: 'UTC' })).toThrow(RangeError)
  })
  it('waits as the speed says, and never lets two records share a present', () => {
    const clock = playClock(1_000_000, 50, 600)
    expect(clock.waitMs(1_000_000, 50)).toBe(0)
    expect(clock.waitMs(1_600_000, 50)).toBe(1000)
    expect(clock.waitMs(1_600_000, 1500)).toBe(0)
    expect(clock.lagMs(1_600_000, 1500)).toBe(450)
    expect(playClock(0, 0, Infinity).waitMs(1e12, 5)).toBe(0)
    const stamp = nowStamps()
    expect([stamp(5), stamp(5), stamp(5), stamp(9), stamp(2)]).toEqual([5, 6, 7, 9, 10])
  })
})

describe('requests', () => {
  const row = {
    ...{ RequestType: 'Bulky Items', RequestSource: 'Call', SRNumber: '1-1', Address: '1 MAIN ST' },
    ...{ Latitude: '34.1', Longitude: '-118.2', CreatedDate: '' },
  }
  it('become forms with class, place and words', () => {
    expect(requestOf(requests(), row)).toEqual({
      ok: true,
      value: {
        service_code: 'E0135',
        lat: '34.1',
        long: '-118.2',
        address_string: '1 MAIN ST',
        description: 'Bulky Items (Call, 1-1)',
      },
    })
  })
  it('without a position keep their address; half a position is none', () => {
    const sent = requestOf(requests(), { ...row, Latitude: '' })
    expect(sent).toMatchObject({ ok: true, value: { address_string: '1 MAIN ST' } })
    expect(sent.ok && Object.keys(sent.value)).not.toContain('long')
    expect(requestOf(requests(), { ...row, Latitude: '', Address: 'N/A' })).toEqual({
      ok: false,
      reason: 'neither position nor address',
    })
  })
  it('of a kind in no class go to the default, or are left out by name', () => {
    expect(requestOf(requests(), { ...row, RequestType: 'Feedback' })).toMatchObject({
      value: { service_code: 'E0699' },
    })
    const { default: _, ...classes } = requests().classes
    expect(requestOf({ ...requests(), classes }, { ...row, RequestType: 'Feedback' })).toEqual({
      ok: false,
      reason: 'RequestType "Feedback" is in no class',
    })
  })
})

describe('the closing table', () => {
  it('shows every count and reason, and bounds how many reasons it keeps', () => {
    const tally = newTally('a.csv')
    tally.read = 12
    for (let i = 0; i < 60; i++) countReason(tally.refused, `reason ${i}`)
    countReason(tally.refused, 'reason 3', 5)
    expect(sumOf(tally.refused)).toBe(65)
    expect(tally.refused.size).toBe(51)
    const [head, row, ...reasons] = closingTable([tally])
    expect(head).toMatch(/file +read +sent +accepted +refused +missing +skipped +unsure/)
    expect(row).toMatch(/a\.csv +12 +0 +0 +65 +0 +0 +0/)
    expect(reasons).toContain('  refused 6: a.csv: reason 3')
  })
})
