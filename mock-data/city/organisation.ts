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
    capabilities: ['E0110', 'E0111', 'E0112', 'E0114', 'E0131', 'E0135', 'E0137', 'E0192', 'E0507', 'P03'],
    count: 4,
  },
  {
    kind: 'road',
    prefix: 'ROAD',
    departmentId: 'roads',
    name: '道路抢修组',
    capabilities: ['E0113', 'E0303', 'E0505', 'P02', 'P01'],
    count: 4,
  },
  {
    kind: 'drainage',
    prefix: 'PUMP',
    departmentId: 'drainage',
    name: '排水抢险组',
    capabilities: ['E0503', 'E0506', 'E0125', 'E0126', 'E0130', 'P0102', 'P0103', 'P0104'],
    count: 4,
  },
  {
    kind: 'urban',
    prefix: 'CITY',
    departmentId: 'urban',
    name: '城管执法组',
    capabilities: ['E02', 'E03', 'E04', 'E01'],
    count: 3,
  },
  {
    kind: 'gas',
    prefix: 'GAS',
    departmentId: 'gas',
    name: '燃气抢修组',
    capabilities: ['E0502', 'P0111', 'P0149'],
    count: 3,
  },
  { kind: 'fire', prefix: 'FIRE', departmentId: 'fire', name: '消防救援组', capabilities: ['E05'], count: 3 },
  {
    kind: 'traffic',
    prefix: 'TRAF',
    departmentId: 'traffic',
    name: '交通疏导组',
    capabilities: ['E06', 'E0505'],
    count: 3,
  },
  {
    kind: 'water',
    prefix: 'WATR',
    departmentId: 'water',
    name: '供水抢修组',
    capabilities: ['E0501', 'P0101', 'P0125'],
    count: 2,
  },
  {
    kind: 'parks',
    prefix: 'PARK',
    departmentId: 'parks',
    name: '园林养护组',
    capabilities: ['E0117', 'E0121', 'E0122', 'P04'],
    count: 1,
  },
  {
    kind: 'lighting',
    prefix: 'LAMP',
    departmentId: 'lighting',
    name: '路灯维修组',
    capabilities: ['P0137', 'P0138', 'P0139'],
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
})
