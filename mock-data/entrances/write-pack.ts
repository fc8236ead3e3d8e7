/** Puts a pack on disk so that a stop half-way never leaves half a pack: `pack.json` is written last. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackFiles } from '../city/pack-files.ts'

export async function writePack(dir: string, files: PackFiles): Promise<void> {
  await mkdir(dir, { recursive: true })
  const names = [...files.keys()].sort((a, b) => Number(a === 'pack.json') - Number(b === 'pack.json'))
  for (const name of names) {
    const path = join(dir, name)
    await writeFile(`${path}.part`, files.get(name) as string)
    await rename(`${path}.part`, path)
  }
}
