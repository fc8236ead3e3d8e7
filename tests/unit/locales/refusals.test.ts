/** Every sentence the rules refuse with has words in both languages, so that no officer reads another's language. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusalKeyOf } from '../../../client/src/composables/use-refusal-sentence.ts'
import { refusalSentences } from '../../../client/src/composables/refusal-sentences.ts'
import { en } from '../../../client/src/locales/en.ts'
import { zhCN } from '../../../client/src/locales/zh-CN.ts'
import { hindrances } from '../../../shared/model/case-gates.ts'

/** What the code of a refusal says by itself: who may not, and what a state does not allow. */
const saidByCode = [
  /^(the )?role .+ may not /,
  /^an? (alarm|case|crew|response) that is .+ does not /,
  /^case .+ is /,
  /^there is no (other case )?/,
  /^version .+ is stale/,
  // A crew or a case is in a state that does not allow it.
  /^X is X$/,
  // Said of its field in words of its own.
  /^X: runs past the end of the shift/,
  // Doors and the system itself: no officer asks these.
  /^the catalogue is written by its doors only$/,
  /^only the system itself asks this$/,
  /^is mandatory with msgType /,
  /^is more than a year ahead$/,
  /^alert\.references /,
]
const call =
  /\b(?:invalid|fieldRefusal|refused|refusal|refuse)\(\s*(?:'[^']*'|`[^`]*`|[\w.]+),\s*('(?:[^'\\]|\\.)*'|"[^"]*"|`[^`]*`)/g

/** Sentences of a source, what is filled in standing as X. */
function sentencesOf(source: string): string[] {
  return [...source.matchAll(call)].map(([, quoted = '']) =>
    quoted
      .slice(1, -1)
      .replace(/\$\{[^}]*\}/g, 'X')
      .replaceAll("\\'", "'"),
  )
}
function* sources(folder: string): Iterable<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (path.endsWith('.ts')) yield readFileSync(path, 'utf8')
  }
}
const unworded = (sentences: readonly string[]) =>
  sentences.filter((one) => !saidByCode.some((form) => form.test(one)) && refusalKeyOf(one) === null)

describe('what the rules refuse with', () => {
  it('is found in their sources, also where something is filled in', () => {
    expect(sentencesOf("return invalid('a', 'no such shift')")).toEqual(['no such shift'])
    expect(sentencesOf('refused(\n  "NOT_ALLOWED",\n  `x`)')).toEqual([])
    expect(sentencesOf("refused('NOT_ALLOWED', `${unitId} is not on this case`)")).toEqual(['X is not on this case'])
    expect(unworded(['the moon is full'])).toEqual(['the moon is full'])
  })
  it('has words, each sentence of it', () => {
    const all = [...new Set([...sources('server/src/domain')].flatMap(sentencesOf))]
    expect(all.length).toBeGreaterThan(100)
    // `problem`, `field: problem`: said by what was asked, and found where it is said.
    expect(unworded(all.filter((one) => !/^X$|: X/.test(one)))).toEqual([])
    expect(unworded(Object.values(hindrances))).toEqual([])
  })
  it('is worded in both languages, and none is taken for another', () => {
    const keys = refusalSentences.map(([key]) => key).sort()
    expect(Object.keys(zhCN.refusal).sort()).toEqual(keys)
    expect(Object.keys(en.refusal).sort()).toEqual(keys)
    for (const [key, sentence] of refusalSentences) expect(refusalKeyOf(sentence)?.key, sentence).toBe(key)
    for (const words of Object.values(zhCN.refusal)) expect(words).toMatch(/\p{Script=Han}/u)
  })
  it('carries over what is filled in', () => {
    expect(refusalKeyOf('李四 would work two shifts on end: 2026-08-01-night as well')).toEqual({
      ...{ key: 'long-shift', values: { a: '李四', b: '2026-08-01-night' } },
    })
  })
})
