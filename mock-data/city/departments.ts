/** Who answers for what in a city: departments, and the case classes each leads where the class table names nobody. */
import type { TableRow } from '../../shared/contract/city-pack.ts'

type Row = readonly [id: string, name: string, nameEn: string, classes: string]

const rows: readonly Row[] = [
  ['drainage', '排水管理处', 'Drainage', 'P0102 P0104 P05 E0503 E0506 E0512 E0126'],
  ['roads', '市政道路养护中心', 'Road maintenance', 'P01 P02 E0113 E0505'],
  ['gas', '燃气集团', 'Gas', 'P0111 E0502'],
  ['sanitation', '环境卫生中心', 'Sanitation', 'P03 E0110 E0111 E0112 E0135 E0137 E0192 E0507'],
  ['fire', '消防救援支队', 'Fire and rescue', 'E0587 E0599 E0496 E05'],
  ['traffic', '交警支队', 'Traffic police', 'P0217 P0289 E0689'],
  ['water', '供水集团', 'Water supply', 'P0101 P0124 E0501'],
  ['parks', '园林绿化中心', 'Parks', 'P04'],
  ['urban', '城市管理执法大队', 'Urban management', 'E01 E02 E03 E04 E06'],
  ['environment', '生态环境局', 'Environment', 'E0120 E0304 E0686'],
  ['market', '市场监督管理局', 'Market supervision', 'P0596'],
  ['civil', '民政局', 'Civil affairs', 'E0597'],
  ['power', '供电公司', 'Power supply', 'P0128 E0508 E0598'],
  ['lighting', '城市照明中心', 'Street lighting', 'P0137'],
  ['police', '公安局', 'Public security', 'P0150 E0488'],
  ['health', '卫生健康委员会', 'Health', ''],
]

export const departments: readonly TableRow<'departments.json'>[] = rows.map(([id, name, nameEn, classes]) => ({
  id,
  name,
  nameEn,
  classes: classes.split(' ').filter(Boolean),
}))
