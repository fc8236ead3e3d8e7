/**
 * What the wall costs the computer behind it: every sensor speaks once a second, 300 crews move, alarms come and go; beside it the same data on a
 * plain ECharts scatter, fed by frames and by an event for each reading. CPU of the page's main thread as the kernel counts it.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { root } from '../support/program.ts'
import { startProgram } from './support/child.ts'
import { conclude, type Goal } from './support/report.ts'
import {
  costCells,
  costHead,
  crewCount,
  isTogether,
  looked,
  lookWords,
  seconds,
  stormed,
  type Row,
} from './support/stormed-wall.ts'

const sensors = Number(process.env.CLIENT_SENSORS ?? 12_000)
const sizes = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [7680, 2160],
] as const

const { sent, crews, rows: walls } = await stormed(sensors, 'wall', sizes)
const rows: Row[] = [...walls]

/** The same data on a plain page, built as one script. */
async function lookAtPlainPages(): Promise<void> {
  const built = (await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: join(root, 'tests/perf/pages/plain-scatter.ts'), formats: ['iife'], name: 'plain' },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  })) as Rolldown.RolldownOutput[]
  const script = built[0]?.output[0].code ?? ''
  for (const [mode, name] of [
    ['frame', 'plain scatter, four frames a second'],
    ['naive', 'plain scatter, one event a reading'],
  ] as const) {
    const plain = await startProgram<{ port: number }>('fanout-server', [mode, String(sensors)])
    const [width, height] = [1920, 1080]
    const row = await looked(name, [width, height], plain, async (browser) => {
      const page = await browser.newPage({ viewport: { width, height } })
      const url = `http://127.0.0.1:${plain.hello.port}/`
      await page.goto(`${url}?sensors=${sensors}&crews=${crewCount}`)
      await page.addScriptTag({ content: script })
      await plain.ask({ begin: true })
      return page
    })
    rows.push(row)
    await plain.stop()
  }
}
if (!isTogether) await lookAtPlainPages()

/** A page that is let be for an hour keeps what it had. */
const growth = Math.max(...walls.map(({ heapMbPerHour }) => heapMbPerHour))
const kept: Goal[] = Number.isNaN(growth)
  ? []
  : [{ name: 'growth of the heap that grew most, MB an hour', measured: growth, atMost: 1 }]
const judged: Goal[] = isTogether ? kept : [...shares(), ...kept]
function shares(): Goal[] {
  const of = (page: string) => rows.find((row) => row.page.startsWith(page)) as Row
  const at1080 = walls.find(({ size }) => size === '1920×1080') as Row
  const largest = Math.max(...walls.map((row) => row.mainThread))
  const ratio = (page: string) => of(page).mainThread / at1080.mainThread
  return [
    { name: 'wall 1920×1080, main thread, share of a core', measured: at1080.mainThread, atMost: 0.08 },
    { name: 'wall, largest main thread of the four sizes', measured: largest, atMost: 0.08 },
    { name: 'main thread: plain scatter by frames ÷ wall', measured: ratio('plain scatter, four'), atLeast: 1 },
    { name: 'main thread: plain scatter by events ÷ wall', measured: ratio('plain scatter, one'), atLeast: 2 },
  ]
}
const isMet = conclude({
  bench: isTogether ? 'together' : 'client',
  results: {
    sensors,
    crews,
    seconds,
    sent,
    rows,
    echarts: createRequire(join(root, 'x'))('echarts/package.json').version,
  },
  tables: [
    {
      title: `${sensors.toLocaleString('en')} sensors at 1 Hz, ${crews} crews, ${lookWords}`,
      head: costHead,
      rows: rows.map(costCells),
    },
  ],
  goals: [
    ...judged,
    {
      name: 'wall, tasks that work over 50 ms, all sizes',
      measured: walls.reduce((sum, r) => sum + r.longTasks, 0),
      atMost: 0,
    },
    { name: 'crews moving', measured: crews, atLeast: crewCount },
    { name: 'readings refused', measured: sent.refused, atMost: 0 },
  ],
})
process.exit(isMet ? 0 : 1)
