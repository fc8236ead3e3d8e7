/** Puts a pack on disk so that a stop half-way never leaves half a pack: `pack.json` is written last. */
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Texts by file name; a text may come in parts, made as they are written. */
export type PackTexts = ReadonlyMap<string, string | Iterable<string>>

const partLength = 1 << 20

async function writeParts(path: string, parts: Iterable<string>): Promise<void> {
  const file = await open(path, 'w')
  try {
    let waiting = ''
    for (const part of parts) {
      waiting += part
      if (waiting.length < partLength) continue
      await file.write(waiting)
      waiting = ''
    }
    if (waiting !== '') await file.write(waiting)
  } finally {
    await file.close()
  }
}

/** `atEnd` is asked for what can only be said when all else is written. */
export async function writePack(dir: string, files: PackTexts, atEnd?: () => PackTexts): Promise<void> {
  await mkdir(dir, { recursive: true })
  const write = async (name: string, text: string | Iterable<string>) => {
    const path = join(dir, name)
    await writeParts(`${path}.part`, typeof text === 'string' ? [text] : text)
    await rename(`${path}.part`, path)
  }
  for (const [name, text] of files) if (name !== 'pack.json') await write(name, text)
  for (const [name, text] of atEnd?.() ?? []) await write(name, text)
  const head = files.get('pack.json')
  if (head !== undefined) await write('pack.json', head)
}
