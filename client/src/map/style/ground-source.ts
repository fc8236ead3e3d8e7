/** Where the ground comes from: this server's own tiles. */
import type { SourceSpecification } from 'maplibre-gl'

export const groundSource = 'ground'
export const tileJsonUrl = '/map/tiles.json'
export const ground: SourceSpecification = { type: 'vector', url: tileJsonUrl }
