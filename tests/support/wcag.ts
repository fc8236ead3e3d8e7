/** What a page breaks of WCAG 2.2 A and AA, as axe sees it in the browser that shows it. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

/** Each broken rule once an element, in words: `rule: what is wrong, where`. Empty = nothing is broken. */
export async function brokenRulesOf(page: Page): Promise<readonly string[]> {
  // Not as a script tag: the pages' own security policy lets none in.
  await page.evaluate(source)
  const results = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    rules,
  )
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '', html }) => {
      const why = failureSummary.split('\n').slice(1).join(' ').trim()
      return `${id}: ${help}, ${target.join(' ')} (${why}) ${html.slice(0, 160)}`
    }),
  )
}
