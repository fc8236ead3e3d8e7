/** How a page becomes a picture that a clone can bear. */
import { writeFileSync } from 'node:fs'

/** A picture is at most this large, bytes, as long as its letters can be read. */
const mostBytes = 100_000
const widest = 2560

/** As WebP, scaled down to 2560 pixels, weaker until it is small. */
export async function shoot(page, file) {
  const { width, height } = page.viewportSize()
  const devtools = await page.context().newCDPSession(page)
  try {
    for (const quality of [80, 60, 45]) {
      const { data } = await devtools.send('Page.captureScreenshot', {
        format: 'webp',
        quality,
        clip: { x: 0, y: 0, width, height, scale: Math.min(1, widest / width) },
      })
      const bytes = Buffer.from(data, 'base64')
      if (bytes.length > mostBytes && quality > 45) continue
      writeFileSync(file, bytes)
      break
    }
  } finally {
    await devtools.detach()
  }
}
