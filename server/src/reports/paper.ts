/** A sheet one writes on from the top: text in the paper's own fonts, wrapped; lines and blocks. Begins a new page where one is full. */
import PDFDocument from 'pdfkit'
import type { PaperFonts, Weight } from './paper-fonts.ts'

export const ink = {
  text: '#12181b',
  quiet: '#5f6d73',
  line: '#b4c0c4',
  faint: '#edf1f1',
  bar: '#93a1a7',
  accent: '#2f655d',
}
export const margin = 42
const lineGap = 1.45

export interface Style {
  readonly size: number
  readonly weight?: Weight
  readonly colour?: string
}

/**
 * Words of Latin letters and digits stay whole; every other letter may end a line, but none begins with what closes, nor ends with what opens.
 */
const pieces = (text: string): string[] =>
  text.match(/[（“《「]*(?:[\w.,%+−()/'-]+|[^\s])[，。；：、？！）”》」]*|\s+/gu) ?? []

export class Paper {
  readonly document: PDFKit.PDFDocument
  readonly #fonts: PaperFonts
  readonly #chunks: Buffer[] = []
  readonly #ended: Promise<void>
  y = margin

  constructor(fonts: PaperFonts, about: { readonly title: string; readonly author: string; readonly madeAt: number }) {
    this.#fonts = fonts
    this.document = new PDFDocument({
      ...{ size: 'A4', layout: 'portrait', margin: 0, bufferPages: true, autoFirstPage: true, lang: 'zh-CN' },
      info: { Title: about.title, Author: about.author, CreationDate: new Date(about.madeAt) },
    })
    this.document.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
    this.#ended = new Promise((done) => this.document.on('end', () => done()))
    for (const [name, file] of fonts.files) this.document.registerFont(name, file as unknown as ArrayBuffer)
  }

  get width(): number {
    return this.document.page.width - 2 * margin
  }
  get bottom(): number {
    return this.document.page.height - margin - 16
  }

  /** Begins a page where so much does not fit on this one. */
  need(height: number): boolean {
    if (this.y + height <= this.bottom) return false
    this.document.addPage()
    this.y = margin
    return true
  }

  widthOf(text: string, { size, weight = 400 }: Style): number {
    return this.#fonts.runs(text, weight).reduce((sum, run) => {
      return sum + this.document.font(run.font).fontSize(size).widthOfString(run.text)
    }, 0)
  }

  /** Lines that are no wider. */
  wrap(text: string, style: Style, width: number): string[] {
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const piece of pieces(text)) {
      const wide = this.widthOf(piece, style)
      // Widths of pieces add up to a hair more than that of the whole.
      if (line !== '' && used + wide > width + 0.5) {
        lines.push(line.trimEnd())
        ;[line, used] = ['', 0]
      }
      if (line === '' && piece.trim() === '') continue
      line += piece
      used += wide
    }
    return [...lines, line.trimEnd()]
  }

  /** One line; `align` within `width`. Text wider than it may be is cut, with dots. */
  write(text: string, x: number, y: number, style: Style, width = Infinity, align: 'left' | 'right' = 'left'): void {
    let shown = text
    let wide = this.widthOf(shown, style)
    while (wide > width && shown.length > 1) {
      shown = `${[...shown.replace(/…$/, '')].slice(0, -1).join('')}…`
      wide = this.widthOf(shown, style)
    }
    let at = align === 'right' && Number.isFinite(width) ? x + width - wide : x
    this.document.fillColor(style.colour ?? ink.text)
    for (const run of this.#fonts.runs(shown, style.weight ?? 400)) {
      this.document.font(run.font).fontSize(style.size).text(run.text, at, y, { lineBreak: false })
      at += this.document.widthOfString(run.text)
    }
  }

  heightOf(lines: number, size: number): number {
    return lines * size * lineGap
  }

  /** Wrapped, over the width of the page, at the present height. */
  paragraph(text: string, style: Style, space = 0): void {
    for (const line of this.wrap(text, style, this.width)) {
      this.need(this.heightOf(1, style.size))
      this.write(line, margin, this.y, style)
      this.y += this.heightOf(1, style.size)
    }
    this.y += space
  }

  rule(y: number, colour = ink.line): void {
    this.document
      .moveTo(margin, y)
      .lineTo(margin + this.width, y)
      .lineWidth(0.5)
      .strokeColor(colour)
      .stroke()
  }

  /** Writes at the foot of each page, and ends it. */
  async end(footOf: (page: number, pages: number) => string, left: string): Promise<Uint8Array> {
    const { start, count } = this.document.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(start + page)
      const y = this.document.page.height - margin + 4
      const style = { size: 8, colour: ink.quiet }
      this.write(left, margin, y, style, this.width * 0.7)
      this.write(footOf(page + 1, count), margin, y, style, this.width, 'right')
    }
    this.document.end()
    await this.#ended
    return new Uint8Array(Buffer.concat(this.#chunks))
  }
}
