/**
 * A warning in the words of CAP 1.2, as a weather office or a utility would send it: in Chinese, with its area as a ring, and
 * each higher level an update of the one before it.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import { offsetMs } from '../life/city-time.ts'
import type { WarningLevel, WarningScript } from './script.ts'

const levels: Readonly<
  Record<WarningLevel, readonly [name: string, severity: string, urgency: string, certainty: string]>
> = {
  blue: ['蓝色', 'Minor', 'Future', 'Possible'],
  yellow: ['黄色', 'Moderate', 'Expected', 'Likely'],
  orange: ['橙色', 'Severe', 'Expected', 'Likely'],
  red: ['红色', 'Extreme', 'Immediate', 'Observed'],
}

interface Words {
  readonly event: string
  readonly category: string
  readonly sender: string
  readonly office: string
  readonly what: Readonly<Record<WarningLevel, string>>
  readonly advice: string
}
const words: Readonly<Record<WarningScript['kind'], Words>> = {
  rainstorm: {
    event: '暴雨',
    category: 'Met',
    sender: 'weather',
    office: '气象台',
    what: {
      blue: '预计未来十二小时内降雨量将达五十毫米以上。',
      yellow: '预计未来六小时内降雨量将达五十毫米以上，低洼路段可能积水。',
      orange: '预计未来三小时内降雨量将达五十毫米以上，部分地区已出现短时强降雨，下穿通道积水风险高。',
      red: '预计未来三小时内降雨量将达一百毫米以上，局地内涝严重。',
    },
    advice: '请远离低洼地带，车辆不要涉水通过下穿通道。',
  },
  typhoon: {
    event: '台风',
    category: 'Met',
    sender: 'weather',
    office: '气象台',
    what: {
      blue: '未来二十四小时内可能受热带气旋影响，平均风力六级以上。',
      yellow: '未来二十四小时内可能受热带气旋影响，平均风力八级以上。',
      orange: '未来十二小时内可能受热带气旋影响，平均风力十级以上。',
      red: '未来六小时内可能受热带气旋影响，平均风力十二级以上。',
    },
    advice: '请加固门窗、围板和广告牌，减少外出，不要在树下停留。',
  },
  lightning: {
    event: '雷电',
    category: 'Met',
    sender: 'weather',
    office: '气象台',
    what: {
      blue: '未来六小时内可能发生雷电活动。',
      yellow: '未来六小时内可能发生雷电活动，可能造成雷电灾害。',
      orange: '两小时内发生雷电活动的可能性很大。',
      red: '两小时内发生雷电活动的可能性非常大。',
    },
    advice: '请留在室内，远离金属门窗。',
  },
  gas: {
    event: '燃气泄漏',
    category: 'Safety',
    sender: 'gas',
    office: '燃气集团调度中心',
    what: {
      blue: '监测到可燃气体浓度异常。',
      yellow: '监测到可燃气体浓度持续上升。',
      orange: '可燃气体浓度超过警戒值，现场正在警戒。',
      red: '可燃气体浓度接近爆炸下限，周边人员正在疏散。',
    },
    advice: '请勿使用明火和电器开关，听从现场人员指挥撤离。',
  },
  crowd: {
    event: '大客流',
    category: 'Safety',
    sender: 'event',
    office: '大型活动指挥部',
    what: {
      blue: '活动客流开始聚集。',
      yellow: '场馆周边客流密度较高，部分道路实行交通管制。',
      orange: '场馆周边客流密度接近上限，地铁出入口限流。',
      red: '场馆周边客流密度超过上限，暂停入场。',
    },
    advice: '请服从引导，错峰离场，不要逆行。',
  },
  power: {
    event: '停电',
    category: 'Infra',
    sender: 'power',
    office: '供电公司调度中心',
    what: {
      blue: '部分线路负荷偏高。',
      yellow: '片区供电中断，正在查找故障点。',
      orange: '片区供电中断，泵站与信号灯受影响，预计两小时内恢复。',
      red: '大面积供电中断。',
    },
    advice: '请关闭大功率电器，路口减速慢行，被困电梯请按报警按钮。',
  },
}

const escaped = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** As CAP wants it: local time with its offset, whole seconds. */
export function capTime(at: number, timeZone: string): string {
  const offset = offsetMs(timeZone, at)
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const sign = offset >= 0 && minutes > 0 ? '+' : '-'
  return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export interface WarningTextOptions {
  readonly scenario: string
  /** From 1, within the scenario. */
  readonly number: number
  readonly warning: Pick<WarningScript, 'kind' | 'level'>
  readonly cityName: string
  readonly timeZone: string
  readonly sentAt: number
  readonly expiresAt: number
  /** Open: the first corner is said again here. */
  readonly ring: readonly LonLat[]
  readonly isExercise: boolean
  /** `sender,identifier,sent` of the warning this one takes the place of. */
  readonly replaces: string | null
}

/** The document, and the reference by which the next one takes its place. */
export function warningText(options: WarningTextOptions): { readonly identifier: string; readonly xml: string } {
  const { scenario, number, warning, cityName, timeZone, sentAt, expiresAt, ring, isExercise, replaces } = options
  const { event, category, sender, office, what, advice } = words[warning.kind]
  const [levelName, severity, urgency, certainty] = levels[warning.level]
  const from = `${sender}@city.example`
  const identifier = `${isExercise ? 'drill' : 'city'}-${scenario}-${Math.round(sentAt / 1000)}-${number}`
  const sent = capTime(sentAt, timeZone)
  const corners = [...ring, ring[0] as LonLat].map(([lon, lat]) => `${lat.toFixed(5)},${lon.toFixed(5)}`).join(' ')
  const mark = isExercise ? '【演练】' : ''
  const lines: readonly (readonly [name: string, text: string])[] = [
    ['language', 'zh-CN'],
    ['category', category],
    ['event', event],
    ['responseType', warning.level === 'blue' ? 'Monitor' : 'Prepare'],
    ['urgency', urgency],
    ['severity', severity],
    ['certainty', certainty],
    ['effective', sent],
    ['onset', sent],
    ['expires', capTime(expiresAt, timeZone)],
    ['senderName', `${cityName}${office}`],
    ['headline', `${mark}${cityName}${office}发布${event}${levelName}预警`],
    ['description', `${mark}${what[warning.level]}`],
    ['instruction', advice],
  ]
  const tag = ([name, text]: readonly [string, string]) => `    <${name}>${escaped(text)}</${name}>`
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>${identifier}</identifier>
  <sender>${from}</sender>
  <sent>${sent}</sent>
  <status>${isExercise ? 'Exercise' : 'Actual'}</status>
  <msgType>${replaces === null ? 'Alert' : 'Update'}</msgType>
  <scope>Public</scope>${replaces === null ? '' : `\n  <references>${escaped(replaces)}</references>`}
  <info>
${lines.map(tag).join('\n')}
    <parameter>
      <valueName>预警级别</valueName>
      <value>${levelName}</value>
    </parameter>
    <area>
      <areaDesc>${escaped(cityName)}</areaDesc>
      <polygon>${corners}</polygon>
    </area>
  </info>
</alert>
`
  return { identifier: `${from},${identifier},${sent}`, xml }
}

/** The document that lifts the warning `replaces` names: what it warned of is over sooner than it said. */
export function cancelText(
  options: Pick<WarningTextOptions, 'scenario' | 'number' | 'cityName' | 'timeZone' | 'sentAt'> & {
    readonly kind: WarningScript['kind']
    readonly replaces: string
  },
): string {
  const { scenario, number, kind, cityName, timeZone, sentAt, replaces } = options
  const { event, sender, office } = words[kind]
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>city-${scenario}-${Math.round(sentAt / 1000)}-${number}</identifier>
  <sender>${sender}@city.example</sender>
  <sent>${capTime(sentAt, timeZone)}</sent>
  <status>Actual</status>
  <msgType>Cancel</msgType>
  <scope>Public</scope>
  <note>${escaped(`${cityName}${office}解除${event}预警`)}</note>
  <references>${escaped(replaces)}</references>
</alert>
`
}
