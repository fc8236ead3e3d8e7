/** How Node is started for whatever takes a city's readings. */
export const nodeFlags = [
  '--enable-source-maps',
  // A flood's readings die young: with Node's 16 MB a sixth of the server's time goes into moving those that were not dead yet.
  '--max-semi-space-size=32',
  // What lives is a register of devices that stays: left alone, Node lets twice as much again pile up beside it before it looks.
  '--heap-growing-percent=25',
]

/** For a past that is lived: it ends soon and nobody waits beside it, so memory is spent where it saves time. */
export const historyFlags = ['--enable-source-maps', '--min-semi-space-size=128', '--max-semi-space-size=128']
