/** 中文。One file a page, so that each page's words live together; `en.ts` has the same keys (checked by a test). */
import { classes } from './zh-CN/classes.ts'
import { common } from './zh-CN/common.ts'
import { desk } from './zh-CN/desk.ts'
import { deskForms } from './zh-CN/desk-forms.ts'
import { duty } from './zh-CN/duty.ts'
import { kpi } from './zh-CN/kpi.ts'
import { map } from './zh-CN/map.ts'
import { refusals } from './zh-CN/refusals.ts'
import { wall } from './zh-CN/wall.ts'

export const zhCN = { ...common, ...deskForms, ...refusals, classes, desk, duty, map, wall, kpi }
