/** The gallery of components in a real browser: built when stale, served by itself, at fixed sizes and without motion. */
import type { Page } from 'playwright-core'
import { preview } from 'vite'
import { join } from 'node:path'
import { buildDesign } from '../../scripts/build.mjs'
import { root } from './program.ts'

export interface Gallery {
  readonly url: string
  close(): Promise<void>
}

export async function openGallery(): Promise<Gallery> {
  await buildDesign()
  const server = await preview({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: join(root, 'dist/design') },
    preview: { port: 0, host: '127.0.0.1' },
  })
  const url = server.resolvedUrls?.local[0]?.replace(/\/$/, '')
  if (url === undefined) throw new Error('the gallery is not served')
  return { url, close: () => server.close() }
}

/** Resolves when letters and charts of the page are drawn and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.fonts.status === 'loaded')
  await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((one) => one.querySelector('svg')))
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
}
