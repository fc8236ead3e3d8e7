/**
 * What arrives at the hotline: a text about one trouble, in the voice of whoever writes it. Seeded; wide enough that no two in a
 * thousand are alike. Guarantees: names the place as given; no real person, no number anybody has; weather only when it rains.
 */
import type { Random } from '../../city/random.ts'
import { speak } from './phrase.ts'
import { sinceWords } from './times.ts'
import type { Complaint } from './complaint.ts'

export type Voice = 'resident' | 'caller' | 'patrol' | 'foreigner'

export interface Occasion {
  /** The place as this person says it. */
  readonly place: string
  readonly voice: Voice
  /** Hour of the city's day when it is said, 0 ≤ hour < 24. */
  readonly hour: number
  readonly isRaining: boolean
  /** It began within the hour. */
  readonly isFresh: boolean
  /** Has told it before and nothing came of it. */
  readonly isRepeat: boolean
}

const openings = [
  '{您好|你好|喂你好|工作人员好|客服你好}，',
  '{我想反映|反映一下|跟你们反映|我要反映}{个事|一个情况|一下}：',
  '{麻烦问一下|请问一下|打扰了}，',
  '{早上好|上午好|您辛苦了|师傅您好|同志你好}，',
  '',
  '',
  '',
]
const who = [
  '我{是|就是}{这附近的|旁边小区的|住这边的|这条路上的}{居民|住户|业主|租客}，',
  '我{在附近|在旁边|就在这边}{上班|开店|送外卖|开出租|接孩子}，',
  '{路过|骑车经过|散步走到|送孩子上学经过|坐公交路过}，{看到|发现|碰到}',
  '{家里老人|我爱人|我孩子|邻居}{说|告诉我|刚回来说}，',
  '',
  '',
  '',
]
const feelings = [
  '{真的|实在是|确实}{受不了|太影响生活|很闹心|有点气人|让人担心}',
  '{大家|邻居们|楼上楼下|我们几户}{都|全都}{有意见|很着急|看不下去|在抱怨}',
  '{天天从这过|每天要走这里|就在家门口}，{心里不踏实|提心吊胆|太不方便}',
  '{不是小事|出了事就晚了|别等出事才管}',
  '',
  '',
]
const requests = [
  '{请|麻烦|希望|盼}{尽快|早点|抓紧|马上|今天之内}{处理|解决|派人看看|安排人来|整改}{一下|，谢谢|。谢谢你们|！|，急|}',
  '{能不能|可不可以|是不是能}{派人来看看|联系一下相关部门|给个说法|当天处理|管一管}？',
  '{处理完|有结果|弄好了}{请|麻烦}{回个电话|告诉我一声|短信通知}{。|，谢谢}',
  '{拜托了|辛苦你们|谢谢|多谢|等你们回复|先谢过}{！|。}',
  '',
  '',
]
const repeats = [
  '{之前|上次|前几天|上周}{打过电话|报过|反映过}{没人来|没下文|说会处理|来看了一眼就走了}，{现在还这样|到今天还没好|只好再打}。',
  '这是{第二次|第三次|又一次}{打来|反映|投诉}了，{工单|上次}{说办结了|显示已处理}，{根本没弄|现场没变|又坏了}。',
]
const englishOpenings = ['Hello, ', 'Hi, ', 'Good day. ', 'Excuse me, ', '', '']
const englishWhere = ['near', 'close to', 'right by', 'in front of', 'around']
const englishEnds = [
  '{Please|Could you please} {send someone|have a look|fix it} {soon|today|as soon as possible}{.|, thanks.|!}',
  '{It has been like this|This is going on} {since this week|for a while|for two days}{.|, please help.|. Thank you!}',
  "{I live|My office is} {nearby|across the street} {and it is dangerous|and nobody comes|so I see it every day}. {Thanks.|Please help.|I don't know whom to call.}",
]

/** Slips of the thumb, as they are made. */
const slips: readonly (readonly [from: string, to: string])[] = [
  ['已经', '己经'],
  ['垃圾', '拉圾'],
  ['麻烦', '麻凡'],
  ['这边', '这变'],
  ['在', '再'],
  ['没人', '没认'],
  ['反映', '反应'],
  ['旁边', '傍边'],
  ['的时候', '得时候'],
  ['，', ' '],
  ['。', '。。'],
]
const slipChance = 0.06

function slipped(text: string, random: Random): string {
  if (!random.chance(slipChance)) return text
  const possible = slips.filter(([from]) => text.includes(from))
  if (possible.length === 0) return text
  const [from, to] = random.pick(possible)
  return text.replace(from, to)
}

const ended = (text: string) => (/[。！？.!…]$/.test(text) ? text : `${text.replace(/[，；：\s]+$/, '')}。`)
const near = ['', '', '', '附近', '这边', '旁边', '这里', '这块']

function detailsOf(complaint: Complaint, { hour, isRaining }: Occasion, count: number, random: Random): string[] {
  const isDark = hour >= 19 || hour < 5
  const pool = [
    ...random
      .shuffled([...(isRaining ? (complaint.rain ?? []) : []), ...(isDark ? (complaint.dark ?? []) : [])])
      .slice(0, 1),
    ...random.shuffled(complaint.detail),
  ]
  return pool.slice(0, count).map((pattern) => speak(pattern, random))
}

function resident(complaint: Complaint, occasion: Occasion, random: Random): string {
  const what = `${occasion.place}${random.pick(near)}${speak(random.pick(complaint.what), random)}`
  const details = detailsOf(complaint, occasion, random.pick([0, 1, 1, 1, 2, 2]), random)
  const since = random.chance(0.45) ? [sinceWords(occasion.hour, occasion.isFresh, random)] : []
  const body = random.chance(0.25) ? [...since, what, ...details] : [what, ...random.shuffled([...details, ...since])]
  return [
    speak(random.pick(openings), random),
    speak(random.pick(who), random),
    ended(body.join(random.chance(0.8) ? '，' : '。')),
    ...[feelings, occasion.isRepeat ? repeats : [''], requests]
      .map((patterns) => speak(random.pick(patterns), random))
      .filter((text) => text !== '')
      .map(ended),
  ].join('')
}

/** What the operator wrote down while somebody spoke. */
function caller(complaint: Complaint, occasion: Occasion, random: Random): string {
  const head = speak(
    '{市民|来电人|诉求人}{来电反映|反映|来电称}{：|，}{其居住在附近，|其为周边商户，|其路过时看到，||}',
    random,
  )
  const what = `${occasion.place}${random.pick(near)}${speak(random.pick(complaint.what), random)}`
  const details = [
    ...detailsOf(complaint, occasion, random.whole(1, 2), random),
    sinceWords(occasion.hour, occasion.isFresh, random),
  ]
  const tail = speak(
    '{要求|诉求|希望|请}{相关部门|有关单位|属地|职能部门}{尽快|核实后|及时}{处理|核实处理|到场处置|给予答复}{，并回复|，保密|，需回访|，勿回复|}。',
    random,
  )
  const told = occasion.isRepeat
    ? speak('{曾|此前}{来电反映|投诉}{，未解决|，回复已办结但现场无变化|两次未果}。', random)
    : ''
  return `${head}${ended([what, ...random.shuffled(details)].join('，'))}${told}${tail}`
}

function patrol(complaint: Complaint, occasion: Occasion, random: Random): string {
  const [detail = ''] = detailsOf(complaint, occasion, 1, random)
  const head = speak('{网格员|网格巡查|责任网格日常巡查|采集员}{巡查|例行巡查|走访|复查}{发现|时发现|上报}：', random)
  const tail = speak(
    '{已拍照|现场照片两张|已拍远近景|已设临时警示|已联系物业}{，|；}{请派单处置|请核实立案|无法自行处置|请责任单位处理|需专业队伍到场}。',
    random,
  )
  return `${head}${ended(`${occasion.place}${speak(random.pick(complaint.what), random)}，${detail}`)}${tail}`
}

function foreigner(complaint: Complaint, { place }: Occasion, random: Random): string {
  const what = speak(
    `${random.pick(['there is', 'I want to report', 'I see', 'we have'])} ${random.pick(complaint.en)}`,
    random,
  )
  const opening = random.pick(englishOpenings)
  const first = /[,]\s$/.test(opening) ? what : what.charAt(0).toUpperCase() + what.slice(1)
  const ends = random.shuffled(englishEnds).slice(0, random.whole(1, 2))
  return `${opening}${first} ${random.pick(englishWhere)} ${place}. ${ends.map((end) => speak(end, random)).join(' ')}`
}

const voices = { resident, caller, patrol, foreigner }

export function writeLetter(complaint: Complaint, occasion: Occasion, random: Random): string {
  const text = voices[occasion.voice](complaint, occasion, random)
  return occasion.voice === 'resident' ? slipped(text, random) : text
}

const idle = [
  '{喂|你好}{，|？}{听得到吗|能听见吗}{？|，没声音啊}{打错了|按错了|不好意思打错了}。',
  '{想咨询一下|请问|咨询}：{社保卡|居住证|公积金|老年卡|医保}{怎么办理|去哪里补办|要带什么材料|周末能办吗}？',
  '{测试|试一下|test}{这个功能|能不能提交|软件}{，请忽略|，不用处理}。',
  '{没事了|已经好了|刚才那个}，{不用来了|撤销吧|取消吧|点错了}{，谢谢|。不好意思}。',
]
/** Calls that are no case: wrong numbers, questions, tests. */
export const writeIdleTalk = (random: Random): string => speak(random.pick(idle), random)
