/** Everything the pages are made of, a family a file. */
import type { Component } from 'vue'
import ChartFamily from './families/ChartFamily.vue'
import ColourFamily from './families/ColourFamily.vue'
import ControlFamily from './families/ControlFamily.vue'
import DialogFamily from './families/DialogFamily.vue'
import FormFamily from './families/FormFamily.vue'
import HeatFamily from './families/HeatFamily.vue'
import MarkFamily from './families/MarkFamily.vue'
import NoticeFamily from './families/NoticeFamily.vue'
import PanelFamily from './families/PanelFamily.vue'
import QueueFamily from './families/QueueFamily.vue'
import TableFamily from './families/TableFamily.vue'
import TimeFamily from './families/TimeFamily.vue'
import TypeFamily from './families/TypeFamily.vue'
import WallListFamily from './families/WallListFamily.vue'
import WallNumberFamily from './families/WallNumberFamily.vue'
import type { FamilyName } from './family-names.ts'

export const families: Readonly<Record<FamilyName, Component>> = {
  colour: ColourFamily,
  type: TypeFamily,
  mark: MarkFamily,
  control: ControlFamily,
  form: FormFamily,
  dialog: DialogFamily,
  notice: NoticeFamily,
  time: TimeFamily,
  queue: QueueFamily,
  table: TableFamily,
  panel: PanelFamily,
  chart: ChartFamily,
  heat: HeatFamily,
  'wall-list': WallListFamily,
  'wall-number': WallNumberFamily,
}
