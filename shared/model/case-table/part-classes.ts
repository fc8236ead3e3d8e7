/**
 * 部件 (assets) of the built-in table, in this project's own words; how a line is read: `read-classes.ts`. Numbers follow the national list,
 * those of 78 and above are local additions, counting down.
 */
export const partClasses = `
P01 公用设施 | Public utilities
P0101 供水井盖 | Water manhole cover | 3 | 井盖 缺失 破损 manhole water
  @cover
P0102 污水井盖 | Sewer manhole cover | 3 | 井盖 污水 manhole sewer
  @cover
P0103 雨水井盖 | Storm-water manhole cover | 3 | 井盖 雨水 manhole storm
  @cover
P0104 雨水口 | Storm drain grate | 3 | 雨水箅子 堵塞 drain grate
  箅子破损，或格栅堵塞达三分之一 | Grate broken, or a third of it blocked | 1d | repaired
  箅子缺失或移位 | Grate missing or moved | 2急h | replaced
P0105 电力井盖 | Power manhole cover | 3 | 井盖 电力 manhole power
  @cover
P0106 路灯井盖 | Street-light manhole cover | 3 | 井盖 路灯 manhole light
  @cover
P0107 通信井盖 | Telecom manhole cover | 3 | 井盖 通信 manhole telecom
  @cover
P0108 广电井盖 | Cable-TV manhole cover | 3 | 井盖 广电 manhole cable
  @cover
P0109 网络井盖 | Data-line manhole cover | 3 | 井盖 网络 manhole data
  @cover
P0110 热力井盖 | Heating manhole cover | 3 | 井盖 热力 manhole heating
  @cover
P0111 燃气井盖 | Gas manhole cover | 2 | 井盖 燃气 manhole gas
  @cover
P0112 公安井盖 | Police-line manhole cover | 3 | 井盖 公安 manhole police
  @cover
P0113 消防井盖 | Fire-water manhole cover | 3 | 井盖 消防 manhole fire
  @cover
P0114 园林井盖 | Park manhole cover | 3 | 井盖 园林 manhole park
  @cover
P0118 化粪池井盖 | Septic tank cover | 3 | 井盖 化粪池 manhole septic
  @cover
P0123 井盖移位缺失 | Manhole cover moved or missing | 2 | 井盖 移位 缺失 弹跳 不明 manhole open
  缺失、移位或开裂，权属一时不明 | Missing, moved or cracked, and nobody knows whose it is | 2急h | replaced
  破损超过25平方厘米 | Broken over more than 25 cm² | 1d | repaired
  车过弹跳作响 | Jumps and rattles under wheels | 2d | repaired
  周边150×150厘米内沉陷或高差超过2厘米 | Ground within 150 × 150 cm sunk, or more than 2 cm out of level | 5d | repaired
P0124 消防设施 | Fire hydrant | 2 | 消火栓 漏水 hydrant
  损坏、被圈占或缺少部件 | Damaged, walled in or incomplete | 1d | repaired
  漏水或喷水 | Leaking or gushing | 2急h | repaired
P0125 供水器 | Drinking-water outlet | 3 | 供水器 漏水 water outlet
  漏水 | Leaking | 2急h | repaired
  损坏不能使用 | Broken and of no use | 2d | repaired
P0126 沟槽盖板 | Trench cover | 3 | 盖板 沟槽 trench
  缺失、断裂，人车可能坠入 | Missing or broken: people or wheels may fall in | 4急h | replaced
  破损、松动 | Damaged or loose | 1d | repaired
P0127 通讯交接箱 | Telecom cabinet | 4 | 交接箱 通信 cabinet
  箱门敞开 | Door open | 1d | repaired
  箱体破损、倾斜 | Damaged or leaning | 2d | repaired
  废弃未拆除 | Disused and not taken away | 5d | removed
P0128 电力设施 | Power facility | 2 | 电箱 变压器 漏电 power box
  箱体破损、门敞开 | Box damaged or open | 4d | repaired
  漏电或带电部分外露 | Leaking current, or live parts bare | 2急h | safe
P0129 电力设施标识牌 | Power warning sign | 4 | 标识牌 电力 sign
  缺失、污损或字迹不清 | Missing, dirty or not to be read | 4d | replaced
P0130 电力立杆 | Power pole | 3 | 电杆 倾倒 pole
  倾倒或将倒 | Fallen, or about to | 4急h | safe
  破损、倾斜 | Damaged or leaning | 4d | repaired
P0131 通信立杆 | Telecom pole | 3 | 通信杆 倾倒 pole
  倾倒或将倒 | Fallen, or about to | 4急h | safe
  破损、倾斜、废弃 | Damaged, leaning or disused | 4d | repaired
P0137 路灯 | Street light | 4 | 路灯 不亮 灯杆 streetlight lamp out
  单盏不亮 | One lamp is out | 2d | repaired
  灯杆倾倒、折断或漏电 | Pole fallen or broken, or leaking current | 1d | safe
  成片未按时启闭 | A street is not lit, or not put out, on time | 2h | repaired
P0138 地灯 | Ground light | 4 | 地灯 ground light
  不亮、破损或积水 | Out, broken or full of water | 2d | repaired
  漏电 | Leaking current | 2急h | safe
P0139 景观灯 | Decorative light | 4 | 景观灯 decorative light
  不亮或残缺 | Out, or in part | 2d | repaired
  漏电或将坠落 | Leaking current, or about to fall | 2急h | safe
P0140 报刊亭 | News stand | 4 | 报刊亭 news stand
  破损、脏污或占道 | Damaged, dirty or in the way | 3d | repaired
P0141 电话亭 | Telephone booth | 4 | 电话亭 booth
  破损、脏污 | Damaged or dirty | 3d | repaired
P0142 邮筒 | Letter box | 4 | 邮筒 letter box
  破损、倾斜 | Damaged or leaning | 3d | repaired
P0143 信息亭 | Information stand | 4 | 信息亭 information stand
  破损或不能使用 | Damaged or of no use | 3d | repaired
P0145 自动售货机 | Vending machine | 4 | 售货机 vending machine
  破损、漏电或占道 | Damaged, leaking current or in the way | 3d | repaired
P0146 户外健身设施 | Outdoor gym | 4 | 健身器材 gym
  松动、断裂，可能伤人 | Loose or broken: somebody may be hurt | 1d | safe
  破损、残缺 | Damaged or incomplete | 5d | repaired
P0149 燃气调压站(箱) | Gas pressure station | 2 | 调压箱 燃气 gas station
  箱体破损、护栏缺失 | Housing damaged or fence missing | 1d | repaired
  有异味或漏气声 | Smell or hiss of gas | 1急h | safe
P0150 监控设施 | Camera pole | 4 | 摄像头 杆件 camera pole
  杆件倾斜、设备损坏 | Pole leaning or camera damaged | 3d | repaired
P0151 岗亭 | Sentry box | 4 | 岗亭 sentry box
  破损、脏污或废弃 | Damaged, dirty or disused | 3d | repaired
P0152 休息亭 | Shelter | 4 | 休息亭 shelter
  破损、脏污 | Damaged or dirty | 3d | repaired
  结构松动，可能倒塌 | Coming apart, may fall | 1d | safe
P0153 高压线铁塔 | Power pylon | 2 | 铁塔 高压 pylon
  塔基松动、构件缺失 | Footing loose or parts missing | 1d | safe
  攀爬或悬挂异物 | Climbed, or something hangs on it | 4急h | safe
P0154 充电站(桩) | Charging point | 4 | 充电桩 charging
  损坏不能使用 | Broken and of no use | 5d | repaired
  私自设置 | Put up without leave | 2d | removed
  冒烟或漏电 | Smoking, or leaking current | 1急h | safe
P0157 露天燃气管道 | Gas pipe above ground | 2 | 燃气管 gas pipe
  锈蚀、支架松动 | Rusty, or its holders loose | 3d | repaired
  漏气 | Leaking | 1急h | safe
P0178 桥体楼体亮化 | Bridge and facade lights | 4 | 亮化 灯带 facade lights
  残缺、不亮 | Incomplete or out | 3d | repaired
  松脱下垂 | Hanging loose | 1d | safe
P0179 节庆装饰物 | Festive decoration | 4 | 灯笼 彩灯 decoration
  破损、脏污或过期未撤 | Damaged, dirty or left past its day | 2d | removed
P0180 遮阳篷 | Awning | 4 | 遮阳篷 awning
  破损、脏污或松脱 | Damaged, dirty or loose | 3d | repaired
P0181 无障碍坡道盲道 | Ramp or tactile path | 3 | 盲道 坡道 ramp tactile
  被占用 | Occupied | 2h | tidied
  破损、中断 | Damaged or broken off | 5d | repaired
P0186 台阶 | Steps | 4 | 台阶 steps
  破损、松动 | Damaged or loose | 5d | repaired
P0188 边坡挡土墙 | Slope and retaining wall | 2 | 边坡 挡土墙 slope wall
  裂缝、渗水 | Cracked or seeping | 5d | repaired
  鼓胀、掉块，可能坍塌 | Bulging or shedding: may fall | 4急h | safe
P0190 综合管廊设施 | Utility tunnel facility | 2 | 管廊 tunnel
  井口、通风口破损 | Opening or vent damaged | 2d | repaired
  进水、冒烟 | Taking water, or smoking | 2急h | safe
P0192 露天供热管道 | Heating pipe above ground | 3 | 供热管 heating pipe
  保温层破损 | Lagging damaged | 3d | repaired
  漏水、漏汽 | Leaking water or steam | 2急h | safe
P0193 供水压力柜 | Water pressure cabinet | 3 | 压力柜 供水 water cabinet
  柜体破损、门敞开 | Damaged or open | 2d | repaired
P0197 便民驿站 | Wayside service station | 4 | 驿站 station
  设施损坏、未按时开放 | Damaged, or not open when it should be | 2d | repaired
P0199 爱心驿站 | Rest station for street workers | 4 | 爱心驿站 rest station
  设施损坏、未按时开放 | Damaged, or not open when it should be | 2d | repaired
P02 道路交通设施 | Road facilities
P0201 停车设施 | Parking facility | 4 | 停车位 咪表 停车场 parking meter
  标线、标牌、道闸损坏 | Markings, signs or barriers damaged | 3d | repaired
  擅自设置停车位 | Bays marked without leave | 2d | removed
P0204 公交站亭 | Bus stop | 4 | 公交 站牌 bus stop shelter
  倾倒，或玻璃破碎可能伤人 | Fallen, or broken glass that may hurt | 1d | safe
  破损、脏污 | Damaged or dirty | 3d | repaired
P0206 过街天桥 | Footbridge | 3 | 天桥 footbridge
  护栏缺失、桥面破损 | Rail missing or deck damaged | 3d | repaired
  结构异常、掉块 | Something wrong with the structure, or pieces falling | 4急h | safe
P0207 地下通道 | Underpass for walkers | 3 | 地下通道 underpass
  照明、扶手、地面损坏 | Lights, rails or floor damaged | 3d | repaired
  大面积积水 | Under water | 2急h | drained
P0208 立交桥 | Flyover | 2 | 立交 高架 flyover
  护栏、伸缩缝、排水设施损坏 | Rail, joint or drain damaged | 3d | repaired
  结构异常、掉块 | Something wrong with the structure, or pieces falling | 4急h | safe
P0209 跨河桥 | River bridge | 1 | 桥 桥梁 裂缝 bridge
  监测值超限或结构异常 | Readings past their limits, or something wrong with the structure | 1自然日 | safe
  护栏、桥面、附属设施损坏 | Rail, deck or fittings damaged | 3d | repaired
P0211 限高架 | Height barrier | 3 | 限高 height barrier
  倾倒或被撞变形，妨碍通行 | Fallen or bent, in the way of traffic | 4急h | safe
  破损、标志不清 | Damaged, or its sign not to be read | 3d | repaired
P0212 路名牌 | Street name sign | 4 | 路牌 sign
  缺失、破损或指向错误 | Missing, damaged or pointing wrong | 3d | replaced
  倾倒 | Fallen | 1d | replaced
P0214 交通标志牌 | Traffic sign | 3 | 标志牌 交通 traffic sign
  被遮挡、污损 | Hidden or dirty | 3d | repaired
  缺失、倾倒 | Missing or fallen | 1d | replaced
P0216 交通岗亭 | Traffic police box | 4 | 岗亭 交通 traffic box
  破损、脏污 | Damaged or dirty | 3d | repaired
P0217 交通护栏 | Guard rail | 3 | 护栏 隔离 guardrail fence
  倾倒、移位，妨碍通行 | Fallen or moved, in the way of traffic | 1d | replaced
  破损、缺失 | Damaged or missing | 3d | repaired
P0218 道路信息显示屏 | Road information display | 4 | 显示屏 display
  黑屏、内容错误 | Dark, or says something wrong | 2d | repaired
P0219 渠化岛 | Traffic island | 4 | 渠化岛 安全岛 island
  破损、缘石缺失 | Damaged, or kerbs missing | 5d | repaired
P0220 人行横道桩 | Crossing bollard | 4 | 横道桩 bollard
  缺失、倾倒 | Missing or fallen | 3d | replaced
P0221 便道桩 | Pavement bollard | 4 | 便道桩 阻车桩 bollard
  缺失、倾倒 | Missing or fallen | 3d | replaced
P0224 道路隔音屏 | Noise barrier | 4 | 隔音屏 noise barrier
  破损、脏污 | Damaged or dirty | 5d | repaired
  松脱可能坠落 | Loose, may fall | 4急h | safe
P0225 非机动车停放点 | Bicycle stand | 4 | 非机动车 停放点 bicycle stand
  设施损坏、标线不清 | Damaged, or its marking not to be seen | 3d | repaired
P0230 水域标示牌 | Sign by the water | 4 | 水域 标示牌 water sign
  缺失、破损 | Missing or damaged | 3d | replaced
P0283 道路指示牌 | Direction sign | 4 | 指示牌 direction sign
  缺失、破损或内容错误 | Missing, damaged or wrong | 3d | replaced
P0284 人行道 | Sidewalk | 4 | 人行道 破损 地砖 sidewalk curb
  铺装破损、松动、缺失 | Paving damaged, loose or missing | 5d | repaired
  空洞，可能陷落 | Hollow, may give way | 4急h | safe
P0285 平石 | Gutter stone | 4 | 平石 gutter
  破损、缺失 | Damaged or missing | 5d | repaired
P0286 路沿石 | Kerb stone | 4 | 路沿石 缘石 kerb
  破损、松动、缺失 | Damaged, loose or missing | 5d | repaired
P0289 交通信号灯 | Traffic signal | 2 | 红绿灯 信号灯 traffic light signal
  熄灭、常亮或显示错误 | Dark, stuck or showing wrong | 4急h | repaired
  灯杆倾斜、灯罩破损 | Pole leaning or lens broken | 3d | repaired
P0299 高架桥 | Elevated road | 2 | 高架 elevated road
  护栏、伸缩缝、排水设施损坏 | Rail, joint or drain damaged | 3d | repaired
  结构异常、掉块 | Something wrong with the structure, or pieces falling | 4急h | safe
P03 市容环境设施 | Sanitation facilities
P0301 公共厕所 | Public toilet | 4 | 公厕 toilet
  设施损坏、停用 | Damaged or shut | 1d | repaired
  脏污、异味、粪水外溢 | Dirty, smelling or overflowing | 4h | cleared
P0302 公厕指示牌 | Toilet sign | 4 | 公厕 指示牌 toilet sign
  缺失、破损或指向错误 | Missing, damaged or pointing wrong | 3d | replaced
P0303 化粪池 | Septic tank | 3 | 化粪池 septic
  盖板缺失或破损 | Cover missing or broken | 4急h | replaced
  满溢 | Overflowing | 4h | cleared
P0304 垃圾中转站 | Waste transfer station | 4 | 中转站 垃圾 transfer station
  清运不及时 | Not emptied in time | 4h | cleared
  设施损坏 | Damaged | 3d | repaired
P0305 垃圾箱 | Litter bin | 4 | 垃圾桶 损坏 bin container
  损坏、缺失 | Damaged or missing | 3d | repaired
  未按位置摆放 | Not where it belongs | 4h | tidied
P0306 户外广告 | Outdoor advertisement | 4 | 户外广告 advertisement
  破损、脏污、灯光残缺 | Damaged, dirty or half lit | 3d | repaired
  松脱可能坠落 | Loose, may fall | 4急h | safe
P0307 牌匾标识 | Shop sign | 4 | 牌匾 招牌 shop sign
  破损、脏污、灯光残缺 | Damaged, dirty or half lit | 3d | repaired
  松脱可能坠落 | Loose, may fall | 4急h | safe
P0308 宣传栏 | Notice board | 4 | 宣传栏 notice board
  破损、脏污或内容过期 | Damaged, dirty or out of date | 3d | repaired
P0396 施工公示牌 | Works notice board | 4 | 公示牌 施工 works notice
  缺失、破损或内容不全 | Missing, damaged or incomplete | 2d | replaced
P0397 灭烟处 | Ash tray | 4 | 灭烟 ash
  破损、满溢 | Damaged or full | 1d | cleared
P04 园林绿化设施 | Parks and trees
P0401 古树名木 | Old and famous tree | 2 | 古树 old tree
  倒伏、断枝 | Fallen, or a branch broken | 1d | safe
  生长异常、护栏损坏 | Ailing, or its fence damaged | 3d | planted
P0402 行道树 | Street tree | 3 | 树木 倒伏 断枝 tree branch
  倒伏、断枝 | Fallen, or a branch broken | 1d | safe
  死株、缺株需补植 | Dead or missing: to be planted again | 15d | planted
P0404 护树设施 | Tree guard | 4 | 树箅 护树 tree guard
  破损、缺失 | Damaged or missing | 3d | repaired
P0405 花钵花架 | Planter | 4 | 花钵 花架 planter
  破损、枯死、脏污 | Damaged, dead or dirty | 3d | planted
P0406 雕塑 | Sculpture | 4 | 雕塑 sculpture
  破损、脏污 | Damaged or dirty | 5d | repaired
P0407 街头座椅 | Street bench | 4 | 座椅 bench
  破损、缺失 | Damaged or missing | 3d | repaired
P0408 绿地护栏 | Park fence | 4 | 绿地 护栏 park fence
  破损、缺失 | Damaged or missing | 5d | repaired
P0409 绿地附属设施 | Park fitting | 4 | 绿地 设施 park fitting
  破损、缺失 | Damaged or missing | 5d | repaired
  喷灌等漏水 | Sprinkler or pipe leaking | 2急h | repaired
P0410 喷泉 | Fountain | 4 | 喷泉 fountain
  设施损坏、水质脏污 | Damaged, or its water dirty | 5d | repaired
  跑水 | Running over | 2急h | repaired
P0493 绿地挡土墙 | Wall in a park | 3 | 挡土墙 wall
  破损、倾斜 | Damaged or leaning | 5d | repaired
P0494 人行道隔离带 | Pavement green strip | 4 | 隔离带 strip
  缺株、破损 | Plants missing or damaged | 5d | planted
P0495 机非隔离带 | Green strip between lanes | 4 | 隔离带 strip
  缺株、破损 | Plants missing or damaged | 5d | planted
P0496 高架挂箱 | Planter on a flyover | 3 | 挂箱 hanging planter
  枯死、破损 | Dead or damaged | 3d | planted
  松动可能坠落 | Loose, may fall | 4急h | safe
P0497 树池树篦 | Tree pit and grate | 4 | 树池 树篦 tree pit
  破损、缺失 | Damaged or missing | 3d | repaired
P0498 绿地指示牌 | Park sign | 4 | 指示牌 park sign
  缺失、破损 | Missing or damaged | 3d | replaced
P0499 边绿地 | Edge green | 4 | 绿地 green
  缺株、黄土裸露 | Plants missing, soil bare | 5d | planted
P05 其他部件 | Other facilities
P0503 加油(气、电)站 | Filling station | 3 | 加油站 加气站 filling station
  设施损坏、标识缺失 | Damaged, or its signs missing | 2d | repaired
  油气泄漏 | Leaking fuel or gas | 1急h | safe
P0504 液化气站 | Bottled-gas station | 2 | 液化气 bottled gas
  有异味 | Smell of gas | 2急h | safe
  设施损坏 | Damaged | 2d | repaired
P0506 水域附属设施 | Waterside fitting | 4 | 水域 设施 waterside
  破损、缺失 | Damaged or missing | 3d | repaired
P0507 水域护栏 | Waterside railing | 3 | 水域 护栏 railing
  破损、松动 | Damaged or loose | 3d | repaired
  缺失，可能落水 | Missing: somebody may fall in | 4急h | safe
P0508 防汛墙 | Flood wall | 2 | 防汛 堤防 渗漏 flood wall levee
  渗漏、裂缝、闸口未关 | Seeping, cracked or its gate open | 4急h | safe
  表面破损 | Its face damaged | 5d | repaired
P0596 电梯设施 | Lift | 4 | 电梯 停运 lift elevator
  停运、异响、部件损坏 | Out of service, noisy or damaged | 2d | repaired
P0597 排水泵站 | Drainage pump | 2 | 泵站 水泵 故障 pump
  停机、故障、水位超限 | Stopped, faulty, or the water past its limit | 4急h | repaired
P0598 其他标识牌 | Other sign | 4 | 标识牌 sign
  缺失、破损 | Missing or damaged | 3d | replaced
`
