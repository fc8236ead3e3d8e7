/** Kinds of crew in the words of proposals and shortfalls. A kind the table does not name is called by its own word. */
import type { Term } from './term.ts'

interface KindWords {
  readonly name: Term
  /** 量词: what one of them is counted in. */
  readonly measure: string
}
const words: Readonly<Record<string, KindWords>> = {
  sanitation: { name: { zh: '环卫组', en: 'sanitation crew' }, measure: '组' },
  road: { name: { zh: '道路抢修组', en: 'road crew' }, measure: '组' },
  drainage: { name: { zh: '泵车', en: 'pump crew' }, measure: '台' },
  urban: { name: { zh: '城管执法组', en: 'urban management crew' }, measure: '组' },
  gas: { name: { zh: '燃气抢修组', en: 'gas crew' }, measure: '组' },
  fire: { name: { zh: '消防车组', en: 'fire crew' }, measure: '组' },
  traffic: { name: { zh: '交通疏导组', en: 'traffic crew' }, measure: '组' },
  water: { name: { zh: '供水抢修组', en: 'water supply crew' }, measure: '组' },
  parks: { name: { zh: '园林养护组', en: 'parks crew' }, measure: '组' },
  lighting: { name: { zh: '路灯维修组', en: 'lighting crew' }, measure: '组' },
  power: { name: { zh: '电力抢修组', en: 'power crew' }, measure: '组' },
  environment: { name: { zh: '环境监察组', en: 'environment crew' }, measure: '组' },
  lift: { name: { zh: '电梯救援组', en: 'lift rescue crew' }, measure: '组' },
  community: { name: { zh: '社区关爱组', en: 'community crew' }, measure: '组' },
  medical: { name: { zh: '救护车', en: 'ambulance' }, measure: '台' },
}

export const unitKindWords = (kind: string): KindWords => words[kind] ?? { name: { zh: kind, en: kind }, measure: '组' }

/** `2台泵车` */
export function countedCrews(count: number, kind: string): Term {
  const { name, measure } = unitKindWords(kind)
  return { zh: `${count}${measure}${name.zh}`, en: `${count} ${name.en}${count === 1 ? '' : 's'}` }
}
