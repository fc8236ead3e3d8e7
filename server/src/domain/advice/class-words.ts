/**
 * How people speak of each class of case, beside the class's own name and keywords: what callers say rather than what a form says. Words apart by
 * spaces; an English phrase joins its words by `_`. A city whose classes have other codes is read by names and keywords alone.
 */
export const classWords: Readonly<Record<string, string>> = {
  P0101: '自来水井 供水井 水表井 给水 供水井盖 自来水井盖 water_manhole',
  P0102: '污水井 污水井盖 化粪池 臭味往外冒 sewer_cover',
  P0104: '雨水口 雨箅子 雨水篦子 雨水井 箅子 下水口 落叶堵 storm_drain drain_grate',
  P0111: '燃气井 煤气井 燃气井盖 gas_manhole gas_cover',
  P0123:
    '井盖松动 井盖翻 响得厉害 井盖没了 井盖不见 井盖丢 井盖移位 井盖翘 没有盖子 窨井 井口敞开 井盖 missing_manhole open_manhole manhole',
  P0124: '消火栓 消防栓 消防水带 hydrant',
  P0128: '环网柜 电柜 电箱有隐患 电箱 配电箱 变压器 电柜 箱变 电箱门 power_box transformer electrical_box',
  P0137: '庭院灯 景观灯 灯白天亮 路灯 灯不亮 不亮 黑灯 摸黑 一闪一闪 灯杆 street_light streetlight street_lamp lamp',
  P0150: '摄像头 探头 监控 camera',
  P0201: '停车位 车位 咪表 停车场 道闸 parking',
  P0204: '公交站 站台 候车亭 站牌 候车 bus_stop bus_shelter',
  P0209: '桥面 桥墩 桥栏 伸缩缝 大桥 桥梁 bridge',
  P0212: '路名牌 路牌 指路牌 street_sign road_sign',
  P0217: '防撞护栏 护栏松 护栏 隔离栏 栏杆 隔离墩 guardrail guard_rail railing',
  P0289: '红绿灯 信号灯 红灯 绿灯 倒计时 traffic_light traffic_signal traffic_lights',
  P0284: '人行道 地砖 盲道 路沿石 步道砖 彩砖 sidewalk pavement paving kerb curb',
  P0301: '公厕 公共厕所 厕所 卫生间 toilet restroom',
  P0305: '果皮箱只剩 垃圾桶坏了 桶破 垃圾桶坏 果皮箱 垃圾箱 桶盖 垃圾桶破 broken_bin litter_bin',
  P0402: '树冠 枯树 蛀空 树木 树枝 大树 树倒 断枝 树断 枯枝 行道树 树干 倒伏 tree branch',
  P0408: '绿化围栏 围栏 绿化带护栏 草坪护栏 绿地栏杆 绿地护栏 park_fence',
  P0508: '防汛墙 堤岸 驳岸 渗水 堤防 flood_wall levee',
  P0596:
    '电梯 按钮失灵 开关门 维保 年检 电梯坏 电梯停 电梯故障 电梯不能用 电梯抖 停运 lift_out elevator_out lift_not_working',
  P0597: '泵站 水泵 抽水泵 排涝泵 pump',
  E0101: '违建 违章搭建 私自搭建 搭建 加盖 违法建筑 阳光房 彩钢 封阳台 illegal_building illegal_structure',
  E0110:
    '散落 快递包装 饭盒 烂菜叶 保洁 垃圾没人收 暴露的垃圾 拉圾 垃圾 生活垃圾 一堆垃圾 没人清 垃圾袋 厨余 垃圾乱扔 苍蝇 trash rubbish litter garbage',
  E0111: '渣土 建筑垃圾 装修垃圾 砖块 水泥块 石膏板 砖头 rubble debris construction_waste dumped',
  E0112:
    '痰迹 口香糖 烟头 清扫 扫路车 又脏又滑 路面脏 污渍 油污 泥浆 油渍 呕吐 洒水 泥水 撒漏 没人扫 落叶 dirty_road mud oil_stain spilled',
  E0113: '坑洞 坑洼 大坑 路面破 路坑 深坑 柏油 沥青 路面裂 道路破损 pothole cracked_asphalt hole_in_the_road hole',
  E0120: '烧垃圾 焚烧 烧树叶 露天烧 烧东西 烧秸秆 燃烧 burning',
  E0126: '河水 河面 水发黑 河道 死鱼 偷排 排污 水发臭 river_pollution polluted river',
  E0135:
    '洗衣机 电视机 橱柜 大件垃圾 桌椅 旧沙发 床垫 旧家具 沙发 衣柜 冰箱 大件 家电 sofa mattress furniture appliance',
  E0137: '死猫 死狗 死老鼠 动物尸体 死了的 尸体 dead_cat dead_dog dead_animal dead',
  E0192:
    '放不下 投放点 桶满 塞爆 盖子合不上 满溢 满了 垃圾桶满 满出来 溢出 堆满 爆满 没人收 清运 垃圾房 overflowing_bin overflowing full',
  E0201: '小广告 牛皮癣 涂鸦 喷漆 贴广告 乱贴 广告贴 贴满 poster graffiti flyers',
  E0301:
    '施工噪音 电镐 打桩机 挖机 装修队 施工噪声 夜间施工 工地噪音 半夜施工 打桩 电钻 混凝土 睡不着 吵 工地 construction_noise noise',
  E0302: '施工占道 围挡 占了一半路 占道施工 挖路 开挖 围起来 roadworks',
  E0304: '扬尘 灰尘 尘土 黄土 喷淋 灰大 裸土 dust',
  E0401:
    '占道经营 花车 炒饭 叫卖 无证 摆摊 流动摊 摊贩 小贩 地摊 占道卖 游商 烧烤摊 三轮车卖 煎饼 vendor vendors stall vending',
  E0410:
    '非机动车 电动自行车 小黄车 横七竖八 共享单车 单车 电动车乱停 乱停 乱放 自行车 电瓶车 shared_bikes bicycles scooters bikes',
  E0488: '人太多 人挤人 拥挤 排队 人流 踩踏 挤不动 客流 crowd crowded',
  E0496: '消防通道 消防车 生命通道 堵住通道 消防登高 fire_lane fire_exit',
  E0501: '水管爆 爆管 自来水管 水管破 喷水 往外喷 没水 停水 水压 漏水 water_main burst_pipe no_water water_pressure',
  E0502: '燃气管 燃气报警 煤气罐 管子被挖断 煤气味 燃气味 煤气 燃气 臭鸡蛋 漏气 gas_smell gas_leak gas',
  E0503: '脏水 往外溢 管道堵 排水管 疏通 下水道 污水冒 冒溢 返水 污水 下水堵 往上冒 反水 sewage sewer blocked',
  E0505: '塌陷 塌了 地陷 下沉 空洞 塌方 sinkhole collapsed collapse',
  E0506: '积水 淹水 水深 内涝 被淹 没过 淹了 蹚水 涉水 flooded flood standing_water',
  E0507: '积雪 结冰 打滑 路面冰 冰面 除雪 snow ice icy',
  E0508: '通信线 架空线 断线 弱电线 电线 线缆 掉下来 垂下来 电缆 光缆 线垂 挂着线 wire cable wires',
  E0512: '水位 涨水 河水涨 漫上 超警 漫堤 river_level water_level',
  E0587: '着火 起火 火灾 冒烟 浓烟 明火 火苗 烧起来 烟感 fire smoke flames',
  E0596: '广告牌 要掉 松动 外墙 瓷砖 坠落 掉下 空调外机 招牌 墙皮 玻璃 falling loose_sign billboard tiles',
  E0597: '独居 老人 没人应 敲门 联系不上 孤寡 elderly lives_alone',
  E0598: '停电 没电 断电 跳闸 黑了 一片漆黑 恢复供电 power_cut blackout power_outage no_power outage',
  E0599: '电梯 电梯困人 困人 被困电梯 电梯里 关在电梯 困在 被困 trapped stuck_in_the_lift stuck',
  E0595: '险情 突发 危险 紧急 emergency danger',
  E0686: '异味 臭味 刺鼻 油烟 废气 呛 难闻 烧焦味 smell fumes stink odour',
  E0689: '堵车 拥堵 堵死 动不了 排长队 车流 缓行 堵得 traffic_jam congestion jam',
  E0699: '广场舞 邻里 纠纷 养狗 不拴绳 凉亭 滑梯 健身器材 物业 调解 咨询 建议 其他',
}

/** What makes a case more urgent than its class, whatever the class. */
export const urgentWords: readonly (readonly [priority: 1 | 2, words: string])[] = [
  [
    1,
    '着火 起火 爆炸 有人受伤 受伤 流血 昏迷 触电 溺水 掉下去了 掉进 被困 困在 煤气中毒 中毒 窒息 生命危险 injured trapped unconscious explosion electrocuted',
  ],
  [2, '有人摔 摔伤 摔倒 差点出事 漏电 很危险 随时会 要塌 孩子 老人摔 马上要掉 dangerous about_to_fall fell'],
]
