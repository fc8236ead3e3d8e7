/** Every relative link and picture of the pages people read leads to a file, and where it names a heading, to that heading. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const pages = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
/** As the usual Markdown pages name their headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map((found) =>
    (found[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
const linksOf = (text: string) =>
  [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1] ?? '')

it.each(pages)('%s links to what is there', (page) => {
  const broken = linksOf(readFileSync(page, 'utf8')).filter((link) => {
    if (/^[a-z]+:/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), decodeURI(path))
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
  })
  expect(broken).toEqual([])
})

it('reads the pages there are', () => {
  expect(pages.length).toBeGreaterThan(15)
  expect(linksOf(readFileSync('README.md', 'utf8')).length).toBeGreaterThan(10)
  expect(anchorsOf('## `a.json`, `b c`\n# 表 One')).toEqual(['ajson-b-c', '表-one'])
})
