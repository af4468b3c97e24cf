/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** A filled rectangle in pixels, `top` counted downwards. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
}

/** Rectangles from back to front: voxels, lines and the dots of letters are all the same thing. */
export type Drawing = readonly Rectangle[];

/** The same drawing, further right and down. */
export function moved(drawing: Drawing, right: number, down: number): Drawing {
  return drawing.map((each) => ({ ...each, left: each.left + right, top: each.top + down }));
}

/** The outline of a rectangle, drawn inwards. */
export function outline(rectangle: Rectangle, thickness: number): Drawing {
  const { left, top, width, height, colour } = rectangle;
  const across = { left, width, height: thickness, colour };
  const down = { top, width: thickness, height, colour };
  return [
    { ...across, top },
    { ...across, top: top + height - thickness },
    { ...down, left },
    { ...down, left: left + width - thickness },
  ];
}

/** Paints a drawing on white; what lies outside the picture is cut off. RGBA, row by row. */
export function paint(drawing: Drawing, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (const { left, top, colour, ...size } of drawing) {
    const right = Math.min(left + size.width, width);
    const bottom = Math.min(top + size.height, height);
    for (let y = Math.max(top, 0); y < bottom; y++) {
      for (let x = Math.max(left, 0); x < right; x++) pixels.set(colour, 4 * (y * width + x));
    }
  }
  return pixels;
}
