/** Words of the duty desk. */
export const desk = {
  title: 'Desk',
}
