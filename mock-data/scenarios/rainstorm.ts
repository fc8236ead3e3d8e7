/** 暴雨内涝: an afternoon storm from the west into the evening rush; warnings rise, low ground fills, a pump fails. */
import type { ScenarioScript } from './script.ts'

export const rainstorm: ScenarioScript = {
  code: 'rainstorm',
  begins: { hour: 15.5, weekday: 3, month: 7 },
  lastsMin: 300,
  isDryOtherwise: true,
  rain: [
    { fromMin: 15, toMin: 240, from: [-0.4, 0.1], to: [0.6, 0], radius: 1.6, peakMmH: 22 },
    { fromMin: 40, toMin: 190, from: [-1, 0.2], to: [0.8, -0.1], radius: 0.8, peakMmH: 78 },
    { fromMin: 70, toMin: 160, from: [-0.5, -0.5], to: [0.5, 0.2], radius: 0.5, peakMmH: 30 },
  ],
  wind: [
    [0, 3],
    [40, 9],
    [90, 12],
    [200, 6],
    [260, 3],
  ],
  demand: [
    [0, 1],
    [120, 1.08],
    [260, 1],
  ],
  pumpFailures: [{ fromMin: 85, toMin: 300, where: { device: 'pump', nth: 0 } }],
  calls: [
    [0, 1],
    [60, 1],
    [110, 5],
    [190, 4],
    [260, 1.5],
    [300, 1],
  ],
  warnings: [
    { atMin: 2, forMin: 720, kind: 'rainstorm', level: 'blue', where: null },
    { atMin: 45, forMin: 360, kind: 'rainstorm', level: 'yellow', where: null },
    { atMin: 80, forMin: 180, kind: 'rainstorm', level: 'orange', where: null },
  ],
  expected: {
    alarms: [
      { ruleId: 'rainfall-high', least: 3, most: null, firstFromMin: 40, firstToMin: 100 },
      { ruleId: 'rainfall-critical', least: 1, most: null, firstFromMin: 55, firstToMin: 140 },
      { ruleId: 'water-depth-high', least: 4, most: null, firstFromMin: 60, firstToMin: 160 },
      { ruleId: 'water-depth-critical', least: 2, most: null, firstFromMin: 75, firstToMin: 190 },
      { ruleId: 'pump-failed', least: 1, most: 1, firstFromMin: 85, firstToMin: 100 },
      { ruleId: 'road-speed-slow', least: 5, most: null, firstFromMin: 60, firstToMin: 200 },
    ],
    order: ['rainfall-high', 'water-depth-high', 'water-depth-critical'],
    silent: ['wind-critical', 'methane-high', 'supply-voltage-out', 'crowd-critical'],
    warnings: ['blue', 'yellow', 'orange'],
    noticed: { 'flooded-road': 5, jam: 1, 'pump-failed': 1 },
  },
}
