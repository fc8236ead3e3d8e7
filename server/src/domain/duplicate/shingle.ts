/** Shingles as numbers, and those that say nothing: what people write whatever it is about. */

/** FNV-1a over the letters from `start` to `end`. */
export function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

const stockPhrases = [
  '您好你好喂工作人员客服同志请问打扰了麻烦你们谢谢多谢拜托辛苦了',
  '我要反映我想反映一下反映一个情况市民来电反映来电人称诉求人表示投诉举报',
  '希望请要求尽快及时早点抓紧马上今天处理解决整改核实派人来看看安排管一管',
  '相关部门有关单位职能部门属地责任单位给予答复回复回个电话回访保密告诉我一声',
  '附近居民住户业主路过看到发现这边这里旁边现在已经一直每天好几天没有人来',
  '网格员巡查发现上报已拍照请派单处置请核实立案',
]
const stockWords =
  'the and is are this that there here with for from have has had been was were you your our they please could would can ' +
  'someone send fix soon today hello hi good day excuse me want report see near close right front around street road at to of in on it an by'

/** Left out of every print: two letters that share only these share nothing. */
export const stockShingles: ReadonlySet<number> = new Set([
  ...stockPhrases.flatMap((phrase) => Array.from({ length: phrase.length - 1 }, (_, i) => hashOf(phrase, i, i + 2))),
  ...stockWords.split(' ').map((each) => hashOf(each, 0, each.length)),
])
