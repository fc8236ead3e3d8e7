/**
 * A column of numbers as PostgreSQL itself sends an array. Guarantees the same values as the text form would give; the database reads it in
 * half the time, which is a fifth of storing a reading. For the columns of readings only: everything else is clearer as text.
 */
export type NumberType = 'int2' | 'int4' | 'int8' | 'float8'

const types: Record<NumberType, { readonly oid: number; readonly bytes: number }> = {
  int2: { oid: 21, bytes: 2 },
  int4: { oid: 23, bytes: 4 },
  int8: { oid: 20, bytes: 8 },
  float8: { oid: 701, bytes: 8 },
}
/** Types of their arrays, by which a driver knows a parameter. */
export const numberArrayOids = [1005, 1007, 1016, 1022] as const

const headerBytes = 20
const word = 2 ** 32

function put(view: DataView, at: number, type: NumberType, value: number): void {
  switch (type) {
    case 'int2':
      return view.setInt16(at, value)
    case 'int4':
      return view.setInt32(at, value)
    case 'float8':
      return view.setFloat64(at, value)
    case 'int8': {
      const high = Math.floor(value / word)
      view.setInt32(at, high)
      view.setUint32(at + 4, value - high * word)
    }
  }
}

export class BinaryArray {
  readonly bytes: Uint8Array

  /** Integers must be whole and within their type. */
  constructor(type: NumberType, values: readonly number[]) {
    const { oid, bytes } = types[type]
    this.bytes = new Uint8Array(headerBytes + values.length * (4 + bytes))
    const view = new DataView(this.bytes.buffer)
    // One dimension, no nulls, the element's type, so many, counted from 1.
    view.setInt32(0, 1)
    view.setInt32(8, oid)
    view.setInt32(12, values.length)
    view.setInt32(16, 1)
    let at = headerBytes
    for (const value of values) {
      view.setInt32(at, bytes)
      put(view, at + 4, type, value)
      at += 4 + bytes
    }
  }
}
