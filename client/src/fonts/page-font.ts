/**
 * The face of every page, served with it: the same Chinese on every wall. Whoever measures or draws letters by itself (the map, the
 * charts) keeps what it first saw, so a letter whose font file had not arrived would stay wrong for ever: such text waits for its letters.
 */
export const pageFont = 'Noto Sans SC Variable'
/** With what stands in for it, as CSS words it. */
export const pageFontFamily = `'${pageFont}', 'Noto Sans SC', system-ui, sans-serif`

const loaded = new Set<string>()

/** Resolves when every letter of the texts can be drawn. Never rejects: a missing font falls back to the system's. */
export async function withLetters(texts: Iterable<string>): Promise<void> {
  const wanted = new Set<string>()
  for (const text of texts) for (const letter of text) if (!loaded.has(letter)) wanted.add(letter)
  if (wanted.size === 0 || typeof document === 'undefined' || document.fonts === undefined) return
  try {
    await document.fonts.load(`24px "${pageFont}"`, [...wanted].join(''))
  } catch {
    // Drawn with whatever the system has: worse letters are better than no names.
  }
  for (const letter of wanted) loaded.add(letter)
}
