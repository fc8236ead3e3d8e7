/** How a Chinese name is said, as it is typed: initials and whole pinyin without tones. The dictionary knows 重庆 from 重量. */
import { pinyin } from 'pinyin-pro'

/** `重庆路` → `cql`, `chongqinglu`; other letters and numbers as they are, small; what cannot be typed is left out. */
export function soundOf(name: string): { readonly initials: string; readonly whole: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    .map((one) => one.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((one) => one !== '')
  return {
    initials: syllables.map((one) => (/^\d/.test(one) ? one : one.charAt(0))).join(''),
    whole: syllables.join(''),
  }
}
