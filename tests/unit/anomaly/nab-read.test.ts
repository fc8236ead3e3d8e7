/** Labelled folders of others: read as they are, or refused with the file and the line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instantOf, readSeriesFolder } from '../../perf/support/nab/read.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nab-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}
const rows = ['2015-07-10 14:00:00,1', '2015-07-10 14:05:00,2', '2015-07-10 14:10:00,3']
const csv = ['timestamp,value', ...rows, ''].join('\n')
const windows = (of: unknown) => put('windows.json', JSON.stringify(of))
const hit = [['2015-07-10 14:04:00.000000', '2015-07-10 14:30:00.000000']]

describe('expected-value detection: reading labelled series', () => {
  it('finds CSV files in folders, and their windows as rows', () => {
    put('real/a.csv', csv)
    windows({ 'real/a.csv': hit })
    const { series, notes } = readSeriesFolder(dir)
    expect(notes).toEqual([])
    expect(series).toHaveLength(1)
    expect(series[0]).toMatchObject({ name: 'real/a.csv', group: 'real', windows: [[1, 2]] })
    expect([...(series[0]?.value ?? [])]).toEqual([1, 2, 3])
    expect(series[0]?.at[0]).toBe(Date.UTC(2015, 6, 10, 14))
  })
  it('takes columns in any order, CRLF, a byte order mark, further columns and ISO times', () => {
    put('a.csv', '\uFEFFvalue,Timestamp,note\r\n-1.5e2,2015-07-10T14:05:00Z,x\r\n')
    windows({ 'a.csv': hit })
    expect([...(readSeriesFolder(dir).series[0]?.value ?? [])]).toEqual([-150])
  })
  it('takes a series without windows, and says what it leaves out', () => {
    for (const file of ['a.csv', 'b.csv', 'stray.csv']) put(file, csv)
    windows({ 'a.csv': hit, 'b.csv': [], 'gone.csv': [] })
    const { series, notes } = readSeriesFolder(dir)
    expect(series.map(({ name, group }) => [name, group])).toEqual([
      ['a.csv', 'a.csv'],
      ['b.csv', 'b.csv'],
    ])
    expect(notes).toEqual([expect.stringMatching(/^stray\.csv left out/), expect.stringMatching(/^gone\.csv left out/)])
  })

  it.each([
    ['no head', rows.join('\n'), /a\.csv, line 1: no column "timestamp"/],
    ['no value column', `timestamp,speed\n${rows.join('\n')}`, /a\.csv, line 1: no column "value"/],
    ['nothing below the head', 'timestamp,value\n', /a\.csv, line 1: no rows/],
    ['a word for a value', `${csv}2015-07-10 14:15:00,fast`, /a\.csv, line 5: value: not a number: "fast"/],
    ['no value', `${csv}2015-07-10 14:15:00,`, /a\.csv, line 5: value: not a number: ""/],
    ['a day there is not', `${csv}2015-06-31 14:15:00,1`, /a\.csv, line 5: timestamp: .*2015-06-31/],
    ['a cell too many', `${csv}2015-07-10 14:15:00,1,2`, /a\.csv, line 5: 3 cells, the head has 2/],
  ])('names file and line of a CSV with %s', (_, text, message) => {
    put('a.csv', text)
    windows({ 'a.csv': hit })
    expect(() => readSeriesFolder(dir)).toThrow(message)
  })
  it.each([
    ['is a list', '[]', /windows\.json: must be an object/],
    ['is no JSON', '{', /windows\.json: not JSON/],
    ['has no list for a file', '{"a.csv":3}', /windows\.json: "a\.csv" must be a list/],
    ['has half a window', '{"a.csv":[["2015-07-10 14:00:00"]]}', /"a\.csv"\[0\] must be \[from, to\]/],
    ['has a number for a time', '{"a.csv":[["2015-07-10 14:00:00",5]]}', /"a\.csv"\[0\]\[1\] is no time.*5/],
    [
      'has a window turned round',
      '{"a.csv":[["2015-07-11 14:00:00","2015-07-10 14:00:00"]]}',
      /"a\.csv"\[0\] ends before/,
    ],
    [
      'has a window outside of the series',
      '{"a.csv":[["2016-07-10 14:00:00","2016-07-11 14:00:00"]]}',
      /windows\.json: "a\.csv"\[0\] holds no row/,
    ],
    ['has no window at all', '{"a.csv":[]}', /windows\.json: no window in any/],
    ['names nothing that is there', '{"b.csv":[]}', /no CSV file that windows\.json names/],
  ])('names file and field of a windows.json that %s', (_, text, message) => {
    put('a.csv', csv)
    put('windows.json', text)
    expect(() => readSeriesFolder(dir)).toThrow(message)
  })
  it('says what is not there', () => {
    expect(() => readSeriesFolder(join(dir, 'none'))).toThrow(/no such folder/)
    expect(() => readSeriesFolder(dir)).toThrow(/windows\.json: not there/)
  })
  it('reads times with and without a zone', () => {
    expect(instantOf('2015-07-10 14:24')).toBe(Date.UTC(2015, 6, 10, 14, 24))
    expect(instantOf('2015-07-10T14:24:00+08:00')).toBe(Date.UTC(2015, 6, 10, 6, 24))
    for (const wrong of ['', '14:24', '2015-13-01 00:00', '2015-07-10 25:00:00', '10/07/2015 14:24'])
      expect(instantOf(wrong), wrong).toBeNaN()
  })
})
