/** Who works for a city: departments and their crews. Used for the made city and, spread over its land, for imported ones. */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { Department } from '../../shared/model/division.ts'
import type { LonLat } from '../../shared/model/geo.ts'

export const departments: readonly Department[] = [
  { id: 'drainage', name: '排水管理处', nameEn: 'Drainage' },
  { id: 'roads', name: '市政道路养护中心', nameEn: 'Road maintenance' },
  { id: 'gas', name: '燃气集团', nameEn: 'Gas' },
  { id: 'sanitation', name: '环境卫生中心', nameEn: 'Sanitation' },
  { id: 'fire', name: '消防救援支队', nameEn: 'Fire and rescue' },
  { id: 'traffic', name: '交警支队', nameEn: 'Traffic police' },
  { id: 'water', name: '供水集团', nameEn: 'Water supply' },
  { id: 'parks', name: '园林绿化中心', nameEn: 'Parks' },
  { id: 'urban', name: '城市管理执法大队', nameEn: 'Urban management' },
  { id: 'environment', name: '生态环境局', nameEn: 'Environment' },
  { id: 'market', name: '市场监督管理局', nameEn: 'Market supervision' },
  { id: 'civil', name: '民政局', nameEn: 'Civil affairs' },
  { id: 'power', name: '供电公司', nameEn: 'Power supply' },
  { id: 'lighting', name: '城市照明中心', nameEn: 'Street lighting' },
]

export interface CrewKind {
  readonly kind: string
  readonly prefix: string
  readonly departmentId: string
  readonly name: string
  /** Leading characters of the case classes it handles. */
  readonly capabilities: readonly string[]
  /** How many the made city has. */
  readonly count: number
}

/** Kinds in the order an imported city gets them: the most wanted first. */
export const crewKinds: readonly CrewKind[] = [
  {
    kind: 'sanitation',
    prefix: 'SANI',
    departmentId: 'sanitation',
    name: '环卫保洁组',
    capabilities: ['E0110', 'E0111', 'E0112', 'E0114', 'E0131', 'E0135', 'E0137', 'E0192', 'E0507', 'E0699', 'P03'],
    count: 4,
  },
  {
    kind: 'road',
    prefix: 'ROAD',
    departmentId: 'roads',
    name: '道路抢修组',
    capabilities: ['E0113', 'E0302', 'E0505', 'P01', 'P02'],
    count: 4,
  },
  {
    kind: 'drainage',
    prefix: 'PUMP',
    departmentId: 'drainage',
    name: '排水抢险组',
    capabilities: ['E0503', 'E0506', 'E0125', 'E0126', 'E0130', 'E0512', 'P0102', 'P0104', 'P05'],
    count: 4,
  },
  {
    kind: 'urban',
    prefix: 'CITY',
    departmentId: 'urban',
    name: '城管执法组',
    capabilities: ['E01', 'E02', 'E03', 'E04', 'E0596', 'E0699'],
    count: 3,
  },
  {
    kind: 'gas',
    prefix: 'GAS',
    departmentId: 'gas',
    name: '燃气抢修组',
    capabilities: ['E0502', 'P0111'],
    count: 3,
  },
  {
    kind: 'fire',
    prefix: 'FIRE',
    departmentId: 'fire',
    name: '消防救援组',
    capabilities: ['E0587', 'E0502', 'E0508', 'E0595', 'E0596', 'E0488', 'E0496', 'P0124'],
    count: 3,
  },
  {
    kind: 'traffic',
    prefix: 'TRAF',
    departmentId: 'traffic',
    name: '交通疏导组',
    capabilities: ['E0689', 'E0410', 'E0488', 'P0217', 'P0289'],
    count: 3,
  },
  {
    kind: 'water',
    prefix: 'WATR',
    departmentId: 'water',
    name: '供水抢修组',
    capabilities: ['E0501', 'P0101', 'P0124'],
    count: 2,
  },
  {
    kind: 'parks',
    prefix: 'PARK',
    departmentId: 'parks',
    name: '园林养护组',
    capabilities: ['P04', 'E0120'],
    count: 1,
  },
  {
    kind: 'lighting',
    prefix: 'LAMP',
    departmentId: 'lighting',
    name: '路灯维修组',
    capabilities: ['P0137', 'P0128', 'P0150', 'E0508'],
    count: 1,
  },
]

const ordinals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const ordinal = (n: number) => ordinals[n] ?? String(n + 1)

/** The n-th crew (from 0) of a kind. */
export const crewRow = (kind: CrewKind, n: number, station: LonLat): CrewRow => ({
  unitId: `${kind.prefix}-${String(n + 1).padStart(2, '0')}`,
  name: `${kind.name.slice(0, -1)}${ordinal(n)}组`,
  kind: kind.kind,
  capabilities: kind.capabilities,
  departmentId: kind.departmentId,
  station,
  stationName: '',
  shift: 'round-the-clock',
})
