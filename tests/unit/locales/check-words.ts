/** What is wrong with the words of the pages: each function answers its findings in words, so that it can be tried on planted input. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse as parseVue } from 'vue/compiler-sfc'

export type Messages = { readonly [key: string]: string | Messages }
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Every message by its whole key. */
export function flatten(messages: Messages, prefix = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, message] of Object.entries(messages)) {
    if (typeof message === 'string') all.set(prefix + key, message)
    else for (const [inner, text] of flatten(message, `${prefix}${key}.`)) all.set(inner, text)
  }
  return all
}
const parametersOf = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

/** Keys that only one language has, parameters that differ, messages that say nothing but may not be `silent`. */
export function differences(first: Messages, second: Messages, silent: readonly string[] = []): string[] {
  const [a, b] = [flatten(first), flatten(second)]
  const found: string[] = []
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [one, other] = [a.get(key), b.get(key)]
    if (one === undefined || other === undefined) {
      found.push(`${key}: only in the ${one === undefined ? 'second' : 'first'}`)
      continue
    }
    if (!silent.includes(key) && (one.trim() === '' || other.trim() === '')) found.push(`${key}: empty`)
    const [these, those] = [parametersOf(one), parametersOf(other)]
    if (these.join() !== those.join()) found.push(`${key}: {${these.join()}} and {${those.join()}}`)
  }
  return found
}

/**
 * Keys asked for by a literal `t('…')` that no message has, and, for a key with a hole in it (`t(`error.${code}`)`), a beginning that
 * no message has.
 */
export function unknownKeys(files: readonly SourceFile[], messages: Messages): string[] {
  const keys = [...flatten(messages).keys()]
  const found: string[] = []
  for (const { path, text } of files)
    for (const [, quote, key] of text.matchAll(/\b\$?te?\(\s*(['"`])([^'"`]*)\1/g)) {
      const head = quote === '`' ? key?.split('${')[0] : undefined
      const isKnown =
        head === undefined || head === key ? keys.includes(key ?? '') : keys.some((one) => one.startsWith(head))
      if (!isKnown) found.push(`${path}: ${key}`)
    }
  return found
}

const chinese = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+/
const withoutComments = (code: string) =>
  code
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')

/** Chinese written into code or template instead of the locales. */
export function chineseOutside(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const { descriptor } = path.endsWith('.vue') ? parseVue(text) : { descriptor: null }
    const code =
      descriptor === null
        ? text
        : [descriptor.script?.content, descriptor.scriptSetup?.content, descriptor.template?.content].join('\n')
    const hit = withoutComments(code).match(chinese)
    return hit === null ? [] : [`${path}: ${hit[0]}`]
  })
}

/** Every .ts and .vue file of the client but the locales themselves. */
export function clientFiles(root = 'client/src'): SourceFile[] {
  const files: SourceFile[] = []
  const visit = (path: string) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
    else if (/\.(ts|vue)$/.test(path)) files.push({ path: relative('.', path), text: readFileSync(path, 'utf8') })
  }
  visit(root)
  return files.filter(({ path }) => !path.startsWith(join(root, 'locales')))
}
