/** The detector's entry in the register of algorithms (算法台账): what is true of it as it is built. */
import type { AlgorithmDescription } from '../../../../shared/model/algorithm.ts'
import { speaksFrom } from './deviation-detector.ts'
import { memoryBytes } from './detector-memory.ts'

export const deviationAlgorithm: AlgorithmDescription = {
  id: 'expected-value',
  name: { zh: '偏离常态识别', en: 'Deviation from the expected' },
  version: '1.0',
  owner: { zh: '城运中心（算法责任人由值班长指定）', en: 'Operations centre (the chief names who answers for it)' },
  purpose: {
    zh: '限值之内，提示某测点此时所报与其同日同时段常态不符，并说明依据',
    en: 'Within limits, says that a point reports what it usually does not at this hour of this weekday, and why',
  },
  inputs: {
    zh: '该测点可信读数的数值与时刻；不含人员信息',
    en: 'Values and times of a point’s trusted readings; nothing about people',
  },
  method: {
    zh: '同周时段、同日时段或总体均值为期望值；对残差作单值、移动平均、指数平均、移动极差等控制图，以历史最大偏离为控制限',
    en: 'Means by hour of the week, by time of day or overall as the expected value; control charts on what is left over, with the largest departure so far for a limit',
  },
  thresholds: [
    { name: { zh: '偏离与以往最大偏离之比', en: 'Departure over the largest before' }, value: speaksFrom, unit: '' },
    { name: { zh: '学习期', en: 'Learns for' }, value: 7, unit: 'd' },
    { name: { zh: '每测点内存（数值）', en: 'Memory a point, numbers' }, value: memoryBytes, unit: 'B' },
  ],
  test: {
    testedOn: '2026-11-27',
    set: {
      zh: '自制序列 98 条 167 个异常窗口（种子 101-114）；真实交通序列 3 条 8 个窗口（定参数时看过，不作独立检验）',
      en: '98 made series with 167 windows (seeds 101-114); 3 real traffic series with 8 windows (looked at while the parameters were chosen: no independent test)',
    },
    result: {
      zh: 'NAB 标准分 69.5；77.4（同组序列上 3σ 为 49.0；85.7）',
      en: 'NAB standard score 69.5; 77.4 (three sigma on the same: 49.0; 85.7)',
    },
  },
  scope: {
    zh: '设有“偏离常态”规则的测点；只报三、四级且不自动立案，升级须两人核准',
    en: 'Points whose kind has a rule of deviation; raises P3 and P4 only and opens no case; promotion takes two people',
  },
}
