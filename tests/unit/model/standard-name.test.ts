/** What a class table's standard is called: ours in both languages, a pack's own as it writes it. */
import { expect, it } from 'vitest'
import { builtInClasses } from '../../../shared/model/case-table/built-in-classes.ts'
import { unnamedStandard } from '../../../shared/model/case-class.ts'
import { standardName } from '../../../shared/model/standard-name.ts'

it('is a word for the tables whose id is ours, and the pack’s own name else', () => {
  expect(builtInClasses.map(({ standardId }) => standardName(standardId).zh)).toContain('内置参考标准')
  expect(new Set(builtInClasses.map(({ standardId }) => standardName(standardId).en)).size).toBe(1)
  expect(standardName(unnamedStandard.standardId)).toEqual({ zh: '本市标准', en: 'the city’s own table' })
  expect(standardName('沪数城规 2021-3')).toEqual({ zh: '沪数城规 2021-3', en: '沪数城规 2021-3' })
})
