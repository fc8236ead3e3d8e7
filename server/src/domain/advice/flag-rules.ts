/**
 * By which words a report is suggested to be marked 紧急类 or 扬言 (kinds of urgent 12345 tickets: field reference §1.4), in this project's own words.
 * Words apart by spaces, an English phrase joined by `_`. A rule speaks where each of its lists has a word in one clause, or one sentence;
 * a threat is urgent too. Whoever changes a word here raises the version of `flagsAlgorithm`.
 */
import type { CaseFlag } from '../../../../shared/model/case-facts.ts'
import type { Term } from '../../../../shared/model/term.ts'

export type SuggestedFlag = Extract<CaseFlag, 'urgent' | 'threat'>

export interface FlagRule {
  readonly id: string
  readonly flag: SuggestedFlag
  /** What the words speak of. */
  readonly name: Term
  /** A word of each list; the first list's are the ones that may be denied, over, or only feared. */
  readonly lists: readonly string[]
  /** How far apart they may stand. */
  readonly within: 'clause' | 'sentence'
  /** Phrases in which a word of the first list means something else. */
  readonly except?: string
  /** Words that say it is over, or only feared, do not count against it: a threat speaks of what is to come. */
  readonly ofLater?: true
  /** 0 … 1. */
  readonly confidence: number
}

const intent =
  '扬言 威胁 声称 要去 要是 就要 就去 就 准备 打算 想要 想 要 不然 否则 再不 只能 只好 逼我 算了 ' +
  "will i'll we'll he'll she'll they'll going_to gonna threatens threatened threatening or_else wants_to want_to about_to"

export const flagRules: readonly FlagRule[] = [
  {
    id: 'threat-said',
    flag: 'threat',
    name: { zh: '明言威胁', en: 'A threat in so many words' },
    lists: [
      '扬言 同归于尽 玉石俱焚 报复社会 寻短见 不想活 活不下去 死给你 死给他们 kill_myself kill_himself kill_herself end_my_life take_my_own_life',
    ],
    within: 'clause',
    ofLater: true,
    confidence: 0.9,
  },
  {
    id: 'threat-self',
    flag: 'threat',
    name: { zh: '扬言自伤', en: 'Threat to harm oneself' },
    lists: ['跳楼 跳河 跳江 跳桥 自杀 自焚 上吊 喝农药 割腕 轻生 jump_off jump_from', intent],
    within: 'sentence',
    except: '跳楼机 跳楼价 跳楼大甩卖 跳楼甩卖 自杀式 上吊灯 上吊顶 jump_from_page',
    ofLater: true,
    confidence: 0.8,
  },
  {
    id: 'threat-others',
    flag: 'threat',
    name: { zh: '扬言伤人毁物', en: 'Threat to harm people or things' },
    lists: [
      '杀人 杀了 杀光 砍人 砍死 捅人 捅死 打死 弄死 炸了 炸掉 炸平 放火 纵火 泼汽油 泼硫酸 一把火 kill_you kill_him kill_her kill_them kill_someone stab ' +
        'burn_down burn_it_down set_fire_to blow_up bomb',
      intent,
    ],
    within: 'sentence',
    except: '放火锅 放火腿 油炸了 炸了鸡 杀了价 打死结 打死角 bomb_cyclone bath_bomb blow_up_mattress',
    ofLater: true,
    confidence: 0.8,
  },
  {
    id: 'threat-crowd',
    flag: 'threat',
    name: { zh: '扬言聚集', en: 'Threat to gather or block' },
    lists: [
      '堵路 堵门 堵马路 拉横幅 集体上访 越级上访 静坐 围堵 聚众 block_the_road block_the_gate hunger_strike',
      intent,
    ],
    within: 'clause',
    ofLater: true,
    confidence: 0.6,
  },
  {
    id: 'urgent-cover',
    flag: 'urgent',
    name: { zh: '井盖隐患', en: 'Dangerous cover' },
    lists: [
      '缺失 没了 不见了 丢了 被偷 掉了 掉下去 敞开 塌陷 塌了 破了 碎了 翘起 移位 没有盖 没盖 没有井盖 没井盖 missing gone open broken collapsed stolen',
      '井盖 窨井 井口 盖板 雨水箅子 雨水篦子 下水道口 manhole storm_drain drain_cover',
    ],
    within: 'clause',
    confidence: 0.7,
  },
  {
    id: 'urgent-wires',
    flag: 'urgent',
    name: { zh: '线缆隐患', en: 'Dangerous wires' },
    lists: [
      '掉下来 掉落 脱落 断了 断落 垂下来 垂到 垂地 拖地 裸露 冒火花 漏电 搭在 down fallen hanging sparking exposed',
      '电线 线缆 电缆 架空线 高压线 光缆 电线杆 wire wires cable cables power_line power_lines',
    ],
    within: 'clause',
    confidence: 0.7,
  },
  {
    id: 'urgent-people',
    flag: 'urgent',
    name: { zh: '人员遇险', en: 'People in danger' },
    lists: [
      '被困 困在 受伤 砸伤 撞伤 摔伤 流血 昏迷 晕倒 触电 溺水 落水 中毒 呼吸困难 掉进 injured hurt bleeding unconscious trapped electrocuted drowning collapsed_person',
    ],
    within: 'clause',
    confidence: 0.8,
  },
  {
    id: 'urgent-fire-gas',
    flag: 'urgent',
    name: { zh: '火情燃气', en: 'Fire or gas' },
    lists: [
      '着火 起火 明火 浓烟 爆炸 燃气泄漏 煤气泄漏 漏气 煤气味 燃气味 天然气味 on_fire explosion smell_of_gas gas_smell gas_leak',
    ],
    within: 'clause',
    except: '着火锅 起火锅 爆炸头 爆炸性 爆炸式 轮胎漏气 车胎漏气 气球漏气 灭火器漏气 明火烧烤',
    confidence: 0.8,
  },
  {
    id: 'urgent-living',
    flag: 'urgent',
    name: { zh: '生活急难求助', en: 'Help to live on' },
    lists: [
      '停水 停电 停气 停暖 断水 断电 断气 没水 没电 没暖气 no_water no_power no_electricity no_heating power_cut',
      '老人 病人 病重 呼吸机 透析 婴儿 孕妇 残疾 瘫痪 三天 四天 五天 好几天 一周 ventilator dialysis baby elderly disabled days',
    ],
    within: 'sentence',
    except: '停电动 停电瓶 停电车 停电三轮 停水泥 没水平 没水印 没电梯 没电动 没电瓶 断水管 断电线 断电缆 断水泥',
    confidence: 0.7,
  },
  {
    id: 'urgent-many',
    flag: 'urgent',
    name: { zh: '多人集中反映', en: 'Many people at once' },
    lists: [
      '停水 停电 停气 停暖 断水 断电 臭气 恶臭 没法住 没法睡 无法入睡 联名 no_water no_power no_electricity no_heating stench',
      '整栋 整幢 全楼 全小区 整个小区 整条街 几十户 上百户 几百户 许多居民 很多居民 众多居民 业主群 whole_building whole_street all_residents many_residents',
    ],
    within: 'sentence',
    except: '停电动 停电瓶 停电车 停电三轮 停水泥 断水管 断电线 断电缆 断水泥',
    confidence: 0.6,
  },
]
