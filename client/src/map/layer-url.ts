import { pageFont } from '../fonts/page-font.ts'

/** Where the server keeps a layer of the city pack as it is. */
export const layerUrl = (name: string): string => `/map/layers/${name}.geojson`

/** Text on the map: the page's own font. */
export const textFont = { 'text-font': [pageFont] }
