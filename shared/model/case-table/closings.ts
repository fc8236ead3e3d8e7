/** 结案条件 in common, named after what was done; many conditions close alike. */
import type { Term } from '../transition.ts'

export const closings = {
  repaired: {
    zh: '已修复，功能正常，周边平整，无安全隐患',
    en: 'Repaired: it works, the ground around it is even and nothing is dangerous',
  },
  replaced: {
    zh: '已补齐或更换，安装稳固，无安全隐患',
    en: 'Put back or replaced, firmly, with nothing dangerous left',
  },
  cleared: { zh: '已清除干净，现场无残留', en: 'Cleared away with nothing left behind' },
  removed: { zh: '已拆除或移走，现场恢复原状', en: 'Taken down or taken away, the place as it was before' },
  stopped: { zh: '行为已停止，现场无同类问题', en: 'It has stopped and nothing like it is found there' },
  tidied: { zh: '已归位摆放整齐，不妨碍通行', en: 'Back in its place, tidy and in nobody’s way' },
  safe: { zh: '险情已排除，现场恢复正常', en: 'The danger is over and the place is in use again' },
  drained: { zh: '积水已排除，路面可正常通行', en: 'The water is gone and the road can be used' },
  planted: { zh: '已补植、扶正或修剪，长势正常', en: 'Planted again, set upright or cut, and growing' },
  compliant: { zh: '已整改到位或依法办理手续', en: 'Put right, or permitted as the law asks' },
  treated: { zh: '污染已消除，环境恢复正常', en: 'The pollution is gone and air or water is as it should be' },
  answered: { zh: '已按职责办理，结果已告知来件人', en: 'Dealt with by whose duty it is, and the sender told' },
} satisfies Record<string, Term>
export type ClosingName = keyof typeof closings
