import { PNG } from 'pngjs';
import { type Drawing, paint } from './drawing.js';

/** A drawing on white as the bytes of a PNG file. */
export function encodePng(drawing: Drawing, width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  png.data = Buffer.from(paint(drawing, width, height));
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
}
