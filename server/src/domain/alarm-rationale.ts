/**
 * Why the built-in rules are as they are (合理化记录): what brings the condition about, how bad it gets, how long there is to act. Priorities
 * follow from the last two by the matrix; a city approves its own rules in its pack.
 */
import type { Rationale, Severity } from '../../../shared/model/alarm-priority.ts'

type Row = readonly [causeZh: string, causeEn: string, severity: Severity, respondWithinMinutes: number]

const rows: Readonly<Record<string, Row>> = {
  'water-depth-high': ['短时强降雨或排水不畅', 'Heavy rain or blocked drains', 'moderate', 60],
  'water-depth-critical': [
    '强降雨超过排水能力，或泵站停机',
    'Rain beyond what drains carry, or a pump down',
    'life',
    15,
  ],
  'river-level-high': ['上游来水或持续降雨', 'Inflow from upstream or lasting rain', 'major', 60],
  'river-level-critical': ['洪峰过境，泵闸调度不及', 'A flood crest that pumps and sluices cannot take', 'life', 30],
  'river-level-rising': ['上游来水陡增或闸门误开', 'Sudden inflow or a sluice opened by mistake', 'moderate', 60],
  'rainfall-high': ['强对流天气过境', 'A convective storm passing', 'moderate', 60],
  'rainfall-critical': ['极端强对流天气', 'Extreme convective weather', 'life', 30],
  'wind-high': ['冷空气或雷暴大风', 'Cold air or a thunderstorm', 'moderate', 60],
  'wind-critical': ['台风或强雷暴', 'A typhoon or a severe thunderstorm', 'life', 15],
  'temperature-high': ['持续晴热', 'Lasting heat', 'minor', 120],
  'pump-failed': ['电源、机械或格栅堵塞故障', 'Power, mechanical or screen failure', 'major', 30],
  'road-speed-slow': ['高峰车流、事故或施工占道', 'Rush hour, an accident or works', 'minor', 30],
  'road-speed-jam': ['事故、积水或信号故障', 'An accident, ponding or failed signals', 'moderate', 30],
  'pm25-unusual': ['局地焚烧、扬尘或仪器漂移', 'Local burning, dust or a drifting instrument', 'minor', 240],
  'supply-voltage-unusual': ['负荷变化、接触不良', 'A change of load or a bad contact', 'minor', 240],
  'pm25-high': ['扬尘、焚烧或静稳天气', 'Dust, burning or still air', 'minor', 120],
  'pm25-critical': ['重污染过程或集中排放', 'A pollution episode or heavy emission', 'moderate', 60],
  'aqi-high': ['静稳天气或区域传输', 'Still air or regional transport', 'minor', 120],
  'aqi-critical': ['区域重污染过程', 'A regional pollution episode', 'moderate', 120],
  'ozone-high': ['高温强日照下光化学反应', 'Photochemistry in heat and sun', 'minor', 120],
  'dust-high': ['工地未覆盖、未喷淋', 'Uncovered or unsprayed building site', 'minor', 120],
  'noise-high': ['夜间施工、商业或交通噪声', 'Night works, shops or traffic', 'minor', 120],
  'crowd-dense': ['活动、节假日或换乘集中', 'An event, a holiday or an interchange', 'major', 15],
  'crowd-critical': ['出口受阻或突发聚集', 'Blocked exits or a sudden gathering', 'life', 5],
  'smoke-alarm': ['起火，或油烟、粉尘误触', 'Fire, or cooking fumes and dust', 'life', 5],
  'leakage-current-high': ['线路绝缘老化或受潮', 'Aged or damp insulation', 'major', 60],
  'cable-temperature-high': ['过载或接头松动', 'Overload or a loose joint', 'major', 60],
  'cable-temperature-critical': ['严重过载或短路前兆', 'Severe overload or a short circuit coming', 'life', 15],
  'no-motion-at-home': ['独居者跌倒、患病或外出未报', 'A fall, illness or an unannounced absence', 'life', 60],
  'methane-high': ['管线渗漏或井室积气', 'A leaking pipe or gas in a chamber', 'major', 30],
  'methane-critical': ['管线破裂，燃气聚集', 'A broken pipe; gas gathers', 'life', 5],
  'water-pressure-low': ['用水高峰、阀门或泵故障', 'Peak demand, a valve or a pump', 'moderate', 60],
  'water-pressure-burst': ['管道破裂', 'A broken main', 'major', 5],
  'water-pressure-falling': ['管道破裂或误关阀门', 'A broken main or a valve shut by mistake', 'major', 30],
  'gas-pressure-low': ['管线泄漏或调压站故障', 'A leak or a failed regulator station', 'major', 30],
  'gas-pressure-high': ['调压器失效', 'A failed regulator', 'major', 30],
  'supply-voltage-low': ['过载或线路故障', 'Overload or a line fault', 'moderate', 30],
  'supply-voltage-out': ['线路跳闸或外力破坏', 'A tripped or damaged line', 'major', 5],
  'elevator-trapped': ['电梯故障停梯有人', 'A lift stopped with people inside', 'life', 30],
  'elevator-out': ['电梯故障或检修', 'A lift fault or maintenance', 'minor', 120],
  'bridge-strain-high': ['超重车辆或结构受损', 'Overweight traffic or damage', 'major', 60],
  'bridge-strain-critical': ['严重超载或构件失效', 'Severe overload or a failed member', 'life', 15],
  'manhole-open': ['车辆碾压、盗窃或水压顶起', 'Traffic, theft or water pressure', 'major', 30],
  'bin-full': ['清运不及时或集中投放', 'Late collection or much at once', 'minor', 480],
  'street-light-out': ['灯具、线路或控制器故障', 'A lamp, line or controller fault', 'minor', 480],
  'gateway-silent': ['网关断电、断网或故障', 'The gateway lost power, network or failed', 'moderate', 30],
  'no-data': ['设备断电、断网或损坏', 'The device lost power, network or failed', 'minor', 480],
  flatline: ['探头卡滞、结垢或设备死机', 'A stuck or fouled probe, or a hung device', 'minor', 480],
  'bad-quality': ['探头损坏、量程或单位配置有误', 'A broken probe, or range or unit set wrongly', 'minor', 480],
}

/** The record of a built-in rule; undefined where there is none of that id. */
export function alarmRationale(ruleId: string): Rationale | undefined {
  const row = rows[ruleId]
  if (row === undefined) return undefined
  const [zh, en, severity, minutes] = row
  return {
    cause: { zh, en },
    severity,
    respondWithinMs: minutes * 60_000,
    owner: '城运中心',
    approvedBy: '',
    approvedOn: '2026-11-27',
  }
}
