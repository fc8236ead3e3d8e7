/**
 * Shortest times from everywhere to one junction, in one search. Crews are always compared for one case: one search answers
 * for all of them, where a search a crew would do the same work many times. Memory: three numbers a junction.
 */
import type { RoadNetwork } from '../../../shared/model/roads.ts'

/** The network as flat arrays, edges by the junction they arrive at. */
export interface ArrivalGraph {
  readonly nodeCount: number
  /** Edges arriving at node n are `first[n]` ≤ i < `first[n + 1]`. */
  readonly first: Int32Array
  readonly source: Int32Array
  readonly seconds: Float64Array
  readonly metres: Float64Array
}

export function arrivalGraph({ nodes, edges }: RoadNetwork): ArrivalGraph {
  const ways = edges.flatMap((edge) => {
    const there = { from: edge.from, to: edge.to, seconds: edge.seconds, metres: edge.metres }
    return edge.oneway ? [there] : [there, { ...there, from: edge.to, to: edge.from }]
  })
  const first = new Int32Array(nodes.length + 1)
  for (const way of ways) first[way.to + 1] = (first[way.to + 1] as number) + 1
  for (let n = 0; n < nodes.length; n++) first[n + 1] = (first[n + 1] as number) + (first[n] as number)
  const next = first.slice()
  const graph = {
    nodeCount: nodes.length,
    first,
    source: new Int32Array(ways.length),
    seconds: new Float64Array(ways.length),
    metres: new Float64Array(ways.length),
  }
  for (const way of ways) {
    const i = next[way.to] as number
    next[way.to] = i + 1
    graph.source[i] = way.from
    graph.seconds[i] = way.seconds
    graph.metres[i] = way.metres
  }
  return graph
}

/** The network with every way turned round: a search to a junction on it is one from the junction in the city. */
export const turnedRound = ({ nodes, edges, maxSpeedMps }: RoadNetwork): RoadNetwork => ({
  nodes,
  edges: edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })),
  maxSpeedMps,
})

export interface TravelTree {
  /** Seconds to the destination by node; Infinity where there is no way. */
  readonly seconds: Float64Array | Float32Array
  readonly metres: Float64Array | Float32Array
}

/** Half the memory, for one that is kept: milliseconds in a journey of hours. */
export const compact = ({ seconds, metres }: TravelTree): TravelTree => ({
  seconds: Float32Array.from(seconds),
  metres: Float32Array.from(metres),
})

/** A heap of (time, node) in two flat arrays; a node may be in it more than once. */
class TimeHeap {
  #keys: number[] = []
  #nodes: number[] = []
  get size(): number {
    return this.#keys.length
  }
  push(key: number, node: number): void {
    let i = this.#keys.length
    while (i > 0) {
      const up = (i - 1) >> 1
      const above = this.#keys[up] as number
      if (above <= key) break
      this.#keys[i] = above
      this.#nodes[i] = this.#nodes[up] as number
      i = up
    }
    this.#keys[i] = key
    this.#nodes[i] = node
  }
  /** Time and node of what was taken off last. */
  key = 0
  node = 0
  /** Takes the smallest off. Only while `size > 0`. */
  pop(): void {
    this.key = this.#keys[0] as number
    this.node = this.#nodes[0] as number
    const key = this.#keys.pop() as number
    const node = this.#nodes.pop() as number
    const size = this.#keys.length
    if (size === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && (this.#keys[child + 1] as number) < (this.#keys[child] as number)) child++
      if ((this.#keys[child] as number) >= key) break
      this.#keys[i] = this.#keys[child] as number
      this.#nodes[i] = this.#nodes[child] as number
      i = child
    }
    this.#keys[i] = key
    this.#nodes[i] = node
  }
}

/** Dijkstra's search backwards from the destination. */
export function travelTree(graph: ArrivalGraph, destination: number): TravelTree {
  const seconds = new Float64Array(graph.nodeCount).fill(Infinity)
  const metres = new Float64Array(graph.nodeCount).fill(Infinity)
  seconds[destination] = 0
  metres[destination] = 0
  const heap = new TimeHeap()
  heap.push(0, destination)
  while (heap.size > 0) {
    heap.pop()
    const { key, node } = heap
    if (key > (seconds[node] as number)) continue
    for (let i = graph.first[node] as number; i < (graph.first[node + 1] as number); i++) {
      const from = graph.source[i] as number
      const reached = key + (graph.seconds[i] as number)
      if (reached >= (seconds[from] as number)) continue
      seconds[from] = reached
      metres[from] = (metres[node] as number) + (graph.metres[i] as number)
      heap.push(reached, from)
    }
  }
  return { seconds, metres }
}
