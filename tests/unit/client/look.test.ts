/** What is said twice, because a style sheet cannot ask a script nor itself, is the same. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pageScale, plainWindow } from '../../../client/src/composables/page-scale.ts'

const css = readFileSync('client/src/styles/tokens.css', 'utf8')
const colours = (block: string) =>
  Object.fromEntries([...block.matchAll(/(--[\w-]+): (#\w+);/g)].map(([, k, v]) => [k, v]))

describe('the page’s unit of length', () => {
  it('follows the shorter side, and is never below a pixel', () => {
    expect(pageScale(1280, 720)).toBe(1)
    expect(pageScale(plainWindow.width, plainWindow.height)).toBe(1)
    expect(pageScale(3840, 2160)).toBeCloseTo(1.714, 3)
    expect(pageScale(7680, 2160)).toBeCloseTo(1.714, 3)
    expect(pageScale(3840, 1260)).toBe(1)
  })
  it('is the same rule in the style sheet', () => {
    expect(css).toContain(`--u: max(1px, min(100vw / ${plainWindow.width}, 100vh / ${plainWindow.height}));`)
  })
})

it('paper has the light theme’s colours, all of them', () => {
  const light = colours(/\[data-theme='light'\] \{(.*?)\n\}/s.exec(css)?.[1] ?? '')
  const paper = colours(/@media print \{(.*?)\n\}/s.exec(css)?.[1] ?? '')
  expect(Object.keys(light).length).toBeGreaterThan(15)
  expect(paper).toEqual(light)
})

describe('the letters of our own words', () => {
  const faces = readFileSync('client/src/fonts/words/words.css', 'utf8')
  const covered = new Set(
    faces
      .split('\n')
      .filter((face) => face.includes('url(./words-'))
      .flatMap((face) => [...face.matchAll(/U\+([0-9A-F]+)/g)])
      .map(([, code]) => Number.parseInt(code ?? '', 16)),
  )

  it('are in the pieces that are sent first, but for words newer than them', () => {
    const spoken = readdirSync('client/src/locales/zh-CN')
      .map((name) => readFileSync(`client/src/locales/zh-CN/${name}`, 'utf8'))
      .join('')
    const letters = new Set([...spoken].filter((letter) => /\p{Script=Han}/u.test(letter)))
    const missing = [...letters].filter((letter) => !covered.has(letter.codePointAt(0) ?? 0))
    expect(letters.size).toBeGreaterThan(500)
    expect(missing.length / letters.size, `run node scripts/fonts.mjs: ${missing.join('')}`).toBeLessThan(0.05)
  })
})
