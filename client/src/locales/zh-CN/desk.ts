/** Words of the duty desk. */
export const desk = {
  title: '值守台',
}
