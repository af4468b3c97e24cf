import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { pushColour } from '../../docs/examples/brain/picture/colours.js';
import { type Drawing, paint } from '../../docs/examples/brain/picture/drawing.js';
import { letters } from '../../docs/examples/brain/picture/letters.js';
import { drawPush, drawTissue, fullPush, scale } from '../../docs/examples/brain/picture/panel.js';
import { drawPicture, watchedSlice } from '../../docs/examples/brain/picture/picture.js';
import { encodePng } from '../../docs/examples/brain/picture/png.js';
import {
  axialSlice,
  decide,
  type Slice,
  valueAt,
  windowOf,
} from '../../docs/examples/brain/picture/slice.js';
import { drawText, textWidth } from '../../docs/examples/brain/picture/text.js';

const white = [255, 255, 255];
const black = [33, 33, 33];

/** The colour of one pixel of a drawing. */
function pixel(drawing: Drawing, x: number, y: number): readonly number[] {
  return [...paint(drawing, 100, 100).slice(4 * (100 * y + x), 4 * (100 * y + x) + 3)];
}

/** The colour in the middle of a voxel's upper left quarter, clear of dots and borders. */
function voxel(drawing: Drawing, side: number, x: number, y: number): readonly number[] {
  return pixel(drawing, side * x + side / 4, side * y + side / 4);
}

const slice = (width: number, values: readonly number[]): Slice => ({
  width,
  height: values.length / width,
  values,
});
const all = { left: 0, top: 0, width: 4, height: 2 };
const view = { whole: all, part: all };

describe('an axial slice', () => {
  // Voxel (x, y, z) of channel c holds 1000 c + 100 z + 10 y + x; y runs from back to front.
  const size = [2, 3, 4] as const;
  const volume = [0, 1].flatMap((c) =>
    [0, 1].flatMap((z) =>
      [0, 1, 2].flatMap((y) => [0, 1, 2, 3].map((x) => 1000 * c + 100 * z + 10 * y + x)),
    ),
  );

  it('has the front above and the left on the left', () => {
    expect(axialSlice(volume, size, 1)).toEqual(
      slice(4, [120, 121, 122, 123, 110, 111, 112, 113, 100, 101, 102, 103]),
    );
    expect(valueAt(axialSlice(volume, size, 0, 1), 3, 2)).toBe(1003);
  });

  it('is decided by the largest logit, the first of equals', () => {
    const logits = [slice(3, [1, 0, 2]), slice(3, [0, 3, 2]), slice(3, [-1, 4, 1])];
    expect(decide(logits).values).toEqual([0, 2, 0]);
  });

  it('is windowed to what is wanted, in even sizes', () => {
    const found = windowOf(slice(4, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]), (value) => value > 0);
    expect(found).toEqual({ left: 1, top: 1, width: 4, height: 2 });
  });
});

describe('a panel of pushes', () => {
  const side = 2 * scale;
  const gradient = slice(4, [-4, -2, 0, 4, 0, 0, 0, 2]);
  const truth = slice(4, [3, 3, 0, 0, 0, 0, 0, 0]);
  const drawing = drawPush(gradient, truth, 3, 4, view);

  it('has every voxel at its size', () => {
    const ends = drawing
      .filter(({ width }) => width === side)
      .map((each) => each.left + each.width);
    expect(Math.max(...ends)).toBe(4 * side);
    expect(drawing.filter(({ width, height }) => width === side && height === side)).toHaveLength(
      8,
    );
  });

  it('is blue where the gradient is negative, red where positive, white where zero', () => {
    const [raised, half, none, lowered] = [0, 1, 2, 3].map((x) => voxel(drawing, side, x, 0));
    expect(raised).toEqual([8, 81, 176]);
    expect(half).toEqual([132, 168, 216]);
    expect(none).toEqual(white);
    expect(lowered).toEqual([204, 62, 12]);
    expect(voxel(drawing, side, 0, 1)).toEqual(white);
  });

  it('has a line where the true class ends, and nowhere else', () => {
    expect(pixel(drawing, 2 * side, side / 2)).toEqual(black);
    expect(pixel(drawing, side / 2, side)).toEqual(black);
    expect(pixel(drawing, side, side / 2)).not.toEqual(black);
  });

  it('has full colour at a push that almost all others do not exceed', () => {
    const ramp = slice(
      40,
      Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? at : -at)),
    );
    const part = { left: 0, top: 0, width: 40, height: 25 };
    expect(fullPush(ramp, { whole: part, part })).toBe(994);
    expect(pushColour(-2000, 994)).toEqual(pushColour(-994, 994));
    expect(pushColour(0, 0)).toEqual(white);
  });
});

describe('a panel of tissue', () => {
  const t1 = slice(4, [0, 75, 150, 75, 0, 0, 0, 0]);
  const truth = slice(4, [0, 1, 3, 1, 0, 0, 0, 0]);
  const shown = slice(4, [0, 1, 3, 2, 0, 0, 0, 0]);
  const bare = { ...view, part: { left: 0, top: 1, width: 4, height: 1 } };
  const drawing = drawTissue(t1, shown, truth, bare);

  it('is white outside, grey where nothing is labelled, tinted elsewhere', () => {
    const corners = [0, 1, 2].map((x) => pixel(drawing, scale * x, 0));
    expect(corners).toEqual([white, [128, 128, 128], [102, 197, 171]]);
    expect(pixel(drawing, scale * 3, 0)).toEqual([189, 147, 51]);
  });

  it('has a dot where the decision is wrong, and only there', () => {
    const middles = [0, 1, 2, 3].map((x) => pixel(drawing, scale * x + scale / 2, scale / 2));
    expect(middles.map((colour) => colour.join() === black.join())).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('text', () => {
  it('is as wide as its letters and the columns between them', () => {
    const dots = drawText('i.H', 2, [0, 0, 0]);
    expect(Math.max(...dots.map(({ left, width }) => left + width))).toBe(textWidth('i.H', 2));
    expect(textWidth('i.H', 2)).toBe(18);
  });

  it('has letters whose rows are equally wide', () => {
    const ragged = Object.entries(letters).filter(
      ([, rows]) => new Set(rows.split(' ').map(({ length }) => length)).size !== 1,
    );
    expect(ragged).toEqual([]);
  });
});

describe('the picture', () => {
  const size = [36, 12, 10] as const;
  const count = 36 * 12 * 10;
  const inside = (at: number): boolean => at % 10 > 0 && at % 10 < 9;
  const labels = Uint8Array.from({ length: count }, (_, at) => (at % 10 === 4 ? 3 : 0));
  const t1 = Uint8Array.from({ length: count }, (_, at) => (inside(at) ? 100 : 0));
  const classNames = ['outside', 'unlabelled', 'cortex', 'deep grey'];
  const draw = (losses: readonly string[]): PNG => {
    const gradient = watchedSlice(new Float32Array(4 * count).fill(-1), size);
    const gradients = new Map(losses.map((name) => [name, gradient]));
    const brain = { size, t1, labels, classNames };
    return PNG.sync.read(Buffer.from(drawPicture(brain, new Float32Array(4 * count), gradients)));
  };

  it('grows by a column for every two losses', () => {
    const [one, two, three] = [['a'], ['a', 'b'], ['a', 'b', 'c']].map(
      (names) => draw(names).width,
    );
    expect(two).toBeGreaterThan(one ?? Number.NaN);
    expect(three).toBe(two);
  });

  it('is a PNG of what is drawn', () => {
    const drawing: Drawing = [{ left: 1, top: 0, width: 5, height: 1, colour: [1, 2, 3] }];
    const { width, height, data } = PNG.sync.read(Buffer.from(encodePng(drawing, 3, 2)));
    expect([width, height]).toEqual([3, 2]);
    expect([...data.subarray(0, 12)]).toEqual([255, 255, 255, 255, 1, 2, 3, 255, 1, 2, 3, 255]);
    expect([...data.subarray(12)]).toEqual(new Array(12).fill(255));
  });
});
