/**
 * A column as PostgreSQL itself sends an array. Guarantees the same values as the text form would give; the database reads it in half the
 * time, which is a fifth of storing a reading. For what comes in thousands, readings, buckets and events: everything else is clearer as text.
 */
export type NumberType = 'int2' | 'int4' | 'int8' | 'float8'

const types: Record<NumberType, { readonly oid: number; readonly bytes: number }> = {
  int2: { oid: 21, bytes: 2 },
  int4: { oid: 23, bytes: 4 },
  int8: { oid: 20, bytes: 8 },
  float8: { oid: 701, bytes: 8 },
}
const textOid = 25
/** Types of their arrays, by which a driver knows a parameter. */
export const binaryArrayOids = [1005, 1007, 1016, 1022, 1009] as const

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

/** One dimension, with nulls or without, the element's type, so many, counted from 1. */
function header(view: DataView, oid: number, count: number, hasNulls: boolean): void {
  view.setInt32(0, 1)
  view.setInt32(4, hasNulls ? 1 : 0)
  view.setInt32(8, oid)
  view.setInt32(12, count)
  view.setInt32(16, 1)
}

const utf8 = new TextEncoder()

export class BinaryArray {
  readonly bytes: Uint8Array

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Integers must be whole and within their type. */
  static ofNumbers(type: NumberType, values: readonly number[]): BinaryArray {
    const { oid, bytes } = types[type]
    const array = new Uint8Array(headerBytes + values.length * (4 + bytes))
    const view = new DataView(array.buffer)
    header(view, oid, values.length, false)
    let at = headerBytes
    for (const value of values) {
      view.setInt32(at, bytes)
      put(view, at + 4, type, value)
      at += 4 + bytes
    }
    return new BinaryArray(array)
  }

  /** What PostgreSQL's text cannot hold becomes U+FFFD, as in the text form. */
  static ofTexts(texts: readonly (string | null)[]): BinaryArray {
    // A UTF-16 unit takes at most three bytes.
    const most = texts.reduce((sum, text) => sum + 4 + 3 * (text?.length ?? 0), headerBytes)
    const array = new Uint8Array(most)
    const view = new DataView(array.buffer)
    header(view, textOid, texts.length, texts.includes(null))
    let at = headerBytes
    for (const text of texts) {
      if (text === null) view.setInt32(at, -1)
      else {
        const clean = text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
        const { written } = utf8.encodeInto(clean, array.subarray(at + 4))
        view.setInt32(at, written)
        at += written
      }
      at += 4
    }
    return new BinaryArray(array.slice(0, at))
  }
}
