/** English. The same keys as `zh-CN.ts` (checked by a test). */
import { classes } from './en/classes.ts'
import { common } from './en/common.ts'
import { desk } from './en/desk.ts'
import { deskForms } from './en/desk-forms.ts'
import { duty } from './en/duty.ts'
import { kpi } from './en/kpi.ts'
import { map } from './en/map.ts'
import { refusals } from './en/refusals.ts'
import { wall } from './en/wall.ts'

export const en = { ...common, ...deskForms, ...refusals, classes, desk, duty, map, wall, kpi }
