/** Words of the kpi page. */
export const kpi = {
  title: 'Performance',
}
