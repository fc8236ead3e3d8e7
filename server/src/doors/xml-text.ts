/** Which characters XML 1.0 knows. Of controls it has three, and the others cannot even be written as references. */

export const isXmlChar = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  code > 0xffff

/** The text without what no XML can hold. */
export const cleanXml = (text: string): string =>
  [...text].filter((char) => isXmlChar(char.codePointAt(0) ?? 0)).join('')
