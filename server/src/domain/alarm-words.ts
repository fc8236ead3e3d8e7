/** What the built-in alarm rules are called, what it means if nobody acts, and what to do; by the rule's id. */
type Words = readonly [zh: string, en: string]

export const alarmWords: Readonly<Record<string, Readonly<Record<'name' | 'consequence' | 'action', Words>>>> = {
  'water-depth-high': {
    name: ['道路积水', 'Road ponding'],
    consequence: ['小车易熄火，行人涉水', 'Cars may stall; people wade'],
    action: ['核实现场并准备抽排', 'Verify on site and prepare pumps'],
  },
  'water-depth-critical': {
    name: ['积水达封闭线', 'Ponding at closing line'],
    consequence: ['车辆被困，危及人身安全', 'Vehicles trapped; danger to life'],
    action: ['封闭道路并派抽排队伍', 'Close the road and send pumps'],
  },
  'river-level-high': {
    name: ['河道超警戒水位', 'River above warning level'],
    consequence: ['沿岸低洼处可能倒灌', 'Low banks may flood'],
    action: ['巡查堤防，准备开泵预降', 'Patrol the banks; prepare to pump down'],
  },
  'river-level-critical': {
    name: ['河道超保证水位', 'River above guaranteed level'],
    consequence: ['堤防可能漫溢', 'Banks may be overtopped'],
    action: ['组织抢险并转移危险区人员', 'Send crews and clear the danger area'],
  },
  'rainfall-high': {
    name: ['短时强降雨', 'Heavy rain'],
    consequence: ['低洼处将很快积水', 'Low places will pond soon'],
    action: ['盯紧积水点，预置抽排力量', 'Watch ponding points; place pumps ahead'],
  },
  'rainfall-critical': {
    name: ['特大短时降雨', 'Extreme rain'],
    consequence: ['内涝、下立交被淹', 'Urban flooding; underpasses under water'],
    action: ['研判升级响应，封控下立交', 'Consider a higher response; close underpasses'],
  },
  'wind-high': {
    name: ['大风（8级）', 'Gale (force 8)'],
    consequence: ['树木、广告牌可能倒落', 'Trees and signs may come down'],
    action: ['通知工地停吊，巡查高空设施', 'Stop cranes; check things overhead'],
  },
  'wind-critical': {
    name: ['狂风（10级）', 'Storm (force 10)'],
    consequence: ['高空坠物危及行人', 'Falling objects endanger people'],
    action: ['劝离户外人员，封控危险点', 'Clear people from outdoors; close danger spots'],
  },
  'road-speed-slow': {
    name: ['交通拥堵', 'Congestion'],
    consequence: ['通行时间明显变长', 'Journeys take much longer'],
    action: ['查看成因，必要时疏导', 'Find the cause; direct traffic where needed'],
  },
  'road-speed-jam': {
    name: ['严重拥堵', 'Severe congestion'],
    consequence: ['道路近乎停滞，影响救援通行', 'Road nearly at a standstill; rescue delayed'],
    action: ['派员疏导并发布绕行', 'Send crews to direct traffic; announce a detour'],
  },
  'pm25-high': {
    name: ['PM2.5 偏高', 'PM2.5 high'],
    consequence: ['敏感人群不适', 'Sensitive people affected'],
    action: ['查找扬尘与焚烧源', 'Look for dust and burning'],
  },
  'pm25-critical': {
    name: ['PM2.5 严重污染', 'PM2.5 hazardous'],
    consequence: ['公众健康受影响', 'Public health affected'],
    action: ['停止土方作业，发布提示', 'Stop earthworks; advise the public'],
  },
  'noise-high': {
    name: ['噪声超标', 'Noise over limit'],
    consequence: ['周边居民受扰', 'Neighbours disturbed'],
    action: ['核查施工或经营噪声源', 'Check building sites and shops nearby'],
  },
  'crowd-dense': {
    name: ['人员密集', 'Dense crowd'],
    consequence: ['行动受阻，有推挤风险', 'Movement hindered; risk of pushing'],
    action: ['分流限流，增派现场力量', 'Divert and limit entry; reinforce on site'],
  },
  'crowd-critical': {
    name: ['人员过度密集', 'Crowd at danger density'],
    consequence: ['可能发生踩踏', 'A crush may happen'],
    action: ['立即停止进入并疏散', 'Stop entry and disperse at once'],
  },
  'smoke-alarm': {
    name: ['烟感火警', 'Smoke alarm'],
    consequence: ['可能起火，危及人身安全', 'Possible fire; danger to life'],
    action: ['立即电话核实并联动消防', 'Verify by phone at once; alert the fire service'],
  },
  'methane-high': {
    name: ['可燃气体报警', 'Gas detected'],
    consequence: ['燃气泄漏，遇火源会爆燃', 'Leaking gas may ignite'],
    action: ['派燃气队伍检测，禁止明火', 'Send the gas crew; no open fire'],
  },
  'methane-critical': {
    name: ['可燃气体高浓度', 'Gas at high concentration'],
    consequence: ['随时可能爆炸', 'Explosion possible at any moment'],
    action: ['疏散警戒并关阀', 'Evacuate, cordon off and shut the valve'],
  },
  'water-pressure-low': {
    name: ['供水压力偏低', 'Water pressure low'],
    consequence: ['高层用户水压不足', 'Upper floors short of water'],
    action: ['核查泵站与管网', 'Check pumps and pipes'],
  },
  'water-pressure-burst': {
    name: ['疑似爆管', 'Suspected pipe burst'],
    consequence: ['片区停水，路面可能被冲空', 'District without water; road may be washed out'],
    action: ['派抢修队止水', 'Send the repair crew to stop the water'],
  },
  'manhole-open': {
    name: ['井盖移位', 'Manhole cover moved'],
    consequence: ['行人车辆可能坠入', 'People or wheels may fall in'],
    action: ['立即围挡并复位', 'Fence off at once and put it back'],
  },
  'bin-full': {
    name: ['垃圾满溢', 'Bin full'],
    consequence: ['垃圾外溢，影响市容', 'Litter spills onto the street'],
    action: ['安排清运', 'Have it emptied'],
  },
  'temperature-high': {
    name: ['高温', 'Extreme heat'],
    consequence: ['户外作业与老人易中暑', 'Outdoor workers and the old may collapse'],
    action: ['提示停工避暑，开放纳凉点', 'Advise to stop work; open cooling places'],
  },
  'pump-failed': {
    name: ['排水泵故障', 'Drainage pump failed'],
    consequence: ['雨天片区积水无法排出', 'The area cannot be drained in rain'],
    action: ['派人抢修，调移动泵车顶替', 'Send a repair crew; bring a mobile pump'],
  },
  'aqi-high': {
    name: ['空气质量中度污染', 'Air moderately polluted'],
    consequence: ['敏感人群不适', 'Sensitive people affected'],
    action: ['发布健康提示，查找污染源', 'Advise the public; look for the source'],
  },
  'aqi-critical': {
    name: ['空气质量重度污染', 'Air heavily polluted'],
    consequence: ['公众健康受影响', 'Public health affected'],
    action: ['启动减排，减少户外活动', 'Cut emissions; keep people indoors'],
  },
  'ozone-high': {
    name: ['臭氧超标', 'Ozone over limit'],
    consequence: ['午后户外活动者不适', 'People outdoors in the afternoon affected'],
    action: ['提示减少午后户外活动', 'Advise against being outdoors in the afternoon'],
  },
  'dust-high': {
    name: ['工地扬尘超标', 'Site dust over limit'],
    consequence: ['周边居民受扰', 'Neighbours disturbed'],
    action: ['责令喷淋降尘', 'Order water spraying'],
  },
  'leakage-current-high': {
    name: ['剩余电流超限', 'Leakage current over limit'],
    consequence: ['可能触电或引发电气火灾', 'Electric shock or fire possible'],
    action: ['通知单位断电排查', 'Have the owner switch off and check'],
  },
  'cable-temperature-high': {
    name: ['线缆超温', 'Cable overheating'],
    consequence: ['绝缘老化，可能起火', 'Insulation fails; fire possible'],
    action: ['降负荷并排查接头', 'Shed load and check the joints'],
  },
  'cable-temperature-critical': {
    name: ['线缆温度危险', 'Cable temperature dangerous'],
    consequence: ['随时可能起火', 'Fire possible at any moment'],
    action: ['立即断电并联动消防', 'Cut power at once; alert the fire service'],
  },
  'no-motion-at-home': {
    name: ['独居老人长时间无活动', 'No motion at home of a resident living alone'],
    consequence: ['可能跌倒或突发疾病', 'May have fallen or be ill'],
    action: ['电话联系，联系不上立即上门', 'Call; where nobody answers go there at once'],
  },
  'gas-pressure-low': {
    name: ['燃气压力偏低', 'Gas pressure low'],
    consequence: ['可能泄漏或供气不足', 'A leak or short supply'],
    action: ['核查上游调压站并巡线', 'Check the regulator upstream; walk the line'],
  },
  'gas-pressure-high': {
    name: ['燃气压力超高', 'Gas pressure high'],
    consequence: ['用户表具与管线受损', 'Meters and pipes at risk'],
    action: ['切换调压线路', 'Switch the regulator line'],
  },
  'supply-voltage-low': {
    name: ['供电电压偏低', 'Supply voltage low'],
    consequence: ['设备停转，电梯可能停运', 'Machines and lifts may stop'],
    action: ['联系供电核查线路负荷', 'Ask the grid to check the load'],
  },
  'supply-voltage-out': {
    name: ['供电中断', 'Power out'],
    consequence: ['片区停电，信号灯与电梯停运', 'Area without power; signals and lifts stop'],
    action: ['派抢修并保障重点用户', 'Send repair; secure vital users'],
  },
  'elevator-trapped': {
    name: ['电梯困人', 'People trapped in a lift'],
    consequence: ['被困人员恐慌或突发疾病', 'Trapped people panic or fall ill'],
    action: ['安抚被困人员，维保救援同时出动', 'Calm those inside; send service and rescue'],
  },
  'elevator-out': {
    name: ['电梯停运', 'Lift out of service'],
    consequence: ['高层居民出行不便', 'Upper floors hard to reach'],
    action: ['通知维保单位', 'Call the service company'],
  },
  'bridge-strain-high': {
    name: ['桥梁应变偏高', 'Bridge strain high'],
    consequence: ['可能有超限车辆通过', 'Overweight vehicles may be crossing'],
    action: ['查看监控，限制重车', 'Check cameras; keep heavy vehicles off'],
  },
  'bridge-strain-critical': {
    name: ['桥梁应变达设计值', 'Bridge strain at design value'],
    consequence: ['结构安全受威胁', 'The structure is at risk'],
    action: ['封闭交通并现场检测', 'Close the bridge and inspect'],
  },
  'street-light-out': {
    name: ['路灯异常', 'Street light fault'],
    consequence: ['夜间照明不足', 'Too dark at night'],
    action: ['安排检修', 'Have it repaired'],
  },
  'river-level-rising': {
    name: ['河道水位陡涨', 'River rising fast'],
    consequence: ['可能很快超警戒水位', 'The warning level may be passed soon'],
    action: ['核实上游来水与闸门，预置力量', 'Check inflow and sluices; place crews ahead'],
  },
  'water-pressure-falling': {
    name: ['供水压力骤降', 'Water pressure falling fast'],
    consequence: ['疑似爆管，片区将停水', 'A main may have burst; supply will fail'],
    action: ['核查相邻测点，派抢修队', 'Check neighbouring points; send the repair crew'],
  },
  'pm25-unusual': {
    name: ['PM2.5 反常', 'Unusual PM2.5'],
    consequence: ['附近可能有焚烧或扬尘，尚未超限', 'Burning or dust may be near, below the limit as yet'],
    action: ['与相邻站点比对，安排巡查', 'Compare with stations nearby; have it looked at'],
  },
  'supply-voltage-unusual': {
    name: ['电压反常', 'Unusual voltage'],
    consequence: [
      '线路可能过载或接触不良，尚未越限',
      'Overload or a bad contact may be building up, within limits as yet',
    ],
    action: ['通知供电单位核查', 'Have the supplier check'],
  },
  'gateway-silent': {
    name: ['网关离线', 'Gateway offline'],
    consequence: ['其下设备全部失去监测', 'Everything behind it is unwatched'],
    action: ['通知运维恢复供电与网络', 'Have its power and network restored'],
  },
  'no-data': {
    name: ['设备离线', 'Device offline'],
    consequence: ['该点位失去监测', 'This point is unwatched'],
    action: ['派运维检查设备', 'Send maintenance to the device'],
  },
  flatline: {
    name: ['数值卡滞', 'Value stuck'],
    consequence: ['数值不可信，异常会被漏报', 'The value cannot be trusted; trouble would be missed'],
    action: ['现场校验或更换探头', 'Check or replace the probe'],
  },
  'bad-quality': {
    name: ['数据质量差', 'Bad data'],
    consequence: ['数值不可信，不作为告警依据', 'The value cannot be trusted and raises no value alarm'],
    action: ['检查探头、量程与单位配置', 'Check probe, range and unit'],
  },
}
