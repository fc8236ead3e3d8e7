/** Who speaks next: the devices by the moment of their next report, in flat arrays; costs what it wakes, not what it keeps. */
export interface WakeHeap {
  /** The device speaks then, and no longer at the moment it was set to before. */
  set(device: number, at: number): void
  at(device: number): number
  /** The first that is due by `until`, or −1. It stays until it is set anew. */
  peek(until: number): number
}

/** All devices begin at infinity: silent. */
export function wakeHeap(count: number): WakeHeap {
  const at = new Float64Array(count).fill(Infinity)
  const heap = Uint32Array.from({ length: count }, (_, n) => n)
  const place = Uint32Array.from({ length: count }, (_, n) => n)
  // Ties go to the smaller index, so that the order does not depend on history.
  const isBefore = (a: number, b: number) => (at[a] as number) < (at[b] as number) || (at[a] === at[b] && a < b)
  const put = (n: number, device: number) => {
    heap[n] = device
    place[device] = n
  }
  const up = (from: number) => {
    let n = from
    const device = heap[n] as number
    while (n > 0) {
      const parent = (n - 1) >> 1
      if (!isBefore(device, heap[parent] as number)) break
      put(n, heap[parent] as number)
      n = parent
    }
    put(n, device)
  }
  const down = (from: number) => {
    let n = from
    const device = heap[n] as number
    for (;;) {
      let child = 2 * n + 1
      if (child >= count) break
      if (child + 1 < count && isBefore(heap[child + 1] as number, heap[child] as number)) child++
      if (!isBefore(heap[child] as number, device)) break
      put(n, heap[child] as number)
      n = child
    }
    put(n, device)
  }
  return {
    set(device, then) {
      at[device] = then
      up(place[device] as number)
      down(place[device] as number)
    },
    at: (device) => at[device] as number,
    peek: (until) => {
      if (count === 0) return -1
      const first = heap[0] as number
      return (at[first] as number) <= until ? first : -1
    },
  }
}
