/** Places people steer by: how many of a kind a city has, how far apart they keep, in which quarters, and how they are named. */
import type { QuarterStyle } from './plan.ts'

export interface PlaceKind {
  readonly kind: string
  /** In the whole city. */
  readonly count: number
  readonly apartM: number
  readonly styles: readonly QuarterStyle[]
  /** Named one by one. */
  readonly fixed?: readonly (readonly [zh: string, en: string])[]
  /** Then with a pair of characters and an ending, */
  readonly ending?: readonly [zh: string, en: string]
  /** or by the street division it stands in and an ending. */
  readonly local?: readonly [zh: string, en: string]
}

const lived: readonly QuarterStyle[] = ['old', 'centre', 'mixed', 'estate']
const made: readonly QuarterStyle[] = ['industry', 'zone', 'port']

export const placeKinds: readonly PlaceKind[] = [
  { kind: 'government', count: 3, apartM: 900, styles: ['centre', 'mixed'], fixed: [['市行政中心', 'City Hall'], ['市政务服务中心', 'Citizen Service Centre'], ['市城市运行中心', 'City Operations Centre']] },
  { kind: 'culture', count: 7, apartM: 700, styles: ['centre', 'mixed', 'old'], fixed: [['澜汀博物馆', 'Lanting Museum'], ['市图书馆', 'City Library'], ['澜汀大剧院', 'Lanting Grand Theatre'], ['市科技馆', 'Science Museum'], ['市规划馆', 'Planning Hall'], ['澜汀美术馆', 'Lanting Art Museum'], ['鼓楼', 'Drum Tower']] },
  { kind: 'stadium', count: 3, apartM: 2500, styles: ['mixed', 'estate'], fixed: [['澜汀体育中心', 'Lanting Sports Centre'], ['市民健身中心', 'Citizens’ Gymnasium'], ['滨海体育公园', 'Binhai Sports Park']] },
  { kind: 'coach-station', count: 3, apartM: 4000, styles: ['mixed', 'estate'], fixed: [['澜汀客运总站', 'Lanting Coach Terminal'], ['城南客运站', 'South Coach Station'], ['城西客运站', 'West Coach Station']] },
  { kind: 'hospital', count: 14, apartM: 1500, styles: lived, fixed: [['澜汀市人民医院', "Lanting People's Hospital"], ['市第二人民医院', "No. 2 People's Hospital"], ['市中医院', 'Hospital of Chinese Medicine'], ['市妇幼保健院', "Women and Children's Hospital"], ['市儿童医院', "Children's Hospital"], ['市急救中心', 'Emergency Medical Centre'], ['澜汀大学附属医院', 'Lanting University Hospital']], local: ['医院', 'Hospital'] },
  { kind: 'university', count: 6, apartM: 700, styles: ['campus'], fixed: [['澜汀大学', 'Lanting University'], ['澜汀理工大学', 'Lanting University of Technology'], ['澜汀师范学院', 'Lanting Normal College'], ['澜汀海事学院', 'Lanting Maritime College'], ['澜汀医学院', 'Lanting Medical College'], ['澜汀艺术学院', 'Lanting College of Arts']] },
  { kind: 'school', count: 62, apartM: 620, styles: lived, fixed: [['市第一中学', 'No. 1 Middle School'], ['市第二中学', 'No. 2 Middle School'], ['市实验小学', 'Experimental Primary School'], ['澜汀外国语学校', 'Lanting Foreign Languages School']], ending: ['小学', 'Primary School'] },
  { kind: 'school', count: 30, apartM: 1100, styles: lived, ending: ['中学', 'Middle School'] },
  { kind: 'kindergarten', count: 40, apartM: 700, styles: lived, ending: ['幼儿园', 'Kindergarten'] },
  { kind: 'mall', count: 22, apartM: 850, styles: ['centre', 'mixed'], fixed: [['澜汀中心', 'Lanting Centre'], ['滨江天地', 'Riverside Plaza']], ending: ['广场', 'Plaza'] },
  { kind: 'market', count: 34, apartM: 900, styles: lived, local: ['农贸市场', 'Market'] },
  { kind: 'hotel', count: 14, apartM: 700, styles: ['centre', 'mixed'], ending: ['大酒店', 'Hotel'] },
  { kind: 'care-home', count: 16, apartM: 1300, styles: ['mixed', 'estate'], ending: ['养老院', 'Care Home'] },
  { kind: 'community', count: 48, apartM: 700, styles: [...lived, 'village'], local: ['社区服务中心', 'Community Centre'] },
  { kind: 'police', count: 40, apartM: 1000, styles: [...lived, 'zone'], local: ['派出所', 'Police Station'] },
  { kind: 'traffic-police', count: 8, apartM: 2400, styles: ['mixed', 'estate'], local: ['交警中队', 'Traffic Police'] },
  { kind: 'fire', count: 18, apartM: 1900, styles: [...lived, ...made], local: ['消防救援站', 'Fire Station'] },
  { kind: 'urban-management', count: 14, apartM: 1900, styles: lived, local: ['城管中队', 'Urban Management Post'] },
  { kind: 'sanitation-depot', count: 14, apartM: 1900, styles: ['estate', 'mixed', 'industry'], local: ['环卫作业站', 'Sanitation Depot'] },
  { kind: 'road-depot', count: 9, apartM: 2500, styles: ['estate', 'industry', 'zone'], local: ['市政养护站', 'Road Depot'] },
  { kind: 'parks-depot', count: 6, apartM: 2500, styles: ['estate', 'mixed'], local: ['园林养护站', 'Parks Depot'] },
  { kind: 'lighting-depot', count: 3, apartM: 3500, styles: ['estate', 'mixed'], local: ['照明维护站', 'Lighting Depot'] },
  { kind: 'substation', count: 24, apartM: 1500, styles: [...lived, ...made], ending: ['变电站', 'Substation'] },
  { kind: 'gas-station', count: 14, apartM: 1900, styles: ['estate', 'mixed', ...made], ending: ['燃气调压站', 'Gas Pressure Station'] },
  { kind: 'petrol', count: 22, apartM: 1300, styles: ['estate', 'mixed', 'zone', 'industry'], ending: ['加油站', 'Petrol Station'] },
  { kind: 'waterworks', count: 3, apartM: 4000, styles: ['estate', 'village', 'industry'], fixed: [['城西水厂', 'West Waterworks'], ['城北水厂', 'North Waterworks'], ['临港水厂', 'Port Waterworks']] },
  { kind: 'sewage', count: 4, apartM: 4000, styles: made, fixed: [['城东污水处理厂', 'East Sewage Works'], ['临港污水处理厂', 'Port Sewage Works'], ['城西污水处理厂', 'West Sewage Works'], ['高新区污水处理厂', 'High-Tech Zone Sewage Works']] },
  { kind: 'parking', count: 60, apartM: 520, styles: ['centre', 'mixed', 'estate', 'old'], ending: ['停车场', 'Car Park'] },
  { kind: 'key-site', count: 14, apartM: 700, styles: ['industry', 'port'], fixed: [['临港油库', 'Port Oil Depot'], ['液化天然气接收站', 'LNG Terminal'], ['危化品仓储园', 'Hazardous Goods Store']], ending: ['化工厂', 'Chemical Works'] },
  { kind: 'factory', count: 26, apartM: 500, styles: ['industry', 'zone'], ending: ['制造厂', 'Works'] },
  { kind: 'terminal', count: 6, apartM: 500, styles: ['port'], fixed: [['集装箱一号码头', 'Container Terminal 1'], ['集装箱二号码头', 'Container Terminal 2'], ['散货码头', 'Bulk Terminal'], ['客运码头', 'Passenger Terminal'], ['澜汀海关', 'Lanting Customs'], ['港口调度中心', 'Port Control']] },
  { kind: 'construction', count: 40, apartM: 650, styles: ['estate', 'mixed', 'zone'], ending: ['工地', 'Building Site'] },
  { kind: 'estate', count: 150, apartM: 420, styles: ['estate', 'mixed'], ending: ['小区', 'Estate'] },
] // prettier-ignore
