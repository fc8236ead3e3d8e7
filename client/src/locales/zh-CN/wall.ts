/** Words of the wall page. */
export const wall = {
  title: '大屏',
}
