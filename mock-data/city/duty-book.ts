/**
 * Who is on duty in the demo city: five teams that take turns by day and by night, twelve hours each, and two of them in
 * reserve. All names and numbers are made up; the numbers lie in a block that is given to nobody.
 */
import type { z } from 'zod'
import type { dutyBookSchema } from '../../shared/contract/duty-book.ts'
import type { DutyPost } from '../../shared/model/duty-roster.ts'

type Book = z.input<typeof dutyBookSchema>

/** 带班领导 by week-long turns of the office, one a team. */
const leaders = [
  '贺致远|He Zhiyuan',
  '乔文澜|Qiao Wenlan',
  '裴亦舟|Pei Yizhou',
  '黎清川|Li Qingchuan',
  '祝明蔚|Zhu Mingwei',
]
const chiefs = [
  '沈砚秋|Shen Yanqiu',
  '陆怀瑾|Lu Huaijin',
  '顾南星|Gu Nanxing',
  '江映雪|Jiang Yingxue',
  '韩书白|Han Shubai',
]
const seats: readonly (readonly [DutyPost, readonly string[]])[] = [
  ['accept', ['林晓棠|Lin Xiaotang', '周语安|Zhou Yuan', '吴若溪|Wu Ruoxi', '郑可心|Zheng Kexin', '王梓涵|Wang Zihan']],
  ['accept', ['杨一诺|Yang Yinuo', '孙佳禾|Sun Jiahe', '马思齐|Ma Siqi', '朱静姝|Zhu Jingshu', '胡悦然|Hu Yueran']],
  [
    'dispatch',
    ['郭向阳|Guo Xiangyang', '何立轩|He Lixuan', '高远山|Gao Yuanshan', '罗承宇|Luo Chengyu', '梁知行|Liang Zhixing'],
  ],
  [
    'assess',
    ['宋怀远|Song Huaiyuan', '唐景行|Tang Jingxing', '许知微|Xu Zhiwei', '冯以宁|Feng Yining', '邓思源|Deng Siyuan'],
  ],
  [
    'patrol',
    ['曹子墨|Cao Zimo', '彭雨霏|Peng Yufei', '曾凡星|Zeng Fanxing', '萧云起|Xiao Yunqi', '田小满|Tian Xiaoman'],
  ],
  [
    'liaison',
    ['董长风|Dong Changfeng', '袁海宁|Yuan Haining', '潘越|Pan Yue', '蒋定边|Jiang Dingbian', '蔡明轩|Cai Mingxuan'],
  ],
  ['report', ['余静好|Yu Jinghao', '杜若衡|Du Ruoheng', '叶知秋|Ye Zhiqiu', '程安之|Cheng Anzhi', '魏如许|Wei Ruxu']],
]

const letters = ['A', 'B', 'C', 'D', 'E'] as const
const numerals = ['一', '二', '三', '四', '五'] as const
/** Whoever sits at one of these may stand in at the others. */
const alike: Partial<Record<DutyPost, readonly DutyPost[]>> = {
  accept: ['accept', 'dispatch', 'patrol'],
  dispatch: ['dispatch', 'accept', 'liaison'],
  assess: ['assess', 'report', 'patrol'],
  patrol: ['patrol', 'accept'],
  liaison: ['liaison', 'dispatch'],
  report: ['report', 'assess'],
  chief: ['chief', 'dispatch'],
}

const places: readonly (readonly [DutyPost, readonly string[]])[] = [['leader', leaders], ['chief', chiefs], ...seats]
const idOf = (place: number, team: number) => `${letters[team] ?? ''}${place + 1}`
const nameOf = (words: string | undefined) => (words ?? '|').split('|') as [string, string]

const officers: Book['officers'] = places.flatMap(([post, people], place) =>
  people.map((words, team) => {
    const [name, nameEn] = nameOf(words)
    const phone = `021-5550-${String(1000 + place * 10 + team)}`
    return { id: idOf(place, team), name, nameEn, phone, posts: [...(alike[post] ?? [post])] }
  }),
)

const team = (at: number) => letters[at % letters.length] as string

export const dutyBook: Book = {
  officers,
  teams: letters.map((id, at) => ({
    id,
    name: { zh: `${numerals[at]}班`, en: `Team ${id}` },
    members: places.map(([post], place) => ({ post, officerId: idOf(place, at) })),
  })),
  from: '2026-01-01',
  // By day, the next night, then three days off; nobody works two shifts on end, nor where the reserves are called in day after day.
  cycle: letters.map((_, day) => ({
    day: team(day),
    night: team(day + 4),
    dayReserve: team(day + 1),
    nightReserve: team(day + 3),
  })),
  strengthened: {
    posts: ['leader', 'accept', 'dispatch', 'report'],
    dates: [{ date: '2026-11-08', name: '城市马拉松保障' }],
  },
}
