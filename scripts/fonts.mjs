/**
 * `node scripts/fonts.mjs`: remakes client/src/fonts/words. The pieces of the font are cut by how often a letter is used in all Chinese;
 * a page of ours uses a few letters of each of thirty. So from each piece the letters of our own words (locales, the model's terms, the
 * demo city's names) are cut into a small one. Other letters come from the whole pieces as before.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { root } from './prepare.mjs'

const source = join(root, 'node_modules/@fontsource-variable/noto-sans-sc')
const out = join(root, 'client/src/fonts/words')
const spoken = ['client/src/locales/zh-CN', 'shared', 'server/src', 'mock-data']

/** Han letters and their punctuation in our own texts. */
function ownLetters() {
  const letters = new Set()
  for (const folder of spoken)
    for (const name of readdirSync(join(root, folder), { recursive: true }))
      if (name.endsWith('.ts'))
        for (const letter of readFileSync(join(root, folder, name), 'utf8'))
          if (/[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/u.test(letter)) letters.add(letter.codePointAt(0))
  return letters
}

/** The pieces as the font's own style sheet names them: file and ranges. */
function pieces() {
  const css = readFileSync(join(source, 'index.css'), 'utf8')
  const faces = css.matchAll(/url\(\.\/files\/([^)]+\.woff2)\)[^}]*?unicode-range:\s*([^;}]+)/gs)
  return [...faces].map(([, file, ranges]) => ({
    file,
    ranges: ranges.split(',').map((range) => {
      const [from, to = from] = range.trim().slice(2).split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    }),
  }))
}

const hex = (code) => code.toString(16).toUpperCase()
const word = ([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)
/** The ranges without these letters, which are sorted. */
function without(ranges, letters) {
  return ranges.flatMap(([from, to]) => {
    const left = []
    let begin = from
    for (const code of letters.filter((letter) => letter >= from && letter <= to)) {
      if (code > begin) left.push([begin, code - 1])
      begin = code + 1
    }
    return begin <= to ? [...left, [begin, to]] : left
  })
}
const face = (url, ranges) =>
  `@font-face{font-family:'Noto Sans SC Variable';font-style:normal;font-display:swap;font-weight:100 900;` +
  `src:url(${url}) format('woff2-variations');unicode-range:${ranges.map(word).join(',')}}`

const wanted = [...ownLetters()].sort((a, b) => a - b)
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const faces = []
let total = 0
for (const { file, ranges } of pieces()) {
  const own = wanted.filter((code) => ranges.some(([from, to]) => code >= from && code <= to))
  // A letter stands in one face alone: whoever asks for letters by name (the map) is given all that have them.
  const others = without(ranges, own)
  if (others.length > 0) faces.push(face(`@fontsource-variable/noto-sans-sc/files/${file}`, others))
  if (own.length === 0) continue
  const bytes = await subsetFont(readFileSync(join(source, 'files', file)), String.fromCodePoint(...own), {
    targetFormat: 'woff2',
  })
  const name = `words-${/-sc-(.+?)-wght/.exec(file)?.[1]}.woff2`
  writeFileSync(join(out, name), bytes)
  total += bytes.length
  const codes = own.map((code) => [code, code])
  faces.push(face(`./${name}`, codes))
}
const head = '/* Made by scripts/fonts.mjs. Noto Sans SC, SIL Open Font License 1.1. */\n'
writeFileSync(join(out, 'words.css'), `${head}${faces.join('\n')}\n`)
console.log(`${wanted.length} letters of our own, ${total} bytes; ${faces.length} pieces in all`)
