import { ADVANCE, glyph } from './font.js';

export type Color = readonly [red: number, green: number, blue: number];

/** A picture of RGB pixels, white at first. Whatever falls outside is left out. */
export class Canvas {
  readonly pixels: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.pixels = new Uint8Array(width * height * 3).fill(255);
  }

  /** Fills a rectangle whose top left corner is at x, y. */
  fill(x: number, y: number, width: number, height: number, color: Color): void {
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)];
    const [top, bottom] = [Math.max(0, y), Math.min(this.height, y + height)];
    for (let row = top; row < bottom; row += 1)
      for (let column = left; column < right; column += 1) this.pixels.set(color, (row * this.width + column) * 3);
  }

  /** Writes ASCII text whose top left corner is at x, y. */
  text(x: number, y: number, text: string, color: Color, scale = 1): void {
    for (const [place, character] of [...text].entries())
      for (const [column, bits] of glyph(character).entries())
        for (let row = 0; row < 8; row += 1)
          if ((bits >> row) & 1)
            this.fill(x + (place * ADVANCE + column) * scale, y + row * scale, scale, scale, color);
  }
}

/** Width of a text in pixels. */
export const textWidth = (text: string, scale = 1): number => [...text].length * ADVANCE * scale;
