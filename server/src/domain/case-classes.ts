/**
 * Case classes a city starts from, 部件 (P) and 事件 (E), in this project's own words; a pack may bring its own list.
 * Numbers follow the customary order of groups; 78 and above are local additions. Limits run from filing to closing, in a table's short
 * words: `h` and `d` in working time, `急h` by night and on holidays too.
 */
import { soleCondition, type CaseClass } from '../../../shared/model/case-class.ts'
import { readLimit, type Limit } from '../../../shared/model/limit.ts'
import type { Priority } from '../../../shared/model/alarm.ts'
import type { Term } from '../../../shared/model/transition.ts'

const groups = {
  P01: { zh: '公用设施', en: 'Public utilities' },
  P02: { zh: '道路交通设施', en: 'Road facilities' },
  P03: { zh: '市容环境设施', en: 'Sanitation facilities' },
  P04: { zh: '园林绿化设施', en: 'Parks and trees' },
  P05: { zh: '其他部件', en: 'Other facilities' },
  E01: { zh: '市容环境', en: 'City appearance' },
  E02: { zh: '宣传广告', en: 'Posters and signs' },
  E03: { zh: '施工管理', en: 'Construction' },
  E04: { zh: '街面秩序', en: 'Street order' },
  E05: { zh: '突发事件', en: 'Emergencies' },
  E06: { zh: '其他事件', en: 'Other' },
} satisfies Record<string, Term>

type Row = readonly [code: string, zh: string, en: string, limit: string, priority: Priority, keywords: string]

const rows: readonly Row[] = [
  ['P0101', '供水井盖', 'Water manhole cover', '1d', 3, '井盖 缺失 破损 manhole water'],
  ['P0102', '污水井盖', 'Sewer manhole cover', '1d', 3, '井盖 污水 manhole sewer'],
  ['P0104', '雨水口', 'Storm drain grate', '1d', 3, '雨水箅子 堵塞 drain grate'],
  ['P0111', '燃气井盖', 'Gas manhole cover', '1d', 2, '井盖 燃气 manhole gas'],
  ['P0123', '井盖移位缺失', 'Manhole cover moved or missing', '2急h', 2, '井盖 移位 缺失 弹跳 manhole open'],
  ['P0124', '消防设施', 'Fire hydrant', '1d', 2, '消火栓 漏水 hydrant'],
  ['P0128', '电力设施', 'Power facility', '4d', 2, '电箱 变压器 漏电 power box'],
  ['P0137', '路灯', 'Street light', '2d', 4, '路灯 不亮 灯杆 streetlight lamp out'],
  ['P0150', '监控设施', 'Camera pole', '3d', 4, '摄像头 杆件 camera pole'],
  ['P0201', '停车设施', 'Parking facility', '3d', 4, '停车位 咪表 parking meter'],
  ['P0204', '公交站亭', 'Bus stop', '1d', 4, '公交 站牌 bus stop shelter'],
  ['P0209', '跨河桥', 'River bridge', '1自然日', 1, '桥 桥梁 裂缝 bridge'],
  ['P0212', '路名牌', 'Street name sign', '3d', 4, '路牌 sign'],
  ['P0217', '交通护栏', 'Guard rail', '1d', 3, '护栏 隔离 guardrail fence'],
  ['P0289', '交通信号灯', 'Traffic signal', '4急h', 2, '红绿灯 信号灯 traffic light signal'],
  ['P0284', '人行道', 'Sidewalk', '5d', 4, '人行道 破损 地砖 sidewalk curb'],
  ['P0301', '公共厕所', 'Public toilet', '1d', 4, '公厕 toilet'],
  ['P0305', '垃圾箱', 'Litter bin', '3d', 4, '垃圾桶 损坏 bin container'],
  ['P0402', '行道树', 'Street tree', '1d', 3, '树木 倒伏 断枝 tree branch'],
  ['P0408', '绿地护栏', 'Park fence', '5d', 4, '绿地 护栏 park fence'],
  ['P0508', '防汛墙', 'Flood wall', '4急h', 2, '防汛 堤防 渗漏 flood wall levee'],
  ['P0596', '电梯设施', 'Lift', '2d', 4, '电梯 停运 lift elevator'],
  ['P0597', '排水泵站', 'Drainage pump', '4急h', 2, '泵站 水泵 故障 pump'],
  ['E0101', '私搭乱建', 'Unauthorised building', '15d', 4, '违建 搭建 illegal building'],
  ['E0110', '暴露垃圾', 'Exposed litter', '4h', 4, '垃圾 生活垃圾 litter trash'],
  ['E0111', '积存渣土', 'Dumped rubble', '5d', 4, '渣土 建筑垃圾 dumping rubble'],
  ['E0112', '道路不洁', 'Dirty road', '2h', 4, '路面 污渍 street cleaning'],
  ['E0113', '道路破损', 'Damaged road', '5d', 3, '坑洞 裂缝 路面 pothole road'],
  ['E0120', '露天焚烧', 'Open burning', '2急h', 3, '焚烧 烟 burning'],
  ['E0126', '河道污染', 'River pollution', '2d', 3, '河道 污染 排污 river pollution'],
  ['E0135', '大件废弃物', 'Bulky waste', '2d', 4, '家具 家电 大件 bulky furniture appliance'],
  ['E0137', '动物尸体', 'Dead animal', '4h', 4, '动物 尸体 dead animal'],
  ['E0192', '垃圾满溢', 'Overflowing bin', '4h', 4, '垃圾 满溢 清运 overflowing bin'],
  ['E0201', '非法小广告', 'Illegal posters', '1d', 4, '小广告 涂鸦 poster graffiti'],
  ['E0301', '施工扰民', 'Construction noise', '2急h', 4, '施工 噪声 夜间 construction noise'],
  ['E0302', '施工占道', 'Construction blocking road', '1d', 3, '占道 施工 roadworks'],
  ['E0304', '工地扬尘', 'Construction dust', '2h', 4, '扬尘 工地 dust'],
  ['E0401', '无照经营', 'Unlicensed vending', '2急h', 4, '游商 摆摊 vending'],
  ['E0410', '非机动车乱停放', 'Badly parked bicycles', '2h', 4, '共享单车 乱停 bicycle scooter'],
  ['E0488', '人员密集', 'Crowd', '1急h', 2, '人群 拥挤 客流 crowd'],
  ['E0496', '占用消防通道', 'Blocked fire lane', '2h', 2, '消防通道 堵塞 fire lane'],
  ['E0501', '供水管道破裂', 'Water main break', '1急h', 1, '爆管 漏水 停水 water main leak'],
  ['E0502', '燃气泄漏', 'Gas leak', '1急h', 1, '燃气 煤气 泄漏 异味 gas leak'],
  ['E0503', '排水管道堵塞', 'Blocked sewer', '4h', 3, '排水 堵塞 冒溢 sewer overflow'],
  ['E0505', '路面塌陷', 'Road collapse', '2急h', 1, '塌陷 下沉 sinkhole collapse'],
  ['E0506', '道路积水', 'Flooded road', '2急h', 2, '积水 内涝 下立交 flooding water road'],
  ['E0507', '积雪积冰', 'Snow and ice', '4h', 3, '积雪 结冰 snow ice'],
  ['E0508', '架空线脱落', 'Fallen wires', '2急h', 2, '电线 线缆 脱落 wire down'],
  ['E0512', '河道超警', 'River above warning level', '4急h', 2, '水位 堤防 river level flood'],
  ['E0587', '火警', 'Fire alarm', '2急h', 1, '火灾 烟感 起火 fire smoke'],
  ['E0596', '高空坠物隐患', 'Falling objects', '2急h', 2, '坠物 广告牌 falling object'],
  ['E0597', '独居老人异常', 'Resident living alone in need', '1急h', 2, '独居 老人 无人应答 resident'],
  ['E0598', '片区停电', 'Power cut', '4急h', 1, '停电 跳闸 断电 power outage'],
  ['E0599', '电梯困人', 'Trapped in a lift', '1急h', 1, '电梯 困人 被困 trapped lift'],
  ['E0595', '其他突发事件', 'Other emergency', '2急h', 2, '突发 险情 emergency'],
  ['E0686', '大气污染', 'Air pollution', '4h', 4, '异味 废气 空气 air smell'],
  ['E0689', '交通拥堵', 'Traffic congestion', '2急h', 3, '拥堵 堵车 traffic jam'],
  ['E0699', '其他事件', 'Other', '3d', 4, '其他 投诉 other'],
]

/** Lead department by the longest matching code; a city that has no such department leaves the choice to an officer. */
const leads: Readonly<Record<string, string>> = {
  P01: 'roads',
  P0101: 'water',
  P0102: 'drainage',
  P0104: 'drainage',
  P0111: 'gas',
  P0124: 'water',
  P0128: 'power',
  P0137: 'lighting',
  P02: 'roads',
  P0289: 'traffic',
  P03: 'sanitation',
  P04: 'parks',
  P0508: 'drainage',
  P0596: 'market',
  P0597: 'drainage',
  E01: 'urban',
  E0110: 'sanitation',
  E0111: 'sanitation',
  E0112: 'sanitation',
  E0113: 'roads',
  E0120: 'environment',
  E0126: 'environment',
  E0135: 'sanitation',
  E0137: 'sanitation',
  E0192: 'sanitation',
  E02: 'urban',
  E03: 'urban',
  E0304: 'environment',
  E04: 'urban',
  E0496: 'fire',
  E0501: 'water',
  E0502: 'gas',
  E0503: 'drainage',
  E0505: 'roads',
  E0506: 'drainage',
  E0507: 'sanitation',
  E0512: 'drainage',
  E0587: 'fire',
  E0596: 'urban',
  E0597: 'civil',
  E0598: 'power',
  E0599: 'fire',
  E0595: 'fire',
  E0686: 'environment',
  E0689: 'traffic',
}

function leadOf(code: string): string | null {
  for (let length = code.length; length >= 3; length--) {
    const lead = leads[code.slice(0, length)]
    if (lead !== undefined) return lead
  }
  return null
}

function soundLimit(text: string): Limit {
  const limit = readLimit(text)
  if (limit === null) throw new RangeError(`${text} is no limit`)
  return limit
}

export const defaultCaseClasses: readonly CaseClass[] = rows.map(([code, zh, en, limit, priority, keywords]) => ({
  code,
  name: { zh, en },
  group: groups[code.slice(0, 3) as keyof typeof groups],
  priority,
  limit: soundLimit(limit),
  conditions: [soleCondition(soundLimit(limit))],
  standardId: 'tongguan',
  standardVersion: '2026.1',
  departmentId: leadOf(code),
  keywords: keywords.split(' '),
}))
