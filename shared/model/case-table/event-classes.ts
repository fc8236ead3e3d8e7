/**
 * 事件 (events) of the built-in table, in this project's own words; how a line is read: `read-classes.ts`. 大类 in the order of GB/T 30428.2
 * (04 街面秩序, 05 突发事件); numbers of 78 and above are local additions, counting down.
 */
export const eventClasses = `
E01 市容环境 | City appearance
E0101 私搭乱建 | Unauthorised building | 4 | 违建 搭建 illegal building
  已建成的违法搭建 | Put up without leave, and finished | 15d | removed
  正在搭建 | Going up now | 2急d | stopped
E0102 店面无证装修 | Shop refitted without leave | 4 | 装修 店面 refit
  无证施工 | Works without a permit | 1急d | compliant
E0103 违章接坡 | Ramp built on the road | 4 | 接坡 坡道 ramp
  可移动的接坡 | A ramp that can be moved | 1d | removed
  固定浇筑的接坡 | A ramp that is cast in place | 3d | removed
E0104 临街外立面不洁 | Dirty street front | 4 | 外立面 脏污 facade
  脏污、乱涂 | Dirty or scrawled on | 3d | cleared
  易清理的张贴、挂物 | Papers or things hung up, easily taken away | 1d | cleared
E0105 阳台屋顶脏乱 | Cluttered balcony or roof | 4 | 阳台 屋顶 balcony roof
  堆放杂物、脏乱 | Heaped with things, untidy | 2d | cleared
E0106 擅挂彩旗 | Flags hung without leave | 4 | 彩旗 条幅 flags
  未经同意悬挂 | Hung without leave | 1d | removed
E0107 沿街晾挂 | Laundry in the street | 4 | 晾晒 吊挂 laundry
  在树木、护栏、杆线上晾挂 | Hung on trees, rails or poles | 2急h | removed
E0108 擅自架设管线杆线 | Lines strung without leave | 3 | 飞线 管线 lines
  擅自架设 | Strung without leave | 5d | removed
  飞线充电 | A lead run from a window to charge a vehicle | 4h | removed
E0110 暴露垃圾 | Exposed litter | 4 | 垃圾 生活垃圾 litter trash
  生活垃圾未入箱、裸露堆放 | Household waste lying about | 4h | cleared
E0111 积存渣土 | Dumped rubble | 4 | 渣土 建筑垃圾 dumping rubble
  渣土、建筑垃圾积存 | Rubble or building waste left lying | 5d | cleared
  占用车行道、妨碍通行 | On the carriageway, in the way of traffic | 4h | cleared
E0112 道路不洁 | Dirty road | 4 | 路面 污渍 street cleaning
  路面有泥污、落叶、油渍 | Mud, leaves or oil on the road | 2h | cleared
E0113 道路破损 | Damaged road | 3 | 坑洞 裂缝 路面 pothole road
  破损达0.5平方米 | Damaged over 0.5 m² or more | 5d | repaired
  裂缝达1平方米，或长超过1米且宽达3毫米 | Cracks over 1 m², or longer than 1 m and 3 mm wide | 5d | repaired
  坑槽深达30毫米 | A hole 30 mm deep or more | 5d | repaired
E0114 道路遗撒 | Spill on the road | 3 | 遗撒 洒落 spill
  车辆遗撒物料、泥土 | Load or mud dropped by vehicles | 4h | cleared
E0117 绿地脏乱 | Untidy green | 4 | 绿地 垃圾 green
  绿地内有垃圾、杂物 | Litter or things lying on the green | 4h | cleared
E0118 绿化弃料 | Garden waste | 4 | 树枝 弃料 garden waste
  修剪枝叶未清运 | Cuttings not taken away | 4h | cleared
E0119 非装饰性吊挂 | Things hung in the street | 4 | 吊挂 杂物 hanging
  在公共设施上吊挂杂物 | Things hung on public facilities | 1d | removed
E0120 露天焚烧 | Open burning | 3 | 焚烧 烟 burning
  焚烧垃圾、树叶 | Waste or leaves being burnt | 2急h | stopped
E0121 绿化病虫害 | Pests on plants | 4 | 病虫害 白蛾 pests
  成片病虫害 | Pests over a whole stand | 3d | planted
E0122 非法伐树 | Trees felled without leave | 3 | 伐树 砍树 felling
  正在砍伐 | Being felled now | 1急h | stopped
  已砍伐 | Felled already | 3d | planted
E0125 水域不洁 | Dirty water surface | 4 | 水面 漂浮物 floating litter
  水面漂浮垃圾、杂草 | Litter or weed afloat | 2d | cleared
E0126 河道污染 | River pollution | 3 | 河道 污染 排污 river pollution
  水体变色、异味或有排污 | Water discoloured, smelling, or something let into it | 2d | treated
E0128 商业噪音 | Noise of shops | 4 | 噪音 叫卖 音响 noise shop
  高声叫卖、外放音响 | Hawking or loudspeakers | 2急h | stopped
E0129 露天烧烤 | Barbecue in the street | 4 | 烧烤 barbecue
  占道或露天烧烤 | Grilling in the street or the open | 2急h | stopped
E0130 乱倒污水 | Waste water tipped out | 4 | 污水 乱倒 waste water
  向路面、雨水口倾倒污水 | Waste water tipped on the road or into a drain | 2d | treated
E0131 餐厨垃圾遗撒 | Kitchen waste spilt | 4 | 餐厨 油污 kitchen waste
  餐厨垃圾、油污遗撒 | Kitchen waste or grease spilt | 4h | cleared
E0132 非正规填埋场 | Wild landfill | 3 | 填埋 landfill
  非正规堆放、填埋垃圾 | Waste heaped or buried where it must not be | 2d | cleared
E0133 乱弃医疗废物 | Medical waste thrown away | 2 | 医疗废物 针头 medical waste
  医疗废物混放、丢弃 | Medical waste mixed in or thrown away | 2d | cleared
E0135 大件废弃物 | Bulky waste | 4 | 家具 家电 大件 bulky furniture appliance
  废弃家具、家电堆放 | Furniture or appliances left out | 2d | cleared
E0136 乱堆物料 | Things heaped in the street | 4 | 堆放 物料 heap
  占用公共场地堆放物料 | Material heaped on public ground | 1d | removed
E0137 动物尸体 | Dead animal | 4 | 动物 尸体 dead animal
  动物尸体未清理 | A dead animal not taken away | 4h | cleared
E0138 擅养家禽家畜 | Livestock kept in town | 4 | 养鸡 家禽 livestock
  在禁养区饲养 | Kept where it is forbidden | 1d | stopped
E0179 园路破损 | Damaged park path | 4 | 园路 park path
  铺装破损、松动 | Paving damaged or loose | 5d | repaired
E0180 线体垂落 | Sagging line | 3 | 线缆 垂落 sagging line
  线缆垂落，尚不妨碍通行 | Sagging, not yet in anybody's way | 1d | repaired
E0181 河道违建 | Building in a river | 3 | 河道 违建 river building
  在河道管理范围内搭建 | Built within the bounds of a river | 5d | removed
E0182 河道违采乱堆 | Digging or dumping in a river | 3 | 河道 采砂 堆放 river digging
  在河道内采挖、堆放 | Dug out of or dumped in a river | 5d | stopped
E0183 外立面裂缝 | Cracked facade | 3 | 外立面 裂缝 空鼓 facade crack
  开裂、空鼓，暂无坠落可能 | Cracked or hollow, not about to fall | 15d | repaired
E0184 违规养犬 | Dogs kept against the rules | 4 | 犬 遛狗 dog
  未牵绳、禁养犬只 | Off the lead, or of a kind that is forbidden | 1d | stopped
E0187 光污染 | Light nuisance | 4 | 光污染 强光 light
  灯光直射、闪烁扰民 | Light that glares or flickers into homes | 1d | compliant
E0190 藤蔓覆盖 | Overgrown by creepers | 4 | 藤蔓 creeper
  藤蔓覆盖设施、树木 | Creepers over facilities or trees | 2d | cleared
E0191 占绿毁绿 | Green taken or destroyed | 3 | 毁绿 占绿 green destroyed
  占用、毁坏绿地 | Green taken over or destroyed | 2h | stopped
E0192 垃圾满溢 | Overflowing bin | 4 | 垃圾 满溢 清运 overflowing bin
  箱桶满溢 | A bin runs over | 4h | cleared
E0193 垃圾未分类 | Waste not sorted | 4 | 分类 垃圾 sorting
  混投、混装 | Thrown or loaded together | 2d | compliant
E0195 作业车辆管理 | Cleaning vehicle | 4 | 作业车 洒水车 cleaning vehicle
  作业车辆违规作业、停放 | Working or parked against the rules | 2h | stopped
E0196 私设地桩地锁 | Parking lock put up | 4 | 地锁 地桩 parking lock
  私自安装地桩、地锁 | Put up without leave | 2d | removed
E0197 违章道口 | Unlawful road opening | 4 | 道口 opening
  擅自开设道口 | Opened without leave | 3d | compliant
E0198 违法农村自建房 | Unlawful village house | 4 | 自建房 village house
  已建成 | Finished | 15d | compliant
  正在建设 | Going up now | 2急d | stopped
E0199 违规小产权房 | House without full title | 4 | 小产权 title
  违规建设、销售 | Built or sold against the rules | 15d | compliant
E02 宣传广告 | Posters and signs
E0201 非法小广告 | Illegal posters | 4 | 小广告 涂鸦 poster graffiti
  张贴、喷涂小广告 | Posted or sprayed | 1d | cleared
E0202 街头散发广告 | Leaflets in the street | 4 | 传单 散发 leaflets
  散发传单、卡片 | Leaflets or cards being handed out | 2h | stopped
E0203 违规户外广告 | Advertisement without leave | 4 | 广告 违规 advertisement
  可移动的广告 | One that can be moved | 1d | removed
  固定设置的广告 | One that is fixed | 5d | removed
E0204 广告用语不规范 | Wrong words on a sign | 4 | 错别字 用语 wording
  错字、不规范用语 | Wrong characters or wording | 5d | compliant
E0205 广告位置不合理 | Sign in a wrong place | 4 | 广告 遮挡 misplaced sign
  遮挡交通标志、窗户、通道 | Hides traffic signs, windows or ways | 3d | removed
E0206 违规牌匾标识 | Shop sign against the rules | 4 | 牌匾 店招 shop sign
  一店多牌、超标设置 | More or larger than allowed | 2d | compliant
E0207 违规标语宣传品 | Banner against the rules | 4 | 标语 横幅 banner
  擅自悬挂、张贴 | Hung or posted without leave | 1d | removed
E0299 公益宣传品 | Public notice in bad repair | 4 | 公益广告 public notice
  破损、褪色、过期 | Damaged, faded or out of date | 5d | replaced
E03 施工管理 | Construction
E0301 施工扰民 | Construction noise | 4 | 施工 噪声 夜间 construction noise
  夜间、午间违规施工 | Works at night or at noon | 2急h | stopped
E0302 施工占道 | Construction blocking road | 3 | 占道 施工 roadworks
  未批准或超范围占道 | On the road without leave, or beyond it | 1d | tidied
E0303 无证掘路 | Road dug up without leave | 3 | 掘路 开挖 digging
  无证开挖 | Dug up without a permit | 1d | stopped
E0304 工地扬尘 | Construction dust | 4 | 扬尘 工地 dust
  未覆盖、未喷淋，扬尘明显 | Not covered, not sprayed, dust in the air | 2h | stopped
E0305 施工废弃料 | Waste of works | 4 | 废料 施工 works waste
  废弃料未清运 | Not taken away | 2d | cleared
E0306 工地物料乱堆 | Materials heaped by a site | 4 | 物料 工地 materials
  围挡外乱堆物料 | Heaped outside the hoarding | 1d | tidied
E0307 工地围挡 | Site hoarding | 4 | 围挡 hoarding
  倾倒、破损有隐患 | Fallen, or dangerous | 1d | repaired
  脏污、不连续 | Dirty, or with gaps | 3d | repaired
E0308 工地道路未硬化 | Site road not paved | 4 | 硬化 工地 site road
  出入道路未硬化 | The way in is not paved | 5d | compliant
E0309 工地出入口破损 | Site entrance damaged | 4 | 出入口 工地 site entrance
  出入口路面破损 | The ground at the entrance is damaged | 5d | repaired
E0310 完工未场光地净 | Site not cleaned up | 4 | 完工 清场 clean-up
  完工后未清场 | Not cleaned up when done | 2d | cleared
E0311 渣土车未密闭 | Rubble lorry not covered | 3 | 渣土车 密闭 lorry
  未密闭运输 | Not covered on its way | 2d | stopped
E0312 车轮夹带 | Mud carried out on wheels | 4 | 车轮 带泥 wheels mud
  带泥上路 | Mud carried on to the road | 1d | cleared
E0396 施工进度缓慢 | Works without progress | 4 | 施工 缓慢 slow works
  占道施工无故停工 | On the road and at a standstill for no reason | 3d | compliant
E0397 预埋钢筋外露 | Bare reinforcing bars | 3 | 钢筋 bars
  钢筋外露，可能伤人 | Bars stick out and may hurt | 2d | removed
E0398 施工残留物 | Left over from works | 4 | 残留 施工 left over
  基座、桩头、余料未清 | Bases, stumps or leftovers not cleared | 2d | cleared
E0399 施工公示不规范 | Works not announced | 4 | 公示 施工 works notice
  无公示或内容不全 | No notice, or an incomplete one | 2d | compliant
E04 街面秩序 | Street order
E0401 无照经营 | Unlicensed vending | 4 | 游商 摆摊 vending
  流动摆卖 | Selling from a barrow or the ground | 2急h | stopped
E0402 违规早夜市 | Market out of hours | 4 | 早市 夜市 market
  超时、超范围经营 | Past its hours or its bounds | 2急h | stopped
E0404 占道废品收购 | Scrap dealing in the street | 4 | 废品 收购 scrap
  占道收购、堆放废品 | Scrap bought or heaped in the street | 1d | removed
E0405 店外经营 | Shop spilling on to the street | 4 | 店外 经营 outside shop
  跨门经营、店外摆放 | Selling or showing outside the door | 2急h | stopped
E0406 占道经营 | Trading in the way | 4 | 占道 经营 trading
  占用道路经营 | Trading on the road | 2急h | stopped
E0410 非机动车乱停放 | Badly parked bicycles | 4 | 共享单车 乱停 bicycle scooter
  占用人行道、盲道、出入口 | On the pavement, the tactile path or an entrance | 2h | tidied
E0488 人员密集 | Crowd | 2 | 人群 拥挤 客流 crowd
  客流达到承载量上限或密度超限 | As many people as the place can hold, or denser than is safe | 1急h | safe
E0491 早餐车 | Breakfast cart | 4 | 早餐车 breakfast cart
  未在定点、定时经营 | Not at its place or its hours | 4h | stopped
E0492 便民摊点 | Permitted stall | 4 | 摊点 stall
  超范围、脏乱 | Beyond its bounds, or untidy | 4h | tidied
E0493 共享单车 | Shared bicycles | 4 | 共享单车 shared bicycle
  淤积、乱停 | Piled up or badly left | 2h | tidied
  废弃、损坏车辆 | Abandoned or broken ones | 1d | removed
E0494 占道洗车 | Car washing in the street | 4 | 洗车 car wash
  占道清洗车辆 | Cars washed in the street | 2h | stopped
E0495 占道促销 | Promotion in the way | 4 | 促销 promotion
  占道搭台、促销 | A stand or sales in the street | 2急h | stopped
E0496 占用消防通道 | Blocked fire lane | 2 | 消防通道 堵塞 fire lane
  车辆、物品占用消防通道 | Vehicles or things on a fire lane | 2h | removed
E0498 农贸市场 | Food market | 4 | 农贸市场 market
  环境脏乱、秩序差 | Dirty or disorderly | 2d | tidied
E05 突发事件 | Emergencies
E0501 供水管道破裂 | Water main break | 1 | 爆管 漏水 停水 water main leak
  破裂涌水，需先止水 | Broken and gushing: the water is to be stopped | 1急h | safe
  止水后恢复路面 | The road to be made good after that | 5d | repaired
E0502 燃气泄漏 | Gas leak | 1 | 燃气 煤气 泄漏 异味 gas leak
  管道破裂、泄漏或浓度超限 | Pipe broken, leaking, or gas past its limit | 1急h | safe
E0503 排水管道堵塞 | Blocked sewer | 3 | 排水 堵塞 冒溢 sewer overflow
  堵塞、冒溢，需疏通 | Blocked or running over: to be cleared | 4h | cleared
  破裂，有塌陷隐患 | Broken, and the ground may give way | 1急h | safe
E0504 热力管道破裂 | Heating main break | 1 | 热力 供热 爆管 heating main
  破裂漏水、漏汽 | Broken, water or steam coming out | 1急h | safe
E0505 路面塌陷 | Road collapse | 1 | 塌陷 下沉 sinkhole collapse
  路面塌陷、空洞 | The road has given way, or is hollow | 2急h | safe
E0506 道路积水 | Flooded road | 2 | 积水 内涝 下立交 flooding water road
  积水超过100平方米且深于15厘米，或监测值超限 | Water over 100 m² and deeper than 15 cm, or readings past their limit | 2急h | drained
E0507 积雪积冰 | Snow and ice | 3 | 积雪 结冰 snow ice
  路面积雪、结冰 | Snow or ice on the road | 4h | cleared
E0508 架空线脱落 | Fallen wires | 2 | 电线 线缆 脱落 wire down
  线缆脱落、低垂，妨碍通行 | Wires down or low, in the way of people | 2急h | safe
E0512 河道超警 | River above warning level | 2 | 水位 堤防 river level flood
  水位超过警戒线 | Water above the warning level | 4急h | safe
E0587 火警 | Fire alarm | 1 | 火灾 烟感 起火 fire smoke
  起火、冒烟或烟感报警 | Fire, smoke or a smoke alarm | 2急h | safe
E0595 其他突发事件 | Other emergency | 2 | 突发 险情 emergency
  其他危及安全的情况 | Anything else that endangers people | 2急h | safe
E0596 高空坠物隐患 | Falling objects | 2 | 坠物 广告牌 falling object
  坠物，或有物松动将坠 | Something fell, or is about to | 2急h | safe
E0597 独居老人异常 | Resident living alone in need | 2 | 独居 老人 无人应答 resident
  长时间无活动、无人应答 | No movement for long, and nobody answers | 1急h | answered
E0598 片区停电 | Power cut | 1 | 停电 跳闸 断电 power outage
  片区停电、跳闸 | A quarter without power | 4急h | repaired
E0599 电梯困人 | Trapped in a lift | 1 | 电梯 困人 被困 trapped lift
  人员被困 | Somebody is trapped | 1急h | safe
E06 其他事件 | Other
E0602 临街屠宰 | Slaughter in the street | 4 | 屠宰 slaughter
  临街宰杀畜禽 | Animals slaughtered in the street | 2h | stopped
E0604 门前四包 | Duty of shops for their front | 4 | 门前 四包 shop front
  门前责任未落实 | The duty for the ground before the door is not met | 4h | tidied
E0686 大气污染 | Air pollution | 4 | 异味 废气 空气 air smell
  异味、废气或监测值超限 | Smell, fumes, or readings past their limit | 4h | treated
E0689 交通拥堵 | Traffic congestion | 3 | 拥堵 堵车 traffic jam
  拥堵指数超限或路口堵死 | Congestion past its limit, or a junction at a standstill | 2急h | safe
E0696 非法采砂取土 | Sand or soil dug without leave | 3 | 采砂 取土 sand soil
  非法采砂、取土 | Dug without leave | 1d | stopped
E0698 桥下空间 | Space under a bridge | 4 | 桥下 bridge space
  占用、堆物有火灾隐患 | Occupied or heaped so that it may burn | 2h | removed
  脏乱、设施损坏 | Untidy, or its fittings damaged | 5d | tidied
E0699 其他事件 | Other | 4 | 其他 投诉 other
  不属以上各类 | None of the above | 3d | answered
`
