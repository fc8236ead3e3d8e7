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
}
