/** Words of the kpi page. */
export const kpi = {
  title: '绩效',
}
