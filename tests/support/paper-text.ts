/** What a reader other than the writer finds in a paper: its text page by page, and whose fonts are in it. */
import { extractText, getDocumentProxy } from 'unpdf'

export async function readPaper(
  bytes: Uint8Array,
): Promise<{ readonly pages: readonly string[]; readonly text: string }> {
  const document = await getDocumentProxy(new Uint8Array(bytes))
  const { text } = await extractText(document, { mergePages: false })
  // Letters of one line come in runs of their fonts, with blanks between them.
  const pages = text.map((page) => page.replace(/\s+/g, ''))
  return { pages, text: pages.join('\n') }
}
/** Font files embedded: each has a subset of its own letters. */
export const embeddedFonts = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/FontFile2/g)?.length ?? 0
