/**
 * A hundred thousand sensors in the browser: registered through the door, 12,000 of them speaking each second, the wall at 1920×1080. How long
 * their registering takes, how soon the page is there, and what it costs from then on.
 */
import { conclude } from './support/report.ts'
import { costCells, costHead, crewCount, lookWords, seconds, stormed } from './support/stormed-wall.ts'

/** They take turns, so that as many readings come each second as with 12,000. */
const many = Number(process.env.CLIENT_MANY ?? 100_000)
const name = `wall, ${many.toLocaleString('en')} sensors`
const { sent, crews, registerS, rows, loads } = await stormed(many, name, [[1920, 1080]])
const [row, load] = [rows[0], loads[0]]
if (row === undefined || load === undefined) throw new Error('nothing was looked at')

const isMet = conclude({
  bench: 'many',
  results: { many, crews, seconds, sent, registerS, rows, loads },
  tables: [
    { title: `12,000 readings a second, ${crews} crews, ${lookWords}`, head: costHead, rows: [costCells(row)] },
    {
      title: 'before it',
      head: ['what', 'requests', 'MB', 's'],
      rows: [
        ['registering all of them through the SensorThings door', Math.ceil(many / 100), '', registerS],
        ['the page, until it shows the city’s numbers', load.requests, load.bytes / 1e6, load.tookMs / 1000],
      ],
    },
  ],
  goals: [
    { name: 'registering, s', measured: registerS, atMost: 180 },
    { name: 'the page, until it shows the city’s numbers, s', measured: load.tookMs / 1000, atMost: 10 },
    { name: 'main thread, share of a core', measured: row.mainThread, atMost: 0.2 },
    { name: 'tasks that work over 50 ms', measured: row.longTasks, atMost: 0 },
    { name: 'crews moving', measured: crews, atLeast: crewCount },
    { name: 'readings refused', measured: sent.refused, atMost: 0 },
  ],
})
process.exit(isMet ? 0 : 1)
