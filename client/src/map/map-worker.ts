/** Names MapLibre's worker, which it cannot find by itself once bundled: without it no layer ever loads. */
import { setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

setWorkerUrl(workerUrl)
