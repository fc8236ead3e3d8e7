/**
 * Names of the ground, shown once every letter they are written in can be drawn: a map keeps the first shape of a letter it has seen.
 * Which letters those are, the server says beside its tiles.
 */
import { withLetters } from '../fonts/page-font.ts'
import type { MapLook } from './map-look.ts'
import type { Overlay } from './overlay.ts'
import { tileJsonUrl } from './style/ground-source.ts'
import { nameIn, nameLayers, type MapLocale } from './style/names.ts'

async function letters(): Promise<string> {
  const answer = await fetch(tileJsonUrl)
  if (!answer.ok) throw new Error(`the map's tiles could not be asked for: HTTP ${answer.status}`)
  return ((await answer.json()) as { letters?: string }).letters ?? ''
}

export function groundNamesLayer(onFault: (reason: unknown) => void): Overlay<{ readonly locale: MapLocale }> {
  let ready: Promise<void> | null = null
  let ids: readonly string[] = []
  return {
    install(map, look: MapLook) {
      const layers = map.getSource('ground') === undefined ? [] : nameLayers(look, 'zh-CN')
      for (const layer of layers) map.addLayer(layer)
      ids = layers.map((layer) => layer.id)
    },
    show(map, { locale }) {
      // Another base map has names of its own.
      if (ids.length === 0) return
      ready ??= letters().then((text) => withLetters([text]))
      ready
        .then(() => {
          for (const id of ids) {
            if (map.getLayer(id) === undefined) continue
            map.setLayoutProperty(id, 'text-field', nameIn(locale))
            map.setLayoutProperty(id, 'visibility', 'visible')
          }
        })
        .catch((reason: unknown) => {
          ready = null
          onFault(reason)
        })
    },
  }
}
