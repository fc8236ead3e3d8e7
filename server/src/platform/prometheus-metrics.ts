/**
 * Metrics as Prometheus reads them. Guarantees that labels cannot grow without bound: past `maxSeries` label sets of one
 * metric, new ones are counted together as `other`. Each reading asks the gauges registered with `onScrape` first.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../ports/metrics.ts'

const maxSeries = 200
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
type Labels = Readonly<Record<string, string>>

export interface PrometheusMetrics extends Metrics {
  /** All metrics as text, after asking every `onScrape`. */
  text(): Promise<string>
  readonly contentType: string
  /** Called before each reading, to set gauges that are only worth computing then. */
  onScrape(ask: () => void | Promise<void>): void
}

export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  const series = new Map<string, Set<string>>()
  const scrapes: (() => void | Promise<void>)[] = []

  const bounded = (name: string, labels: Labels): Labels => {
    const known = series.get(name) ?? new Set()
    series.set(name, known)
    const key = JSON.stringify(labels)
    if (known.has(key)) return labels
    if (known.size >= maxSeries) return Object.fromEntries(Object.keys(labels).map((label) => [label, 'other']))
    known.add(key)
    return labels
  }
  const options = (name: string, labels: Labels) => ({
    name,
    help: name.replace(/^tongguan_/, '').replaceAll('_', ' '),
    labelNames: Object.keys(labels),
    registers: [registry],
  })

  return {
    count(name, labels = {}, by = 1) {
      const counter = counters.get(name) ?? new Counter(options(name, labels))
      counters.set(name, counter)
      counter.inc(bounded(name, labels), by)
    },
    gauge(name, value, labels = {}) {
      const gauge = gauges.get(name) ?? new Gauge(options(name, labels))
      gauges.set(name, gauge)
      gauge.set(bounded(name, labels), value)
    },
    observe(name, seconds, labels = {}) {
      const histogram = histograms.get(name) ?? new Histogram({ ...options(name, labels), buckets: secondsBuckets })
      histograms.set(name, histogram)
      histogram.observe(bounded(name, labels), seconds)
    },
    onScrape: (ask) => void scrapes.push(ask),
    async text() {
      for (const ask of scrapes) await ask()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
