/** Both languages are whole. Each check is first shown to fail on planted input, so that a green line means something. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { design as designEn } from '../../../client/src/locales/en/design.ts'
import { en } from '../../../client/src/locales/en.ts'
import { design as designZh } from '../../../client/src/locales/zh-CN/design.ts'
import { zhCN } from '../../../client/src/locales/zh-CN.ts'
import { chineseOutside, clientFiles, differences, flatten, unknownKeys } from './check-words.ts'

const files = clientFiles()
/** English has no measure words, and a change that is neither better nor worse is not judged. */
const silent = ['wall.vital.requestsUnit', 'kpi.unit.count', 'kpi.verdict.neutral']

describe('the two languages', () => {
  it.each([
    ['a missing key', { a: { b: '甲', c: '乙' } }, { a: { b: 'x' } }, ['a.c: only in the first']],
    ['a key too many', { a: '甲' }, { a: 'x', b: 'y' }, ['b: only in the second']],
    ['another parameter', { a: '剩 {span}' }, { a: '{time} left' }, ['a: {span} and {time}']],
    ['a parameter left out', { a: '{n} 秒' }, { a: 'seconds' }, ['a: {n} and {}']],
    ['nothing said', { a: '甲' }, { a: ' ' }, ['a: empty']],
    ['a word where a group is', { a: { b: '甲' } }, { a: 'x' }, ['a.b: only in the first', 'a: only in the second']],
  ])('are told apart by %s', (_, one, other, found) => {
    expect(differences(one, other)).toEqual(found)
  })

  it('have the same keys and parameters, and none is empty', () => {
    expect(flatten(zhCN).size).toBeGreaterThan(200)
    expect(differences(zhCN, en, silent)).toEqual([])
    expect(differences(designZh, designEn)).toEqual([])
  })
})

describe('what happened to a case', () => {
  it('has words on its timeline, every event of it', () => {
    const files = readdirSync('shared/model').filter((name) => name.endsWith('event.ts'))
    const events = files.flatMap((name) =>
      [
        ...readFileSync(join('shared/model', name), 'utf8').matchAll(/readonly type: '((?:incident|plan)\.[a-z-]+)'/g),
      ].map(([, type = '']) => type),
    )
    expect(events.length).toBeGreaterThan(60)
    const told = flatten(zhCN)
    expect(events.filter((type) => !told.has(`desk.events.${type.replace('.', '_')}`))).toEqual([])
  })
})

describe('the keys asked for', () => {
  const messages = { desk: { queue: '队列' }, error: { BUSY: '忙' } }

  it.each([
    ["t('desk.gone')", ['x.ts: desk.gone']],
    ['$t("desk.gone")', ['x.ts: desk.gone']],
    ["te('nothing')", ['x.ts: nothing']],
    ['t(`fault.${code}`)', ['x.ts: fault.${code}']],
    ["t('desk')", ['x.ts: desk']],
    ["t('desk.queue', { n: 1 }) + t(`error.${code}`) + format('desk.gone')", []],
  ])('are looked for: %s', (text, found) => {
    expect(unknownKeys([{ path: 'x.ts', text }], messages)).toEqual(found)
  })

  it('all exist', () => {
    expect(files.some(({ text }) => text.includes("t('desk.queue')"))).toBe(true)
    expect(unknownKeys(files, { ...zhCN, design: designZh })).toEqual([])
  })
})

describe('Chinese outside the locales', () => {
  it.each([
    ['x.ts', "const word = '队列'", ['x.ts: 队列']],
    ['x.ts', "names.join('、')", ['x.ts: 、']],
    ['x.ts', "/** 队列 */\n// 队列\nconst word = 'queue' // 队列", []],
    ['x.ts', "const url = 'https://例子'", ['x.ts: 例子']],
    ['X.vue', '<script setup lang="ts">\nconst a = 1\n</script>\n<template><p>队列</p></template>', ['X.vue: 队列']],
    ['X.vue', '<template><!-- 队列 --><p title="队列" /></template>', ['X.vue: 队列']],
    ['X.vue', '<template><p /></template>\n<style>\n/* 墨 */\n</style>', []],
  ])('is found in %s: %s', (path, text, found) => {
    expect(chineseOutside([{ path, text }])).toEqual(found)
  })

  it('is not there', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(chineseOutside(files)).toEqual([])
  })
})
