/** Working hours, and the holidays and worked weekends of 2026 as published. */
import type { WorkingCalendar } from '../../shared/model/working-calendar.ts'

type Span = readonly [name: string, from: string, days: number, worked: readonly string[]]

const spans: readonly Span[] = [
  ['元旦', '2026-01-01', 3, ['2026-01-04']],
  ['春节', '2026-02-15', 9, ['2026-02-14', '2026-02-28']],
  ['清明节', '2026-04-04', 3, []],
  ['劳动节', '2026-05-01', 5, ['2026-05-09']],
  ['端午节', '2026-06-19', 3, []],
  ['中秋节', '2026-09-25', 3, []],
  ['国庆节', '2026-10-01', 7, ['2026-09-20', '2026-10-10']],
]

const dayAfter = (date: string, days: number) =>
  `${date.slice(0, 8)}${String(Number(date.slice(8)) + days).padStart(2, '0')}`

export const calendar: WorkingCalendar = {
  hours: [
    { from: '08:00', to: '12:00' },
    { from: '14:00', to: '18:00' },
  ],
  weekend: [6, 7],
  days: spans
    .flatMap(([name, from, days, worked]) => [
      ...Array.from({ length: days }, (_, n) => ({ date: dayAfter(from, n), kind: 'holiday' as const, name })),
      ...worked.map((date) => ({ date, kind: 'workday' as const, name: `${name}调休` })),
    ])
    .sort((a, b) => (a.date < b.date ? -1 : 1)),
}
