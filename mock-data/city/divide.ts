/** Cuts the city into districts and streets that meet without gap or overlap: neighbours share the same drawn edge. */
import type { DivisionFeature } from '../../shared/contract/city-pack.ts'
import type { Random } from './random.ts'
import { thinned, toLonLat, type Point } from './plane.ts'
import { halfWidthM, type Terrain } from './terrain.ts'

interface Named {
  readonly name: string
  readonly nameEn: string
}

const districts: readonly (Named & { readonly id: string; readonly streets: readonly Named[] })[] = [
  {
    id: '329012',
    name: '棠岸区',
    nameEn: "Tang'an District",
    streets: [
      { name: '青棠街道', nameEn: 'Qingtang Subdistrict' },
      { name: '雁浦街道', nameEn: 'Yanpu Subdistrict' },
      { name: '扶光街道', nameEn: 'Fuguang Subdistrict' },
    ],
  },
  {
    id: '329011',
    name: '鹭屿区',
    nameEn: 'Luyu District',
    streets: [
      { name: '听潮街道', nameEn: 'Tingchao Subdistrict' },
      { name: '汀兰街道', nameEn: 'Tinglan Subdistrict' },
      { name: '望舒街道', nameEn: 'Wangshu Subdistrict' },
    ],
  },
  {
    id: '329013',
    name: '云岫区',
    nameEn: 'Yunxiu District',
    streets: [
      { name: '照溪街道', nameEn: 'Zhaoxi Subdistrict' },
      { name: '松吟街道', nameEn: 'Songyin Subdistrict' },
      { name: '栖云街道', nameEn: 'Qiyun Subdistrict' },
    ],
  },
]
const columns = [-halfWidthM, -1180, 1120, halfWidthM]

export interface Divided {
  readonly features: DivisionFeature[]
  /** The whole city's edge. */
  readonly outline: readonly Point[]
}

export function divide(terrain: Terrain, random: Random): Divided {
  const rows = terrain.rows
  /** x of the corner where column edge i meets row edge j. */
  const cornerX = rows.map((_, j) =>
    columns.map((x, i) => x + (i === 0 || i === columns.length - 1 ? random.between(-90, 90) : (j - 1.5) * 90)),
  )
  const steps = 40
  const along = rows.map((row, j) =>
    columns.slice(1).map((_, i) => {
      const [from, to] = [cornerX[j]?.[i] as number, cornerX[j]?.[i + 1] as number]
      return Array.from({ length: steps + 1 }, (_, k): Point => {
        const x = from + ((to - from) * k) / steps
        return [x, row(x)]
      })
    }),
  )
  const across = rows.slice(1).map((_, j) =>
    columns.map((_, i) => {
      const x0 = cornerX[j]?.[i] as number
      const x1 = cornerX[j + 1]?.[i] as number
      const y0 = (rows[j] as (x: number) => number)(x0)
      const y1 = (rows[j + 1] as (x: number) => number)(x1)
      const sway = random.between(40, 110) * (random.chance(0.5) ? 1 : -1)
      return Array.from({ length: steps + 1 }, (_, k): Point => {
        const t = k / steps
        return [x0 + (x1 - x0) * t + sway * Math.sin(2 * Math.PI * t), y0 + (y1 - y0) * t]
      })
    }),
  )
  const edge = (list: readonly (readonly (readonly Point[])[])[], j: number, i: number) =>
    thinned(list[j]?.[i] as readonly Point[], 3)
  const closed = (parts: readonly (readonly Point[])[]): DivisionFeature['geometry'] => {
    const ring = parts.flatMap((part) => part.slice(0, -1)).map(toLonLat)
    return { type: 'Polygon', coordinates: [[...ring, ring[0] as (typeof ring)[0]].map(([lon, lat]) => [lon, lat])] }
  }
  const last = columns.length - 1
  const columnsOf = Array.from({ length: last }, (_, i) => i)
  const features = districts.flatMap((district, j): DivisionFeature[] => {
    const { id, name, nameEn } = district
    return [
      {
        type: 'Feature',
        properties: { id, name, nameEn, level: 2, parentId: null },
        geometry: closed([
          ...columnsOf.map((i) => edge(along, j, i)),
          edge(across, j, last),
          ...columnsOf.toReversed().map((i) => edge(along, j + 1, i).toReversed()),
          edge(across, j, 0).toReversed(),
        ]),
      },
      ...district.streets.map((street, i): DivisionFeature => ({
        type: 'Feature',
        properties: { id: `${id}00${i + 1}`, ...street, level: 3, parentId: id },
        geometry: closed([
          edge(along, j, i),
          edge(across, j, i + 1),
          edge(along, j + 1, i).toReversed(),
          edge(across, j, i).toReversed(),
        ]),
      })),
    ]
  })
  const top = rows.length - 1
  return {
    features: features.sort((a, b) => a.properties.level - b.properties.level),
    outline: [
      ...columnsOf.flatMap((i) => edge(along, 0, i)),
      ...districts.flatMap((_, j) => edge(across, j, last)),
      ...columnsOf.toReversed().flatMap((i) => edge(along, top, i).toReversed()),
      ...districts
        .map((_, j) => j)
        .toReversed()
        .flatMap((j) => edge(across, j, 0).toReversed()),
    ],
  }
}
