/** Names of districts and their streets: 街道 in town, 镇 in the fields. */
import type { CitySize } from './plan.ts'
import type { Point } from './plane.ts'

export interface NamedDistrict {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly at: Point
  readonly streets: readonly { readonly name: string; readonly nameEn: string }[]
}

type Row = readonly [id: string, name: string, nameEn: string, at: Point, streets: string]

const full: readonly Row[] = [
  ['329011', '鹭屿区', 'Luyu District', [0, 1900],
    '听潮Tingchao 汀兰Tinglan 望舒Wangshu 鼓楼Gulou 文庙Wenmiao 城隍里Chenghuangli 石狮巷Shishixiang 护城Hucheng 观澜Guanlan 棠溪Tangxi'],
  ['329012', '棠岸区', "Tang'an District", [1200, -2900],
    '青棠Qingtang 雁浦Yanpu 扶光Fuguang 澄怀Chenghuai 江心Jiangxin 南渡Nandu 锦帆Jinfan 晴川Qingchuan 柳堤Liudi'],
  ['329013', '云岫区', 'Yunxiu District', [-5600, 5200],
    '照溪Zhaoxi 松吟Songyin 栖云Qiyun 镜湖Jinghu 竹坞Zhuwu 云门Yunmen 松涛镇Songtao 石梁镇Shiliang'],
  ['329014', '星渚区', 'Xingzhu District', [6200, 4300],
    '星河Xinghe 云浦Yunpu 望海Wanghai 白鹭Bailu 金沙滩Jinshatan 灯塔Dengta 潮音镇Chaoyin'],
  ['329015', '临港区', 'Lingang District', [6300, -5600],
    '东港Donggang 海关路Haiguanlu 月湖Yuehu 蓝湾Lanwan 锚地Maodi 启航Qihang 盐田镇Yantian'],
  ['329016', '学苑区', 'Xueyuan District', [-6300, -4300],
    '学府Xuefu 杏坛Xingtan 南塘Nantang 书院Shuyuan 芦荻Ludi 鹿鸣镇Luming 荷塘镇Hetang'],
] // prettier-ignore
const small: readonly Row[] = [
  ['329011', '鹭屿区', 'Luyu District', [-1400, 1500], '听潮Tingchao 汀兰Tinglan 望舒Wangshu'],
  ['329012', '棠岸区', "Tang'an District", [300, -1900], '青棠Qingtang 雁浦Yanpu 扶光Fuguang'],
  ['329013', '云岫区', 'Yunxiu District', [2300, 1700], '照溪Zhaoxi 松吟Songyin 栖云Qiyun'],
]

const streetOf = (word: string) => {
  const [, zh = '', en = ''] = /^([^A-Z]+)([A-Z].*)$/.exec(word) ?? []
  return zh.endsWith('镇') ? { name: zh, nameEn: `${en} Town` } : { name: `${zh}街道`, nameEn: `${en} Subdistrict` }
}

export const districtsOf = (size: CitySize): NamedDistrict[] =>
  (size === 'full' ? full : small).map(([id, name, nameEn, at, streets]) => ({
    id,
    name,
    nameEn,
    at,
    streets: streets.split(' ').map(streetOf),
  }))
