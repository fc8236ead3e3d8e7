/**
 * What citizens write: a small grammar of troubles, places, moods and details. Seeded; every person and number is made up
 * (numbers of a range nobody is given).
 */
import type { Random } from '../city/random.ts'
import type { CitizenRequest, CitizenSite } from './citizen-request.ts'

interface Trouble {
  readonly code: string
  readonly weight: number
  readonly what: readonly string[]
  readonly detail: readonly string[]
}

export const troubles: readonly Trouble[] = [
  {
    code: 'E0110',
    weight: 5,
    what: ['路边堆了好几袋生活垃圾', '绿化带里全是外卖盒和塑料袋', '墙角有暴露垃圾', '垃圾没人收，散了一地'],
    detail: ['味道很大', '已经两天了', '苍蝇很多', '早上上班就看到了'],
  },
  {
    code: 'E0192',
    weight: 4,
    what: ['垃圾桶满溢，都掉到外面来了', '四个分类桶全满了', '果皮箱塞满了没人清'],
    detail: ['麻烦尽快清运', '旁边就是早餐店', '味道受不了'],
  },
  {
    code: 'E0113',
    weight: 4,
    what: ['机动车道有一个坑', '路面裂了一大片', '非机动车道坑洼不平', '井边的沥青塌了一块'],
    detail: ['电动车差点摔倒', '大概有脸盆那么大', '下雨天看不见很危险', '晚上没有灯更危险'],
  },
  {
    code: 'P0123',
    weight: 3,
    what: ['井盖松动，车子压过去响得厉害', '井盖移位露出一条缝', '有个井盖不见了'],
    detail: ['小孩经常在这里玩', '半夜一直响', '有人放了块木板挡着'],
  },
  {
    code: 'P0137',
    weight: 4,
    what: ['路灯不亮', '连着三盏路灯都灭了', '路灯白天也一直亮着', '灯杆歪了'],
    detail: ['晚上很黑', '老人走路不方便', '从上周开始的'],
  },
  {
    code: 'P0402',
    weight: 2,
    what: ['行道树的树枝断了挂在半空', '一棵树歪得厉害', '树枝挡住了红绿灯'],
    detail: ['风大怕掉下来', '下面停着车', '请尽快修剪'],
  },
  {
    code: 'E0506',
    weight: 2,
    what: ['路口积水没过脚踝', '下立交有积水', '小区门口积水排不掉'],
    detail: ['车子都绕着走', '雨水口好像堵了', '水是浑的'],
  },
  {
    code: 'E0503',
    weight: 2,
    what: ['污水从井里冒出来了', '下水道堵了往外溢', '雨水口被树叶堵死'],
    detail: ['臭得很', '流到人行道上了', '上个月也堵过'],
  },
  {
    code: 'E0401',
    weight: 3,
    what: ['有人占着人行道摆摊', '流动摊贩聚在学校门口', '水果车停在路口卖'],
    detail: ['行人只能走车道', '每天傍晚都来', '油烟很大'],
  },
  {
    code: 'E0410',
    weight: 4,
    what: ['共享单车堆满了人行道', '电动车乱停堵住了出入口', '盲道上停满了自行车'],
    detail: ['轮椅过不去', '公交站都站不下人了', '请派人摆一摆'],
  },
  {
    code: 'E0201',
    weight: 3,
    what: ['墙上贴满小广告', '电线杆上喷了办证广告', '楼道口被乱涂乱画'],
    detail: ['刚清理完又有了', '影响很不好'],
  },
  {
    code: 'E0301',
    weight: 3,
    what: ['工地半夜还在施工', '对面工地打桩声音太大', '装修噪声很大'],
    detail: ['孩子睡不着', '已经过了十点', '昨天也是这样'],
  },
  {
    code: 'E0304',
    weight: 2,
    what: ['工地扬尘很大，没有喷淋', '渣土车出来一路灰'],
    detail: ['窗户都不敢开', '路面全是泥'],
  },
  {
    code: 'E0135',
    weight: 2,
    what: ['有人扔了旧沙发和床垫', '路边堆着旧柜子', '报废冰箱丢在树下'],
    detail: ['挡住了人行道', '好几天没人管'],
  },
  { code: 'E0137', weight: 1, what: ['路中间有动物尸体', '绿化带里有一只死猫'], detail: ['请尽快处理', '怕有细菌'] },
  {
    code: 'P0289',
    weight: 1,
    what: ['红绿灯不亮了', '信号灯一直是红灯', '倒计时不显示'],
    detail: ['路口很乱', '没有交警', '早高峰堵得厉害'],
  },
  {
    code: 'P0217',
    weight: 1,
    what: ['护栏被撞倒了一段', '隔离栏歪到车道上'],
    detail: ['占了半个车道', '晚上看不清'],
  },
  {
    code: 'E0496',
    weight: 2,
    what: ['消防通道被私家车堵住', '小区消防登高面停满了车'],
    detail: ['万一起火怎么办', '物业不管'],
  },
  { code: 'E0126', weight: 1, what: ['河水发黑', '有人往河里排污水'], detail: ['能看到死鱼', '味道刺鼻'] },
  {
    code: 'E0508',
    weight: 1,
    what: ['有根线掉下来了', '架空的线缆垂到了头顶高'],
    detail: ['不知道有没有电', '大家都绕着走'],
  },
  {
    code: 'E0699',
    weight: 1,
    what: ['想反映一个问题，健身器材坏了', '公交站广告牌松动'],
    detail: ['麻烦转给有关部门', '谢谢'],
  },
]

const openings = ['您好，', '你好，', '', '', '工作人员您好，', '反映一下：']
const closings = ['', '', '请尽快处理，谢谢。', '麻烦派人看看。', '希望尽快解决！', '之前打过电话没人来。', '谢谢。']
const families = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜'
const titles = ['先生', '女士', '先生', '女士', '阿姨', '师傅', '同学']

export interface Citizens {
  next(): CitizenRequest | null
}

/** `codes` are the services the city offers; what it does not offer nobody can ask for. */
export function citizens(sites: readonly CitizenSite[], codes: ReadonlySet<string>, random: Random): Citizens {
  const offered = troubles.filter(({ code }) => codes.has(code))
  const weights = offered.reduce((sum, { weight }) => sum + weight, 0)
  let earlier: { readonly request: CitizenRequest; readonly trouble: Trouble } | null = null

  const write = (trouble: Trouble, site: CitizenSite): CitizenRequest => {
    const details = random.shuffled(trouble.detail).slice(0, random.whole(0, 2))
    const story = [`${site.words}${random.pick(['', '附近', '这边', '旁边'])}${random.pick(trouble.what)}`, ...details]
    return {
      serviceCode: trouble.code,
      site,
      hasPosition: !random.chance(0.07),
      description: `${random.pick(openings)}${story.join('，')}。${random.pick(closings)}`,
      name: random.pick([...families]) + random.pick(titles),
      phone: `1990000${String(random.whole(0, 9999)).padStart(4, '0')}`,
      accountId: null,
    }
  }
  return {
    next() {
      if (offered.length === 0 || sites.length === 0) return null
      // A second person sees the same thing and says it in other words.
      if (earlier && random.chance(0.09)) {
        const again = write(earlier.trouble, earlier.request.site)
        earlier = null
        return again
      }
      let ticket = random.next() * weights
      const trouble = offered.find(({ weight }) => (ticket -= weight) < 0) ?? (offered[0] as Trouble)
      const request = write(trouble, random.pick(sites))
      earlier = { request, trouble }
      return request
    },
  }
}
