/** 算法台账's fixed part, an entry for each algorithm that runs here. Whoever changes what one answers raises its version and tests it again. */
import { deviationAlgorithm } from '../anomaly/algorithm-description.ts'
import type { AlgorithmDescription } from '../../../../shared/model/algorithm.ts'

const owner = { zh: '城运中心（算法责任人由值班长指定）', en: 'Operations centre (the chief names who answers for it)' }

export const duplicatesAlgorithm: AlgorithmDescription = {
  id: 'duplicates',
  name: { zh: '重复件识别', en: 'Duplicate reports' },
  version: '1.0',
  owner,
  purpose: {
    zh: '立案前提示可能反映同一事件的在办案件，由人决定并案、关联或判为非重复',
    en: 'Before filing, shows open cases that may be the same happening; a person merges, links or tells apart',
  },
  inputs: {
    zh: '案件类别、坐标、时间、文字、地址、来电号码、上报账号；不读取姓名与照片',
    en: 'Class, position, time, words, address, caller’s number, account; not names, not pictures',
  },
  method: {
    zh: '距离、时间、类别族、文字、地名、来源各加权为对数几率后相加，逐项给出理由',
    en: 'Log-odds of distance, time, class family, words, place names and source added up, each with its reason',
  },
  thresholds: [
    { name: { zh: '提示下限', en: 'Shown from' }, value: 0.3, unit: '' },
    { name: { zh: '建议并案', en: 'Merge advised from' }, value: 0.65, unit: '' },
    { name: { zh: '最远距离', en: 'Farthest' }, value: 300, unit: 'm' },
    { name: { zh: '最长间隔', en: 'Longest apart' }, value: 72, unit: 'h' },
  ],
  test: {
    testedOn: '2026-11-27',
    set: { zh: '模拟城市报告，种子 21–23，各 4 天', en: 'Simulated reports, seeds 21 to 23, 4 days each' },
    result: {
      zh: '准确率 0.97，召回率 0.87（默认规则 0.96、0.82）',
      en: 'Precision 0.97, recall 0.87 (default rule 0.96, 0.82)',
    },
  },
  scope: {
    zh: '全部在办案件；自动并案须经批准的规则，默认关闭',
    en: 'All open cases; by itself only under an approved rule, off by default',
  },
}

export const suggestionsAlgorithm: AlgorithmDescription = {
  id: 'suggestions',
  name: { zh: '受理建议', en: 'Filing suggestions' },
  version: '1.0',
  owner,
  purpose: {
    zh: '从诉求文字提示类别、等级、主办部门与地点，附依据，由受理员采纳或更改',
    en: 'From the words of a report suggests class, priority, department and place, with evidence; an officer takes or changes it',
  },
  inputs: {
    zh: '诉求文字与地址、类别表、城市地名、近期已立案件',
    en: 'Words and address of the report, the class table, the city’s names, cases filed lately',
  },
  method: {
    zh: '类别词表匹配并参照相似已立案件；地点按地名、路口与相近门牌推定',
    en: 'Words of each class and like filed cases; places by names, crossings and near house numbers',
  },
  thresholds: [
    { name: { zh: '参与重复件比对的类别把握', en: 'Class sure enough for duplicates' }, value: 0.6, unit: '' },
    { name: { zh: '相似案件下限', en: 'Like case from' }, value: 0.12, unit: '' },
  ],
  test: {
    testedOn: '2026-11-27',
    set: { zh: '模拟诉求文字，种子 31、32，各 4 天', en: 'Simulated letters, seeds 31 and 32, 4 days each' },
    result: {
      zh: '类别首选正确 0.95，前三含正确 0.99；地点 300 米内 0.84',
      en: 'Class: first right 0.95, among three 0.99; place within 300 m 0.84',
    },
  },
  scope: {
    zh: '受理、立案、改分类与定位时提示，不自动应用',
    en: 'Shown when accepting, filing, reclassifying and locating; never applied by itself',
  },
}

export const flagsAlgorithm: AlgorithmDescription = {
  id: 'flags',
  name: { zh: '紧急类与扬言提示', en: 'Urgent and threat marks' },
  version: '1.0',
  owner,
  purpose: {
    zh: '从诉求文字提示应否标记紧急类、扬言，附所据词句，由受理员标记或不标记',
    en: 'From the words of a report suggests marking it urgent or a threat, with the words it rests on; an officer marks it or does not',
  },
  inputs: { zh: '诉求标题与内容；不读取来电人信息', en: 'Title and words of the report; nothing about the caller' },
  method: {
    zh: '词表规则，同句共现；否定、已过去、仅担忧的不计；扬言同时提示紧急类',
    en: 'A list of rules over words that stand together; denied, over or only feared does not count; a threat is urgent too',
  },
  thresholds: [{ name: { zh: '提示下限', en: 'Shown from' }, value: 0.3, unit: '' }],
  test: {
    testedOn: '2026-11-27',
    set: {
      zh: '模拟诉求文字 1314 件，种子 41，3 天；不含扬言',
      en: '1,314 simulated letters, seed 41, 3 days; none is a threat',
    },
    result: {
      zh: '误提示扬言 0 件；提示紧急类 86 件，85 件属火情、燃气、困人、井盖、断线、停电，1 件为消火栓',
      en: 'Marked none a threat; 86 urgent: 85 of fire, gas, people in danger, covers, wires or power cuts, 1 of a hydrant',
    },
  },
  scope: { zh: '受理、立案前提示，从不自动标记', en: 'Shown before filing; never marks by itself' },
}

export const recommendationAlgorithm: AlgorithmDescription = {
  id: 'recommendation',
  name: { zh: '处置力量推荐', en: 'Crew recommendation' },
  version: '1.0',
  owner,
  purpose: {
    zh: '派遣时按能力与到场时间提示处置力量',
    en: 'Proposes crews by capability and travel time when a case is dispatched',
  },
  inputs: {
    zh: '案件类别与坐标、力量状态与位置、道路行程时间',
    en: 'Class and position, status and place of crews, travel time by road',
  },
  method: {
    zh: '先按能力与状态筛选，再按行程时间排序，逐项说明',
    en: 'Filtered by capability and status, ordered by travel time, each with its reasons',
  },
  thresholds: [],
  test: null,
  scope: { zh: '全部待派遣案件，由人派遣', en: 'All cases to dispatch; a person dispatches' },
}

export const algorithmDescriptions: readonly AlgorithmDescription[] = [
  duplicatesAlgorithm,
  suggestionsAlgorithm,
  flagsAlgorithm,
  recommendationAlgorithm,
  deviationAlgorithm,
]
