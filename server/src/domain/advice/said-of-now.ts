/**
 * Is what the words say so, and now? A word may be denied (没有人受伤), over (险情已排除), of long ago (去年有人落水) or only feared
 * (以免砸伤人). Looks at the clause the word stands in and no further: a denial of one thing is none of the next.
 */

/** What may stand between a denial and the word it denies; whatever else stands there is what is denied. */
const zhFiller =
  '(?:任何|有|人员|人|居民|什么|再|出现|发生|造成|导致|会|要|想|打算|是|真的|说|听说|见|看到|闻到|被|因此)'
/** 不得不 denies nothing, and 再不, 要不 and 不然 begin a threat. */
const zhDenied = new RegExp(
  `(?:没有|没|并无|无|未|从未|并未|并非|不是|(?<!不得)(?<!再)(?<!要)不|别|勿|否认|谣传|误传)${zhFiller}{0,4}$`,
)
const enFiller =
  '(?:been|was|were|is|are|has|have|had|to|going|be|any|one|people|person|anybody|anyone|got|will|about|seen|it|a|the)'
const enDenied = new RegExp(`(?:\\b(?:no|not|never|nobody|none|without|cannot)|n['’]t)(?:\\s+${enFiller}){0,4}\\s*$`)
const deniedAfter =
  /^(?:的?(?:情况|现象|风险|隐患|危险|问题|险情|人))?(?:都?没有|不存在|是假的|已(?:经)?(?:排除|解除|消除|修好|修复|恢复|处理|扑灭|熄灭|救出)|\s+(?:has|have|was|were)\s+(?:been\s+)?(?:fixed|repaired|put out|restored|rescued))/
const longAgo =
  /去年|前年|几年前|多年前|上个月|上月|上周|曾经|以前|过去|历史上|last (?:year|month|week)|years ago|months ago|used to/
const onlyFeared =
  /(?:避免|以免|免得|防止|以防|预防|谨防|担心|害怕|怕|小心|注意|会不会|是否|容易|可能|万一|(?:to|might|may|could) (?:avoid|prevent|get|be)?|before (?:some|any)(?:one|body)|in case|afraid|worried)[^，,]*$/

export interface Said {
  /** The clause up to the word, and from its end on. */
  readonly before: string
  readonly after: string
}

export const isDenied = ({ before, after }: Said): boolean =>
  zhDenied.test(before) || enDenied.test(before) || deniedAfter.test(after)

/** Neither over nor only feared. */
export const isOfNow = ({ before, after }: Said): boolean =>
  !longAgo.test(before) && !longAgo.test(after) && !onlyFeared.test(before)
