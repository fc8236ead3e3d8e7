/**
 * The page the wall is measured beside: the same sensors and crews on a plain ECharts scatter, redrawn whole at most once a picture when
 * something came. No map beneath it, no list beside it. `?sensors=N&crews=M`; readings come four frames a second or one event each.
 */
import { io } from 'socket.io-client'
import * as echarts from 'echarts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'

const asked = new URLSearchParams(location.search)
const [sensors, crews] = [Number(asked.get('sensors')), Number(asked.get('crews'))]
const values = new Float64Array(sensors + 1)
const box = document.createElement('div')
box.style.cssText = 'position:fixed;inset:0;background:#0e1214'
document.body.style.margin = '0'
document.body.append(box)
const chart = echarts.init(box)
chart.setOption({
  animation: false,
  xAxis: { min: 0, max: 317, show: false },
  yAxis: { min: 0, max: 293, show: false },
  series: [
    { type: 'scatter', symbolSize: 4 },
    { type: 'scatter', symbolSize: 9, symbol: 'rect' },
  ],
})
const colours = ['#74828a', '#4dabf7', '#ffd43b', '#ff922b', '#ff4d4f']
let frame = 0
function draw(): void {
  frame = 0
  const now = Date.now() / 60_000
  const points = Array.from({ length: sensors }, (_, n) => ({
    value: [n % 317, n % 293, values[n + 1]],
    itemStyle: { color: colours[(values[n + 1] ?? 0) > 139 ? 4 : 0] },
  }))
  const moving = Array.from({ length: crews }, (_, n) => {
    const turn = (now + n / crews) * 2 * Math.PI
    return [((n * 37) % 317) + 4 * Math.cos(turn), ((n * 53) % 293) + 4 * Math.sin(turn)]
  })
  chart.setOption({ series: [{ data: points }, { data: moving }] })
}
const schedule = () => (frame ||= requestAnimationFrame(draw))
const socket = io({ transports: ['websocket'] })
socket.on('reading', ({ sensorId, value }: { sensorId: number; value: number }) => {
  values[sensorId] = value
  schedule()
})
socket.on('telemetry:frame', (bytes: ArrayBuffer) => {
  decodeFrame(new Uint8Array(bytes)).each((sensorId, value) => (values[sensorId] = value))
  schedule()
})
