/**
 * Keeps a picture that hangs for months from burning in: it moves by a step a minute, over a field of 7 by 7 places and back, so that no edge stands
 * on one line of the screen. Pure, by the server's clock: the machines of one picture move together.
 */
const stepMs = 60_000
const side = 7
const places = side * side

/** Steps to the right and down, each −3 to 3; one step from that of the minute before. */
export function burnShift(nowAt: number): { readonly x: number; readonly y: number } {
  const at = Math.floor(nowAt / stepMs) % (2 * places - 2)
  const place = at < places ? at : 2 * places - 2 - at
  const row = Math.floor(place / side)
  const column = place % side
  const middle = (side - 1) / 2
  return { x: (row % 2 === 0 ? column : side - 1 - column) - middle, y: row - middle }
}
