/**
 * Where a broken JSON text breaks. Only asked once a parse has failed: the platform's own message does not always say.
 */

const token =
  /[\t\n\r ]*(?:([{}[\],:])|("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true(?!\w)|false(?!\w)|null(?!\w)))/uy

type Expected = 'value' | 'value-or-]' | 'key' | 'key-or-}' | ':' | 'next' | 'end'

/** Index of the first character that cannot be there; the text's length where it merely ends too soon. */
export function brokenJsonAt(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = 0
  const closed = (): Expected => (open.length > 0 ? 'next' : 'end')
  for (;;) {
    const start = afterBlanks(text, at)
    token.lastIndex = at
    const match = token.exec(text)
    if (!match) return start
    const [whole, mark, string] = match
    at += whole.length
    const isKey = expected === 'key' || expected === 'key-or-}'
    const isValue = expected === 'value' || expected === 'value-or-]'
    if (mark === undefined && isKey && string !== undefined) expected = ':'
    else if (mark === undefined && isValue) expected = closed()
    else if ((mark === '{' || mark === '[') && isValue) {
      open.push(mark)
      expected = mark === '{' ? 'key-or-}' : 'value-or-]'
    } else if (mark === ':' && expected === ':') expected = 'value'
    else if (mark === ',' && expected === 'next') expected = open.at(-1) === '{' ? 'key' : 'value'
    else if (mark === '}' && open.at(-1) === '{' && (expected === 'next' || expected === 'key-or-}')) {
      open.pop()
      expected = closed()
    } else if (mark === ']' && open.at(-1) === '[' && (expected === 'next' || expected === 'value-or-]')) {
      open.pop()
      expected = closed()
    } else return start
  }
}

function afterBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && '\t\n\r '.includes(text.charAt(at))) at++
  return at
}
