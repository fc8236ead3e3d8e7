/** Persons nobody is: names of the common kind, and numbers of a range nobody is given. */
import type { Random } from '../city/random.ts'

const families =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹柏章苏潘葛范彭鲁韦马方袁柳史唐费薛贺倪汤'
const titles = ['先生', '女士', '先生', '女士', '先生', '女士', '阿姨', '师傅', '同学', '老师', '大爷']
const foreign = [
  'Mr. Miller',
  'Ms. Tanaka',
  'Mr. Rossi',
  'Mrs. Novak',
  'Ms. Diallo',
  'Mr. Haas',
  'Ms. Okafor',
  'Mr. Lind',
]

export interface Person {
  readonly name: string
  readonly phone: string
}

/** 199-0000-xxxx: the block is not assigned. */
export const somebody = (isForeign: boolean, random: Random): Person => ({
  name: isForeign ? random.pick(foreign) : random.pick([...families]) + random.pick(titles),
  phone: `1990000${String(random.whole(0, 9999)).padStart(4, '0')}`,
})
