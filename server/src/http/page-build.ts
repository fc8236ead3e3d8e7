/** Which build of the pages is served: the address of their first script, which changes with any of them. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const firstScript = /<script\b[^>]*\bsrc="([^"]{1,120})"/

/** Answers the build there is now; null = no pages are built. Reads the index anew only when it was. */
export function createPageBuild(folder: string): () => string | null {
  const index = join(folder, 'index.html')
  let known: { readonly mtimeMs: number; readonly build: string | null } | null = null
  return () => {
    const mtimeMs = statSync(index, { throwIfNoEntry: false })?.mtimeMs
    if (mtimeMs === undefined) return null
    if (known?.mtimeMs !== mtimeMs)
      known = { mtimeMs, build: firstScript.exec(readFileSync(index, 'utf8'))?.[1] ?? null }
    return known.build
  }
}
