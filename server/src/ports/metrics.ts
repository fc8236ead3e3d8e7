/** Counters, gauges and histograms for `/metrics`. Names are `tongguan_…`; labels are few and bounded. */
export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void
  gauge(name: string, value: number, labels?: Readonly<Record<string, string>>): void
  observe(name: string, seconds: number, labels?: Readonly<Record<string, string>>): void
}
