/** A result's fingerprint: with sensor and time it tells a reading sent twice from two readings. 32 bits, well mixed, stable for ever. */
const bits = new DataView(new ArrayBuffer(8))

const mix = (hash: number, word: number): number => {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) | 0
}

/** `isOfDrill`: a drill's result is never taken for a repeat of a real one, nor a real one for a repeat of a drill's. */
export function resultKey(value: number, text: string | null, isOfDrill = false): number {
  let hash = (isOfDrill ? 0x5bd1e995 : 0x811c9dc5) | 0
  if (text === null) {
    // One NaN and one zero: the same result must not differ by how it was computed.
    bits.setFloat64(0, Number.isNaN(value) ? Number.NaN : value + 0)
    hash = mix(mix(hash, bits.getInt32(0)), bits.getInt32(4))
  } else {
    for (let index = 0; index < text.length; index++) hash = mix(hash, text.charCodeAt(index))
    hash = mix(hash, text.length)
  }
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) | 0
}
