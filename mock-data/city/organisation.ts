/** A city's crews by kind: what each can do, how many the made city has. Spread over their land for imported cities too. */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'

export interface CrewKind {
  readonly kind: string
  readonly prefix: string
  readonly departmentId: string
  readonly name: string
  /** Leading characters of the case classes it handles. */
  readonly capabilities: readonly string[]
  /** How many the whole made city has. */
  readonly count: number
}

type Row = readonly [kind: string, prefix: string, departmentId: string, name: string, count: number, classes: string]

/** In the order an imported city gets them: the most wanted first. */
const rows: readonly Row[] = [
  [
    ...(['sanitation', 'SANI', 'sanitation', '环卫保洁组', 42] as const),
    'E0110 E0111 E0112 E0114 E0131 E0135 E0137 E0192 E0507 E0699 P03',
  ],
  [
    ...(['road', 'ROAD', 'roads', '道路抢修组', 30] as const),
    'E0113 E0302 E0505 P0101 P0102 P0103 P0104 P0105 P0106 P0107 P0108 P0109 P0110 P0111 P0112 P0113 P0114 P0118 P0123 P0124 ' +
      'P0126 P0127 P0131 P0181 P0186 P0188 P0190 P02',
  ],
  ['drainage', 'PUMP', 'drainage', '排水抢险组', 28, 'E0503 E0506 E0125 E0126 E0130 E0512 P0102 P0104 P05'],
  [
    'urban',
    'CITY',
    'urban',
    '城管执法组',
    38,
    'E01 E02 E03 E04 E0596 E0602 E0604 E0696 E0698 E0699 P014 P0151 P0152 P0179 P0180 P0197 P0199',
  ],
  ['gas', 'GAS', 'gas', '燃气抢修组', 16, 'E0502 P0111 P0149 P0157'],
  ['fire', 'FIRE', 'fire', '消防救援组', 24, 'E0587 E0599 E0502 E0508 E0595 E0596 E0488 E0496 P0124'],
  ['traffic', 'TRAF', 'traffic', '交通疏导组', 30, 'E0689 E0410 E0488 P0217 P0289'],
  ['water', 'WATR', 'water', '供水抢修组', 16, 'E0501 E0504 P0101 P0124 P0125 P0192 P0193'],
  ['parks', 'PARK', 'parks', '园林养护组', 12, 'P04 E0120'],
  ['lighting', 'LAMP', 'lighting', '路灯维修组', 10, 'P0137 P0138 P0139 P0178 P0128 P0150 E0508'],
  ['power', 'ELEC', 'power', '电力抢修组', 12, 'E0598 E0508 P0128 P0129 P0130 P0153 P0154'],
  ['environment', 'ENVI', 'environment', '环境监察组', 8, 'E0686 E0120 E0126 E0304'],
  ['lift', 'LIFT', 'market', '电梯救援组', 8, 'E0599 P0596'],
  ['community', 'COMM', 'civil', '社区关爱组', 12, 'E0597 E0699'],
  ['medical', 'MEDI', 'health', '医疗急救组', 14, 'E0597 E0595 E0488'],
]

export const crewKinds: readonly CrewKind[] = rows.map(([kind, prefix, departmentId, name, count, classes]) => ({
  kind,
  prefix,
  departmentId,
  name,
  count,
  capabilities: classes.split(' '),
}))

const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1 to 99 as a Chinese number: 十二, 三十. */
export const chineseNumber = (n: number): string => {
  const tens = Math.floor(n / 10)
  const ones = n % 10
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || n === 0 ? digits[ones] : ''}`
}

/** How the crews of a kind share the day: of six, three in turns round the clock, two by day, one by night. */
const shifts = ['round-the-clock', 'day', 'round-the-clock', 'night', 'round-the-clock', 'day'] as const
const alwaysAwake = new Set(['fire', 'medical', 'gas', 'power'])

/** The n-th crew (from 0) of a kind. */
export const crewRow = (kind: CrewKind, n: number, station: LonLat, stationName = ''): CrewRow => ({
  unitId: `${kind.prefix}-${String(n + 1).padStart(2, '0')}`,
  name: `${kind.name.slice(0, -1)}${chineseNumber(n + 1)}组`,
  kind: kind.kind,
  capabilities: kind.capabilities,
  departmentId: kind.departmentId,
  station,
  stationName,
  // A ladder and a tender of one station, with one crew for both.
  staffedBy: kind.kind === 'fire' && n >= 22 ? 'FIRE-CREW-23' : '',
  shift: alwaysAwake.has(kind.kind) ? 'round-the-clock' : (shifts[n % shifts.length] ?? 'day'),
})
