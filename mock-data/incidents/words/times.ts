/** When it was noticed, in the words of somebody who speaks at a given hour: nobody says 今天早上 before the morning. */
import type { Random } from '../../city/random.ts'
import { speak } from './phrase.ts'

const day = [
  '{昨天|前天|上周末|这两天|三四天前}{就看见了|开始的|就这样了}',
  '{已经|都}{两天|三天|一个多礼拜|快半个月}了',
]

/** `hour`: of the city's day, 0 ≤ hour < 24. `isFresh`: it began within the hour, and anyone can see that. */
export function sinceWords(hour: number, isFresh: boolean, random: Random): string {
  const now = [
    '{刚刚|刚才|就刚才}{发现的|看到的|路过看见}',
    '{十来分钟|一刻钟|二十分钟|半个小时}前{开始的|发现的|还没有}',
  ]
  if (isFresh) return speak(random.pick(now), random)
  const today = [
    ...(hour >= 8 && hour < 13 ? ['今天{一早|早上出门|早上上班|送孩子}{就看到了|就这样|时发现的}'] : []),
    ...(hour >= 13 && hour < 19 ? ['{中午|上午|今天上午}{出去买东西|路过|开店}时{就有了|看到的|还没人管}'] : []),
    ...(hour >= 18 ? ['{下午|傍晚|下班回来}{就这样|路过看到|发现的}'] : []),
    ...(hour < 7 ? ['{昨晚|昨天夜里|半夜}{就开始了|发现的|一直到现在}'] : []),
  ]
  return speak(random.pick([...now.slice(1), ...today, ...today, ...day]), random)
}
