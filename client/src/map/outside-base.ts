/**
 * The base map of somebody else, as the server gives it: asked for at the start, doubted when something of it fails, asked for again while
 * it is away. Guarantees that whoever is told hears of each change once, and that nothing is asked more often than every few seconds.
 */
import type { MapOptions, StyleSpecification } from 'maplibre-gl'

export type OutsideStyle = StyleSpecification
export interface OutsideBase {
  /** Something of the base map failed: is it still there? */
  doubt(): void
  stop(): void
}
export interface OutsideBaseOptions {
  /** The style, or null: it cannot be had. */
  onChange(style: OutsideStyle | null, attribution: string): void
  /** While it is away. */
  readonly retryMs?: number
  /** How long the first answer is waited for before the own base map is shown. */
  readonly patienceMs?: number
}

interface Answer {
  readonly style: OutsideStyle | null
  readonly attribution: string
}
const address = '/map/basemap.json'
const doubtMs = 5_000
/** Paths of the server that hold what an outside style names. */
const paths = ['/map/outside/', '/map/basemap/'] as const

/** Is this failure of the map one of the base map's? */
export const isOfOutside = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'url' in error &&
  paths.some((path) => String(error.url).includes(path))

async function ask(): Promise<Answer> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`the base map could not be asked for: HTTP ${answer.status}`)
  return (await answer.json()) as Answer
}

export function watchOutsideBase(options: OutsideBaseOptions): OutsideBase {
  const { onChange, retryMs = 15_000, patienceMs = 4_000 } = options
  let timer: ReturnType<typeof setTimeout> | null = null
  let isThere: boolean | null = null
  let isAsking = false
  let isStopped = false
  let askedAt = -Infinity

  const tell = (now: Answer) => {
    const isNow = now.style !== null
    if (isStopped || isNow === isThere) return
    isThere = isNow
    onChange(now.style, now.attribution)
  }
  const away: Answer = { style: null, attribution: '' }
  async function look(): Promise<void> {
    if (isAsking || isStopped) return
    isAsking = true
    askedAt = performance.now()
    try {
      tell(await ask())
    } catch {
      // The server itself is out of reach; the page says so. What is drawn stays.
      if (isThere === null) tell(away)
    } finally {
      isAsking = false
      if (isThere === false) later(retryMs)
    }
  }
  function later(ms: number): void {
    if (timer !== null) clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void look(), ms)
  }

  const patience = setTimeout(() => {
    if (isThere === null) tell(away)
  }, patienceMs)
  void look()
  return {
    doubt() {
      if (isThere === true) later(Math.max(0, askedAt + doubtMs - performance.now()))
    },
    stop() {
      isStopped = true
      clearTimeout(patience)
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** The faces of the page's font as the page's own style sheets declare them: each a file and the letters in it. */
export function pageFaces(family: string): { url: string; 'unicode-range': string[] }[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return []
      const of = (name: string) => rule.style.getPropertyValue(name)
      const file = /url\(["']?([^"')]+)["']?\)/.exec(of('src'))?.[1]
      if (of('font-family').replaceAll(/["']/g, '') !== family || file === undefined) return []
      const url = new URL(file, sheet.href ?? location.href).href
      return [
        {
          url,
          'unicode-range': of('unicode-range')
            .split(/\s*,\s*/)
            .filter((range) => range !== ''),
        },
      ]
    }),
  )
}

/**
 * The style as it is drawn here: every letter in the page's own font, which is served with the page and waits for its files; sprites by
 * whole addresses, as MapLibre wants them.
 */
export function inPageFont(style: OutsideStyle, family: string, origin: string): NonNullable<MapOptions['style']> {
  const whole = (url: string) => (url.startsWith('/') ? origin + url : url)
  const { sprite } = style
  return {
    ...style,
    ...(sprite === undefined
      ? {}
      : {
          sprite: typeof sprite === 'string' ? whole(sprite) : sprite.map((one) => ({ ...one, url: whole(one.url) })),
        }),
    'font-faces': { [family]: pageFaces(family) },
    layers: style.layers.map((layer) =>
      layer.type === 'symbol' ? { ...layer, layout: { ...layer.layout, 'text-font': [family] } } : layer,
    ),
  } as OutsideStyle
}
