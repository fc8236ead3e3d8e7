/** What an experienced officer reads out of a text: what it is about, or that it is about nothing. Pure. */
import { complaintByCode, complaints } from './complaints.ts'

const idle = /(打错了|按错了|没声音|^(想咨询一下|请问|咨询)：|请忽略|不用处理|不用来了|撤销吧|取消吧|点错了)/
export const isIdleTalk = (text: string): boolean => idle.test(text)

/**
 * The class the text is about, where the reporter chose another; null where the stated one may well be right, or the text does
 * not say enough. English is left as it was stated.
 */
export function betterClass(text: string, stated: string): string | null {
  if (complaintByCode.get(stated)?.tell.test(text)) return null
  const likely = complaints.filter(({ tell, mistaken }) => mistaken.includes(stated) && tell.test(text))
  return likely.length === 1 ? (likely[0]?.code ?? null) : null
}
