/** The shorter scripts: an ordinary day, the morning rush, a gas leak, a big event, a power cut, a flood of calls. */
import type { ScenarioScript } from './script.ts'

const forDaysMin = 7 * 1440

export const ordinaryDay: ScenarioScript = {
  code: 'ordinary-day',
  begins: { hour: 8, weekday: 2, month: 5 },
  lastsMin: forDaysMin,
  isDryOtherwise: true,
  expected: {
    alarms: [],
    order: [],
    silent: ['rainfall-high', 'wind-high', 'river-level-high', 'supply-voltage-out', 'crowd-critical', 'pm25-high'],
    warnings: [],
    noticed: {},
  },
}

/** 早高峰: more cars than ever, and two accidents at the worst moment; the queues reach back into the streets behind. */
export const morningPeak: ScenarioScript = {
  code: 'morning-peak',
  begins: { hour: 6.75, weekday: 1, month: 9 },
  lastsMin: 180,
  isDryOtherwise: true,
  demand: [
    [0, 1],
    [30, 1.16],
    [90, 1.2],
    [150, 1.1],
    [180, 1],
  ],
  accidents: [
    { fromMin: 55, toMin: 120, where: { device: 'road-speed', nth: 2 }, taken: 0.75 },
    { fromMin: 70, toMin: 125, where: { device: 'road-speed', nth: 25 }, taken: 0.7 },
  ],
  calls: [
    [0, 1],
    [60, 2.5],
    [150, 1.5],
    [180, 1],
  ],
  expected: {
    alarms: [
      { ruleId: 'road-speed-slow', least: 8, most: null, firstFromMin: 15, firstToMin: 90 },
      { ruleId: 'road-speed-jam', least: 1, most: null, firstFromMin: 55, firstToMin: 130 },
    ],
    order: ['road-speed-slow', 'road-speed-jam'],
    silent: ['rainfall-high', 'water-depth-critical', 'methane-high', 'supply-voltage-out'],
    warnings: [],
    noticed: { jam: 2 },
  },
}

/** 燃气泄漏: a main breaks in the old streets; wells fill, people smell it, the pressure sinks until it is closed. */
export const gasLeak: ScenarioScript = {
  code: 'gas-leak',
  begins: { hour: 10, weekday: 4, month: 11 },
  lastsMin: 120,
  isDryOtherwise: true,
  leaks: [{ fromMin: 5, toMin: 100, where: { device: 'methane', nth: 3 }, peakLel: 68 }],
  warnings: [
    { atMin: 12, forMin: 120, kind: 'gas', level: 'orange', where: { device: 'methane', nth: 3 }, radius: 0.12 },
  ],
  expected: {
    alarms: [
      { ruleId: 'methane-high', least: 1, most: 6, firstFromMin: 5, firstToMin: 12 },
      { ruleId: 'methane-critical', least: 1, most: 4, firstFromMin: 6, firstToMin: 20 },
    ],
    order: ['methane-high', 'methane-critical'],
    silent: ['rainfall-high', 'wind-high', 'supply-voltage-out', 'water-depth-critical'],
    warnings: ['orange'],
    noticed: { 'gas-smell': 1 },
  },
}

/** 大型活动人流: a concert; people gather, fill the stations, and leave together. */
export const bigEvent: ScenarioScript = {
  code: 'big-event',
  begins: { hour: 17.5, weekday: 6, month: 10 },
  lastsMin: 330,
  isDryOtherwise: true,
  gatherings: [
    { fromMin: 20, toMin: 300, where: { place: /stadium|体育/ }, radiusM: 500, peak: 5.6 },
    { fromMin: 60, toMin: 140, where: { place: /station|metro/, nth: 0 }, radiusM: 300, peak: 2.6 },
    { fromMin: 235, toMin: 320, where: { place: /station|metro/, nth: 0 }, radiusM: 300, peak: 3.4 },
  ],
  accidents: [{ fromMin: 40, toMin: 300, where: { place: /stadium|体育/ }, taken: 0.5 }],
  demand: [
    [0, 1.1],
    [60, 1.3],
    [200, 1],
    [250, 1.35],
    [330, 1],
  ],
  calls: [
    [0, 1],
    [60, 2],
    [240, 3],
    [330, 1],
  ],
  warnings: [
    { atMin: 50, forMin: 280, kind: 'crowd', level: 'yellow', where: { place: /stadium|体育/ }, radius: 0.2 },
    { atMin: 110, forMin: 200, kind: 'crowd', level: 'orange', where: { place: /stadium|体育/ }, radius: 0.2 },
  ],
  expected: {
    alarms: [
      { ruleId: 'crowd-dense', least: 1, most: 8, firstFromMin: 40, firstToMin: 150 },
      { ruleId: 'crowd-critical', least: 1, most: 4, firstFromMin: 60, firstToMin: 200 },
    ],
    order: ['crowd-dense', 'crowd-critical'],
    silent: ['rainfall-high', 'wind-high', 'supply-voltage-out', 'methane-high'],
    warnings: ['yellow', 'orange'],
    noticed: { crowd: 1 },
  },
}

/** 片区停电: a feeder trips in the evening; what runs on it goes silent at once, what has a battery tells why. */
export const powerCut: ScenarioScript = {
  code: 'power-cut',
  begins: { hour: 19.25, weekday: 2, month: 12 },
  lastsMin: 150,
  isDryOtherwise: true,
  outages: [{ fromMin: 6, toMin: 110, where: { device: 'supply-voltage', nth: 0 } }],
  calls: [
    [0, 1],
    [10, 4],
    [60, 2.5],
    [120, 1],
  ],
  warnings: [
    {
      atMin: 15,
      forMin: 120,
      kind: 'power',
      level: 'orange',
      where: { device: 'supply-voltage', nth: 0 },
      radius: 0.3,
    },
  ],
  expected: {
    alarms: [{ ruleId: 'supply-voltage-out', least: 1, most: null, firstFromMin: 6, firstToMin: 20 }],
    order: [],
    silent: ['rainfall-high', 'wind-high', 'methane-high', 'crowd-critical'],
    warnings: ['orange'],
    noticed: { 'power-cut': 1, 'signals-out': 1 },
  },
}

/** 12345 呼叫洪峰: the water is brown after works on a main, and everybody calls about it. */
export const callSurge: ScenarioScript = {
  code: 'call-surge',
  begins: { hour: 8.5, weekday: 3, month: 6 },
  lastsMin: 150,
  isDryOtherwise: true,
  noticed: [
    {
      fromMin: 5,
      toMin: 120,
      where: { spot: [0.2, 0.15] },
      what: 'low-water-pressure',
      classCode: 'E0501',
      severity: 0.7,
      callers: 160,
    },
    {
      fromMin: 20,
      toMin: 120,
      where: { spot: [-0.3, 0.25] },
      what: 'low-water-pressure',
      classCode: 'E0501',
      severity: 0.5,
      callers: 70,
    },
  ],
  calls: [
    [0, 1],
    [15, 6],
    [60, 9],
    [100, 4],
    [150, 1],
  ],
  expected: {
    alarms: [],
    order: [],
    silent: ['rainfall-high', 'wind-high', 'supply-voltage-out', 'crowd-critical'],
    warnings: [],
    noticed: { 'low-water-pressure': 2 },
  },
}
