/** How a class table's standard is called. A pack's own says its name itself, as `GB/T 30428.2` or `沪城管〔2021〕3号`; ours have ids. */
import type { Term } from './term.ts'

/** The table the program brings along. */
export const builtInStandardId = 'tongguan'
/** The table of a pack whose rows name none. */
export const unnamedStandardId = 'local'

export const standardName = (id: string): Term =>
  id === builtInStandardId
    ? { zh: '内置参考标准', en: 'the built-in reference table' }
    : id === unnamedStandardId
      ? { zh: '本市标准', en: 'the city’s own table' }
      : { zh: id, en: id }
