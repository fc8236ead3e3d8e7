/** What people steer by: hospital, station, schools, works. Each stands near where a planner would want it, on dry ground. */
import type { PlaceFeature } from '../../shared/contract/city-pack.ts'
import { isInside, toLonLat, type Point } from './plane.ts'
import type { Warp } from './street-curves.ts'
import type { Terrain } from './terrain.ts'

export interface Place {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly nameEn: string
  readonly at: Point
}

/** Name, English name, kind, and where on the grid (cells). The first dozen draw crowds. */
const wanted: readonly (readonly [name: string, nameEn: string, kind: string, u: number, v: number])[] = [
  ['澜汀站', 'Lanting Railway Station', 'station', 3.4, 6.5],
  ['澜汀市人民医院', "Lanting People's Hospital", 'hospital', -2.5, 2.4],
  ['汀兰广场', 'Tinglan Plaza', 'commerce', 0.5, 0.5],
  ['澜汀体育中心', 'Lanting Sports Centre', 'stadium', 8.4, -3.4],
  ['望舒商业街', 'Wangshu Shopping Street', 'commerce', 6.5, 1.4],
  ['澜汀客运总站', 'Lanting Bus Terminal', 'station', -6.5, -5.5],
  ['棠岸万汇城', "Tang'an Mall", 'commerce', -1.4, -5.5],
  ['澜汀博物馆', 'Lanting Museum', 'culture', 1.4, 4.5],
  ['市图书馆', 'City Library', 'culture', 4.4, 0.5],
  ['市行政中心', 'City Hall', 'government', -0.5, 3.5],
  ['镜澜湖码头', 'Jinglan Lake Pier', 'tourism', -5.4, 4.6],
  ['澜汀大学', 'Lanting University', 'school', -9.5, 2.5],
  ['市第一中学', 'No. 1 Middle School', 'school', 2.4, -6.5],
  ['听潮小学', 'Tingchao Primary School', 'school', -7.5, 1.5],
  ['雁浦水厂', 'Yanpu Waterworks', 'waterworks', -10.5, -6.5],
  ['扶光污水处理厂', 'Fuguang Sewage Works', 'sewage', 11.5, -7.5],
  ['滨江排涝泵站', 'Riverside Pumping Station', 'pumping', -3.5, -1.0],
  ['棠溪河泵站', 'Tangxi Pumping Station', 'pumping', 5.4, 3.5],
  ['松吟变电站', 'Songyin Substation', 'power', -1.5, 8.4],
  ['青棠燃气门站', 'Qingtang Gas Gate Station', 'gas', -11.4, -4.4],
  ['消防救援一站', 'Fire Station 1', 'fire', 2.5, 1.5],
  ['消防救援二站', 'Fire Station 2', 'fire', -4.5, -6.5],
  ['妇幼保健院', "Women and Children's Hospital", 'hospital', 9.5, 3.5],
  ['环卫作业中心', 'Sanitation Depot', 'depot', 7.5, -6.5],
  ['市政养护基地', 'Road Depot', 'depot', -3.5, 6.5],
]

/** Places on dry land inside the outline, moved the least way needed. */
export function makePlaces(terrain: Terrain, warp: Warp, outline: readonly Point[]): Place[] {
  const fits = (p: Point) => isInside(outline, p) && !terrain.isWet(p) && terrain.offRiver(p) > 45
  return wanted.map(([name, nameEn, kind, u, v], index) => {
    let at = warp(u * 250, v * 250)
    for (let turn = 0; turn < 200 && !fits(at); turn++) {
      const a = turn * 2.4
      const away = 15 * turn
      at = warp(u * 250 + away * Math.cos(a), v * 250 + away * Math.sin(a))
    }
    return { id: `PL-${String(index + 1).padStart(2, '0')}`, kind, name, nameEn, at }
  })
}

export const placeFeature = ({ id, kind, name, nameEn, at }: Place): PlaceFeature => ({
  type: 'Feature',
  properties: { id, kind, name, nameEn },
  geometry: { type: 'Point', coordinates: [...toLonLat(at)] as [number, number] },
})
