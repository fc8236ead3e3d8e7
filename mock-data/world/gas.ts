/** Gas that escapes: it fills the wells around the leak within minutes, and the pressure in the mains near it sinks. */

export interface Leak {
  /** City time, epoch ms; `toAt`: closed by hand at the latest. */
  readonly fromAt: number
  readonly toAt: number
  readonly x: number
  readonly y: number
  /** In a well at the leak once it has filled, % of the explosive limit. */
  readonly peakLel: number
}

const fillMs = 4 * 60_000
const airMs = 6 * 60_000
const wellReachM = 130
const mainsReachM = 900

/** 0 … 1: how far the leak has filled its ground. */
function filled(leak: Leak, cityAt: number): number {
  if (cityAt <= leak.fromAt) return 0
  const whole = 1 - Math.exp(-(Math.min(cityAt, leak.toAt) - leak.fromAt) / fillMs)
  return cityAt <= leak.toAt ? whole : whole * Math.exp(-(cityAt - leak.toAt) / airMs)
}

/** What leaks add in a well, % of the explosive limit. */
export function leaked(leaks: readonly Leak[], x: number, y: number, cityAt: number): number {
  let sum = 0
  for (const leak of leaks) {
    const far = Math.hypot(x - leak.x, y - leak.y) / wellReachM
    if (far < 4) sum += leak.peakLel * filled(leak, cityAt) * Math.exp(-far)
  }
  return sum
}

/** Share of the mains' pressure that is lost at a place, 0 … 0.8. */
export function pressureLost(leaks: readonly Leak[], x: number, y: number, cityAt: number): number {
  let lost = 0
  for (const leak of leaks) {
    if (cityAt <= leak.fromAt || cityAt >= leak.toAt) continue
    const far = Math.hypot(x - leak.x, y - leak.y) / mainsReachM
    lost += 0.75 * Math.min(1, leak.peakLel / 60) * Math.exp(-far * far)
  }
  return Math.min(0.8, lost)
}
