/** The demo city's response plans: for its emergencies, what goes at first and with each reinforcement, what is to be done, who is told. */
import type { TableRow } from '../../shared/contract/city-pack.ts'
import type { Priority } from '../../shared/model/priority.ts'

type Plan = TableRow<'plans.json'>
type Counts = Plan['needs'][number]['counts']
type Need = readonly [kind: string, zh: string, en: string, counts: Counts]
type Item = readonly [zh: string, en: string]

interface Sketch {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly classes: readonly string[]
  readonly priorities?: readonly Priority[]
  readonly hours?: Plan['scope']['hours']
  readonly modes?: Plan['scope']['modes']
  readonly needs: readonly Need[]
  readonly checklist: readonly Item[]
  readonly told: readonly Item[]
}

const planOf = ({
  id,
  zh,
  en,
  classes,
  priorities = [],
  hours = null,
  modes = [],
  needs,
  checklist,
  told,
}: Sketch): Plan => ({
  id,
  version: 1,
  name: { zh, en },
  scope: { classes, priorities, districtIds: [], hours, modes },
  needs: needs.map(([kind, needZh, needEn, counts]) => ({
    id: kind,
    name: { zh: needZh, en: needEn },
    kinds: [kind],
    capability: null,
    counts,
  })),
  checklist: checklist.map(([itemZh, itemEn], n) => ({ id: `${n + 1}`, text: { zh: itemZh, en: itemEn } })),
  told: told.map(([whoZh, whoEn]) => ({ zh: whoZh, en: whoEn })),
})

const pumps = 'drainage'
const flooding = {
  classes: ['E0506', 'E0512'],
  checklist: [
    ['核实积水深度与范围', 'Check depth and extent of the water'],
    ['下立交水深达到封闭线时封闭并设围挡', 'Close the underpass at its closing line, with barriers'],
    ['确认泵站开机', 'See that the pumping station runs'],
    ['排查涉水电气与人员被困', 'Look for live wires and trapped people in the water'],
    ['发布绕行信息', 'Publish the detour'],
  ],
  told: [
    ['防汛指挥部', 'Flood-control headquarters'],
    ['交警支队', 'Traffic police'],
    ['属地街镇', 'The street office'],
  ],
} as const

export const responsePlans: readonly Plan[] = [
  planOf({
    id: 'flooding',
    zh: '道路积水处置预案',
    en: 'Flooded road',
    needs: [
      [pumps, '排水抢险', 'Pump crew', [1, 2, 4, 8]],
      ['traffic', '交通疏导', 'Traffic crew', [1, 1, 2, 3]],
    ],
    ...flooding,
  }),
  planOf({
    id: 'flooding-emergency',
    zh: '应急态道路积水处置预案',
    en: 'Flooded road in an emergency',
    modes: ['emergency'],
    needs: [
      [pumps, '排水抢险', 'Pump crew', [2, 4, 6, 10]],
      ['traffic', '交通疏导', 'Traffic crew', [1, 2, 3, 4]],
      ['fire', '消防救援', 'Fire crew', [0, 1, 2, 3]],
    ],
    ...flooding,
  }),
  planOf({
    id: 'fire',
    zh: '火警处置预案',
    en: 'Fire',
    classes: ['E0587'],
    needs: [
      ['fire', '消防救援', 'Fire crew', [2, 4, 6, 10]],
      ['medical', '医疗急救', 'Ambulance crew', [1, 1, 2, 4]],
      ['traffic', '交通疏导', 'Traffic crew', [0, 1, 2, 2]],
      ['power', '电力抢修', 'Power crew', [0, 1, 1, 2]],
    ],
    checklist: [
      ['核实起火部位与燃烧物', 'Find out where and what is burning'],
      ['确认人员疏散与被困情况', 'Find out who is out and who is trapped'],
      ['切断燃气与电源', 'Cut gas and power'],
      ['开辟救援通道与集结点', 'Open a way in and a staging point'],
      ['清点现场人员', 'Count the people at the scene'],
    ],
    told: [
      ['消防救援支队指挥中心', 'Fire and rescue control'],
      ['医疗急救中心（120）', 'Ambulance control (120)'],
      ['公安局（110）', 'Police control (110)'],
    ],
  }),
  planOf({
    id: 'gas-leak',
    zh: '燃气泄漏处置预案',
    en: 'Gas leak',
    classes: ['E0502', 'P0111'],
    needs: [
      ['gas', '燃气抢修', 'Gas crew', [1, 2, 3, 4]],
      ['fire', '消防救援', 'Fire crew', [1, 2, 4, 6]],
      ['traffic', '交通疏导', 'Traffic crew', [0, 1, 2, 3]],
      ['medical', '医疗急救', 'Ambulance crew', [0, 1, 2, 3]],
    ],
    checklist: [
      ['测定可燃气体浓度与下风向', 'Measure the gas and find where the wind carries it'],
      ['设警戒区，禁火禁电', 'Set a cordon, no fire and no switches'],
      ['疏散警戒区人员', 'Clear the cordon of people'],
      ['关闭上游阀门', 'Close the valve upstream'],
      ['复测合格后解除警戒', 'Measure again before lifting the cordon'],
    ],
    told: [
      ['燃气集团调度中心', 'Gas control'],
      ['消防救援支队指挥中心', 'Fire and rescue control'],
      ['属地街镇', 'The street office'],
    ],
  }),
  planOf({
    id: 'collapse',
    zh: '路面塌陷处置预案',
    en: 'Road collapse',
    classes: ['E0505'],
    needs: [
      ['road', '道路抢修', 'Road crew', [1, 2, 3, 4]],
      ['traffic', '交通疏导', 'Traffic crew', [1, 2, 2, 3]],
      ['water', '供水抢修', 'Water crew', [0, 1, 1, 2]],
      ['gas', '燃气抢修', 'Gas crew', [0, 1, 1, 2]],
    ],
    checklist: [
      ['围挡塌陷区并封闭车道', 'Fence the hole and close the lane'],
      ['排查地下管线', 'Check the pipes below'],
      ['探查空洞范围', 'Find how far the hollow goes'],
    ],
    told: [
      ['市政道路养护中心', 'Road maintenance'],
      ['各管线单位', 'Owners of the pipes'],
    ],
  }),
  planOf({
    id: 'water-main',
    zh: '供水爆管处置预案',
    en: 'Water main break',
    classes: ['E0501'],
    needs: [
      ['water', '供水抢修', 'Water crew', [1, 2, 3, 4]],
      ['traffic', '交通疏导', 'Traffic crew', [0, 1, 2, 2]],
    ],
    checklist: [
      ['关闭两端阀门', 'Close the valves at both ends'],
      ['告知停水范围与时间', 'Say where and how long the water is off'],
      ['安排应急供水车', 'Send water lorries'],
    ],
    told: [
      ['供水集团', 'Water supply'],
      ['12345热线', 'The 12345 hotline'],
    ],
  }),
  planOf({
    id: 'power-cut',
    zh: '片区停电处置预案',
    en: 'Power cut',
    classes: ['E0598', 'E0508'],
    needs: [
      ['power', '电力抢修', 'Power crew', [1, 2, 4, 6]],
      ['traffic', '交通疏导', 'Traffic crew', [0, 1, 2, 4]],
    ],
    checklist: [
      ['核实停电范围与重要用户', 'Find the extent and the users that matter most'],
      ['为医院、泵站调派发电车', 'Send generators to hospitals and pumping stations'],
      ['排查电梯困人', 'Look for people trapped in lifts'],
    ],
    told: [
      ['供电公司调度', 'Power control'],
      ['卫生健康委员会', 'Health'],
    ],
  }),
  planOf({
    id: 'lift',
    zh: '电梯困人处置预案',
    en: 'Trapped in a lift',
    classes: ['E0599'],
    needs: [
      ['lift', '电梯救援', 'Lift crew', [1, 1, 2, 2]],
      ['fire', '消防救援', 'Fire crew', [0, 1, 1, 2]],
      ['medical', '医疗急救', 'Ambulance crew', [0, 1, 1, 2]],
    ],
    checklist: [
      ['与被困人员通话并安抚', 'Speak with the people inside'],
      ['确认人数与身体状况', 'Ask how many and how they are'],
      ['切断主电源后施救', 'Cut the main power before the rescue'],
    ],
    told: [['市场监督管理局', 'Market supervision']],
  }),
  planOf({
    id: 'crowd',
    zh: '人员密集处置预案',
    en: 'Crowd',
    classes: ['E0488'],
    needs: [
      ['traffic', '交通疏导', 'Traffic crew', [1, 2, 4, 6]],
      ['medical', '医疗急救', 'Ambulance crew', [0, 1, 2, 4]],
      ['fire', '消防救援', 'Fire crew', [0, 1, 2, 3]],
    ],
    checklist: [
      ['核实瞬时人数与密度', 'Check the number and density'],
      ['限流、单向通行', 'Hold people back, one way only'],
      ['疏导至备用出口', 'Lead them to other exits'],
    ],
    told: [
      ['公安局（110）', 'Police control (110)'],
      ['场所管理单位', 'Whoever runs the place'],
    ],
  }),
  planOf({
    id: 'alone',
    zh: '独居老人异常处置预案',
    en: 'Resident living alone',
    classes: ['E0597'],
    needs: [
      ['community', '社区关爱', 'Community crew', [1, 1, 1, 1]],
      ['medical', '医疗急救', 'Ambulance crew', [0, 1, 1, 1]],
    ],
    checklist: [
      ['电话联系本人与紧急联系人', 'Call the resident and the emergency contact'],
      ['上门查看', 'Look in'],
    ],
    told: [['民政局', 'Civil affairs']],
  }),
  planOf({
    id: 'emergency-night',
    zh: '其他突发事件夜间处置预案',
    en: 'Other emergencies by night',
    classes: ['E05'],
    priorities: [1, 2],
    hours: { from: 20, to: 8 },
    needs: [['fire', '消防救援', 'Fire crew', [1, 2, 3, 4]]],
    checklist: [
      ['核实情况并报告带班领导', 'Check, and tell the leader on duty'],
      ['请责任部门值班人员到场', 'Call out the department’s night duty'],
    ],
    told: [['带班领导', 'Leader on duty']],
  }),
]
