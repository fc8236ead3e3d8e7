/** Contrast of two colours as WCAG 2.2 reckons it (relative luminance, success criterion 1.4.3). Pure. */

/** Red, green, blue, 0 to 255, of `#rgb` or `#rrggbb`, also with an alpha part, which is left out; null for anything else. */
export function rgbOf(colour: string): readonly [number, number, number] | null {
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.exec(colour.trim())?.[1]
  if (hex === undefined) return null
  const parts = hex.length < 6 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? [])
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part, 16))
  return [red, green, blue]
}

function luminance([red, green, blue]: readonly [number, number, number]): number {
  const linear = (part: number) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** 1 (the same) to 21 (black on white), whichever comes first; null where either is no colour we can read. */
export function contrastOf(one: string, other: string): number | null {
  const [a, b] = [rgbOf(one), rgbOf(other)]
  if (a === null || b === null) return null
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}
