/** 台风: a night of wind that rises to hurricane force, trees and lines that fall, power lost here and there, rain behind it. */
import type { ScenarioScript } from './script.ts'

export const typhoon: ScenarioScript = {
  code: 'typhoon',
  begins: { hour: 18, weekday: 5, month: 8 },
  lastsMin: 480,
  isDryOtherwise: true,
  wind: [
    [0, 8],
    [60, 13],
    [120, 18],
    [200, 26],
    [280, 29],
    [340, 22],
    [480, 9],
  ],
  rain: [
    { fromMin: 30, toMin: 450, from: [0.8, -0.8], to: [-0.4, 0.6], radius: 2, peakMmH: 30 },
    { fromMin: 170, toMin: 330, from: [0.9, -0.4], to: [-0.8, 0.4], radius: 0.9, peakMmH: 42 },
  ],
  demand: [
    [0, 0.9],
    [90, 0.5],
    [480, 0.3],
  ],
  outages: [
    { fromMin: 190, toMin: 420, where: { spot: [0.45, -0.35] } },
    { fromMin: 250, toMin: 480, where: { spot: [-0.5, 0.3] } },
  ],
  calls: [
    [0, 1.5],
    [150, 3],
    [260, 6],
    [400, 3],
    [480, 2],
  ],
  chance: [[0, 0.5]],
  warnings: [
    { atMin: 1, forMin: 1440, kind: 'typhoon', level: 'blue', where: null },
    { atMin: 60, forMin: 1440, kind: 'typhoon', level: 'yellow', where: null },
    { atMin: 130, forMin: 720, kind: 'typhoon', level: 'orange', where: null },
    { atMin: 200, forMin: 360, kind: 'typhoon', level: 'red', where: null },
  ],
  expected: {
    alarms: [
      { ruleId: 'wind-high', least: 3, most: null, firstFromMin: 60, firstToMin: 150 },
      { ruleId: 'wind-critical', least: 2, most: null, firstFromMin: 130, firstToMin: 240 },
      { ruleId: 'supply-voltage-out', least: 1, most: null, firstFromMin: 190, firstToMin: 290 },
      { ruleId: 'rainfall-high', least: 1, most: null, firstFromMin: 90, firstToMin: 300 },
    ],
    order: ['wind-high', 'wind-critical'],
    silent: ['methane-high', 'crowd-dense'],
    warnings: ['blue', 'yellow', 'orange', 'red'],
    noticed: { 'fallen-tree': 8, 'power-cut': 2 },
  },
}
