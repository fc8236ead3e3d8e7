/**
 * The days a city can rehearse. What each one does is the simulator's business; its name and its meaning are here, because
 * the desk that starts one and the log that keeps it must call it the same.
 */
import type { Term } from './term.ts'

export const scenarioCodes = [
  'ordinary-day',
  'morning-peak',
  'rainstorm',
  'typhoon',
  'gas-leak',
  'big-event',
  'power-cut',
  'call-surge',
] as const
export type ScenarioCode = (typeof scenarioCodes)[number]

export interface Scenario {
  readonly name: Term
  /** One line for whoever chooses: what will happen, and what it trains. */
  readonly description: Term
}

export const scenarios: Record<ScenarioCode, Scenario> = {
  'ordinary-day': {
    name: { zh: '平常日', en: 'Ordinary day' },
    description: {
      zh: '日常的井盖、积水、占道与噪声，练受理、派遣到结案的全流程',
      en: 'Everyday cases one after another: the whole way from report to closing',
    },
  },
  'morning-peak': {
    name: { zh: '早高峰', en: 'Morning peak' },
    description: {
      zh: '主干道拥堵与事故集中出现，练排序与就近派遣',
      en: 'Jams and accidents on the main roads: putting first things first, sending the nearest',
    },
  },
  rainstorm: {
    name: { zh: '暴雨内涝', en: 'Rainstorm flooding' },
    description: {
      zh: '预警升级，低洼处与下穿通道先后积水，练封控与抽排调度',
      en: 'Warnings rise, low ground and underpasses fill one by one: closing roads, sending pumps',
    },
  },
  typhoon: {
    name: { zh: '台风', en: 'Typhoon' },
    description: {
      zh: '大风、倒树、断电与降雨接连而来，练力量不足时的取舍',
      en: 'Wind, fallen trees, power cuts and rain together: choosing when crews are too few',
    },
  },
  'gas-leak': {
    name: { zh: '燃气泄漏', en: 'Gas leak' },
    description: {
      zh: '可燃气体浓度快速上升，市民同时报警，练特急处置与合并',
      en: 'Gas climbs fast while citizens call: a critical case handled once, not many times',
    },
  },
  'big-event': {
    name: { zh: '大型活动人流', en: 'Crowd at a big event' },
    description: {
      zh: '场馆周边客流密度逼近上限，练疏导与增派',
      en: 'Crowds near a venue approach the limit: guiding people, sending reinforcement',
    },
  },
  'power-cut': {
    name: { zh: '片区停电', en: 'District power cut' },
    description: {
      zh: '一个片区的设备成批离线，泵站与信号灯停摆，练辨别断联与险情',
      en: 'Devices of a district go silent at once: telling a lost link from a danger',
    },
  },
  'call-surge': {
    name: { zh: '12345 呼叫洪峰', en: '12345 call surge' },
    description: {
      zh: '热线短时涌入大量重复诉求，练快速受理与不予立案',
      en: 'The hotline floods with repeated reports: accepting fast, refusing what is not a case',
    },
  },
}

export const isScenarioCode = (text: string): text is ScenarioCode =>
  (scenarioCodes as readonly string[]).includes(text)

/** The scenario of this code or of this name, in either language; null for words that name none. */
export function scenarioNamed(text: string): ScenarioCode | null {
  const wanted = text.trim().toLowerCase()
  const isIt = (code: ScenarioCode) =>
    [code, scenarios[code].name.zh, scenarios[code].name.en].some((name) => name.toLowerCase() === wanted)
  return scenarioCodes.find(isIt) ?? null
}
