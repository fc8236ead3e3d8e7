/**
 * Names for streets, estates, schools and the rest: two fitting characters and an ending, each pair given away once. English is
 * the characters' pinyin with the ending translated.
 */
import type { Point } from './plane.ts'
import type { Random } from './random.ts'

export interface Name {
  readonly zh: string
  readonly en: string
}

/** First characters: what a place is like, or what grows there. */
const firsts =
  '云yun 松song 竹zhu 梅mei 兰lan 桂gui 荷he 枫feng 柳liu 桐tong 杏xing 桃tao 梨li 棠tang 槐huai 榆yu 清qing 澄cheng 晴qing 明ming 秋qiu 春chun 听ting 临lin 揽lan 怀huai 归gui 鹭lu 鹤he 雁yan 凤feng 金jin 银yin 玉yu 水shui 溪xi 湖hu 潮chao 月yue 星xing 永yong 安an 和he 文wen 书shu 青qing 碧bi 翠cui 紫zi 丹dan 白bai 长chang 东dong 南nan 西xi 北bei 新xin 古gu 大da 景jing 瑞rui 祥xiang 福fu 德de 仁ren 义yi 礼li 信xin 康kang 宁ning 嘉jia 锦jin 华hua 丰feng 同tong 崇chong 尚shang 知zhi 致zhi 思si 惠hui 观guan 望wang 沐mu 采cai 鹿lu 莲lian 芳fang 蓝lan'
/** Second characters: what it is. */
const seconds =
  '溪xi 江jiang 泉quan 塘tang 浦pu 渚zhu 汀ting 洲zhou 岭ling 峰feng 岩yan 谷gu 林lin 园yuan 亭ting 台tai 阁ge 桥qiao 渡du 津jin 港gang 湾wan 月yue 霞xia 风feng 岚lan 阳yang 华hua 光guang 安an 宁ning 和he 丰feng 泽ze 瑞rui 祥xiang 康kang 平ping 川chuan 原yuan 池chi 屏ping 坪ping 坡po 苑yuan 庭ting 堂tang 庐lu 舟zhou 帆fan 波bo 澜lan 汇hui 兴xing 昌chang 盛sheng 远yuan 达da 景jing 秀xiu 岸an 堤di 井jing 墩dun 湖hu 潭tan 洋yang 源yuan 滨bin 门men 坊fang 善shan 贤xian 学xue 文wen'
/** Pairs that are a real place, a brand, or read oddly. */
const refused = new Set(
  '松江 金山 桂林 江门 长江 东江 西江 北江 大江 东阳 南阳 南宁 安宁 永康 嘉兴 宁波 丹阳 长安 西安 东港 金华 玉溪 新昌 绍兴 长宁 青阳 青浦 古浪 大庆 大兴 新兴 东平 西平 南平 北平 白洋 南洋 西洋 东洋 大洋 北洋 华阳 瑞安 新安 同安 惠安 景安 瑞昌 宁远 清远 安康 德兴 德阳 东台 烟台 信阳 信丰 南康 和平 明光 文昌 福安 福清 永安 永兴 永和 平原 大门 大堂 大学 大文 文学 书学 书门 水门 水井 金门 白门 北门 南门 东门 西门 长门 古门 新门 月月 安安 和和 华华 祥祥 瑞瑞 文文 景景 丰丰 宁宁 康康 湖湖 溪溪 永远 长远 知远 水波 金池 银池 大池 大墩 水墩 白坡 大坡 水坡 望门 听门 归门 同学 新学 大阳 水阳 水光 水安 水宁 文安 义学 礼学 礼堂 福堂 同堂 灵堂 金堂 玉门 长平 长春 长兴 长丰 永平 永昌 永丰 安平 安阳 安源 新源 新平 新宁 新丰 南昌 南安 西昌 西和 西平 东兴 东源 东安 东光 福鼎 康平 康宁 嘉善 嘉祥 华安 华宁 华容 丰宁 丰台 同心 崇文 景宁 德安 德昌 仁和 怀安 怀远 惠阳 惠东 望江 望都 大丰 大安 金阳 金川 金平 金坛 银川 玉林 玉泉 湖滨 星洲 清原 清丰 清江 凤阳 凤台 凤庆 白云 白河 临江 临泽 临潭 春光'.split(
    ' ',
  ),
)

const parse = (text: string) => text.split(' ').map((word) => ({ zh: word[0] as string, en: word.slice(1) }))

export interface Names {
  /** A pair nobody has yet, for example 云溪 / Yunxi. Throws when all are given away. */
  pair(): Name
  /** A street's name, by the way it runs and how great it is. */
  street(points: readonly Point[], isLane?: boolean): Name
  /** A name made with an ending, for example 小学 / Primary School. */
  with(zhEnd: string, enEnd: string): Name
}

const upper = (word: string) => (word[0] ?? '').toUpperCase() + word.slice(1)

export function makeNames(random: Random): Names {
  const [heads, tails] = [parse(firsts), parse(seconds)]
  const all = heads.flatMap((head) =>
    tails
      .filter((tail) => tail.zh !== head.zh && !refused.has(head.zh + tail.zh))
      .map((tail): Name => ({ zh: head.zh + tail.zh, en: upper(head.en + tail.en) })),
  )
  // One of each sound: who reads pinyin must tell them apart too.
  const sounds = new Set<string>()
  const free = random.shuffled(all).filter(({ en }) => !sounds.has(en) && sounds.add(en))
  const pair = (): Name => {
    const name = free.pop()
    if (name === undefined) throw new RangeError('all names are given away')
    return name
  }
  return {
    pair,
    street(points, isLane = false) {
      const { zh, en } = pair()
      const [a, b] = [points[0] as Point, points[points.length - 1] as Point]
      const isNorthSouth = Math.abs(b[1] - a[1]) > Math.abs(b[0] - a[0])
      if (isLane) return isNorthSouth ? { zh: `${zh}巷`, en: `${en} Lane` } : { zh: `${zh}弄`, en: `${en} Alley` }
      return isNorthSouth ? { zh: `${zh}路`, en: `${en} Road` } : { zh: `${zh}街`, en: `${en} Street` }
    },
    with(zhEnd, enEnd) {
      const { zh, en } = pair()
      return { zh: zh + zhEnd, en: `${en} ${enEnd}` }
    },
  }
}
