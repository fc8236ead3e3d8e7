declare module 'subset-font' {
  /** The font with these letters only. */
  export default function subsetFont(
    font: Uint8Array,
    letters: string,
    options: { readonly targetFormat: 'truetype'; readonly variationAxes: { readonly wght: number } },
  ): Promise<Uint8Array>
}
