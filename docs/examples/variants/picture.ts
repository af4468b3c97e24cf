import type { LossSpec } from '@softdice/core';
import { type GroupMark, parse, resetSVGDefIds, type Spec, View } from 'vega';
import { curvesOf, onLogits, type Point, scenes } from './curves.js';

/** Colours that stay apart for colour-blind viewers, from the palette of Okabe and Ito. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/**
 * Draws loss and gradient over the prediction: two panels side by side, as an SVG file.
 *
 * Coordinates, not the numbers on the axes, are rounded to a tenth of a pixel, so that no machine's last
 * digit changes the file.
 */
export async function drawn(spec: LossSpec): Promise<string> {
  const points = curvesOf(spec);
  const x = onLogits(spec) ? 'logit x of the class' : 'p = x of the class';
  const plot: Spec = {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    background: 'white',
    padding: 8,
    config: {
      axis: { labelFontSize: 11, titleFontSize: 12, gridColor: '#eeeeee' },
    },
    data: [{ name: 'points', values: points.map((point) => ({ ...point })) }],
    scales: [
      {
        name: 'colour',
        type: 'ordinal',
        domain: scenes.map(({ name }) => name),
        range: colours,
      },
    ],
    legends: [
      {
        aria: false,
        stroke: 'colour',
        labelLimit: 0,
        orient: 'bottom',
        direction: 'horizontal',
        columns: 2,
        symbolType: 'stroke',
      },
    ],
    layout: { columns: 2, padding: 56, bounds: 'flush' },
    marks: [
      panel('loss', 'loss', x, shownRange(points.map(({ loss }) => loss))),
      panel('gradient', 'gradient, summed', x, shownRange(points.map(({ gradient }) => gradient))),
    ],
  };
  // The names of clip paths are counted: a picture must not depend on those before it.
  resetSVGDefIds();
  const svg = await new View(parse(plot), { renderer: 'none' }).toSVG();
  return svg.replace(/\d+\.\d{2,}(?![^<>]*<\/text>)/g, (pixels) =>
    String(Number(Number(pixels).toFixed(1))),
  );
}

type Range = readonly [number, number];

function panel(field: keyof Point, title: string, x: string, range: Range): GroupMark {
  return {
    type: 'group',
    aria: false,
    encode: { enter: { width: { value: 300 }, height: { value: 200 } } },
    signals: [
      { name: 'width', value: 300 },
      { name: 'height', value: 200 },
    ],
    scales: [
      {
        name: 'x',
        range: 'width',
        domain: { data: 'points', field: 'x' },
        nice: true,
        zero: false,
      },
      { name: 'y', range: 'height', domain: [...range], nice: true, zero: false },
    ],
    axes: [
      { aria: false, orient: 'bottom', scale: 'x', title: x, grid: true, tickCount: 5 },
      { aria: false, orient: 'left', scale: 'y', title, grid: true, tickCount: 5 },
    ],
    marks: [
      {
        type: 'group',
        aria: false,
        clip: true,
        from: { facet: { name: 'curve', data: 'points', groupby: 'scene' } },
        encode: { enter: { width: { value: 300 }, height: { value: 200 } } },
        marks: [
          {
            type: 'line',
            aria: false,
            from: { data: 'curve' },
            encode: {
              enter: {
                x: { scale: 'x', field: 'x' },
                y: { scale: 'y', field },
                stroke: { scale: 'colour', field: 'scene' },
                strokeWidth: { value: 2 },
              },
            },
          },
        ],
      },
    ],
  };
}

/** Most of the values: a gradient at the edge may be a thousand times the others, and is cut off. */
function shownRange(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.04), at(0.96)];
  const margin = high > low ? 0.08 * (high - low) : Math.max(0.1, 0.1 * Math.abs(high));
  return [
    Math.max(low - margin, Math.min(at(0), low)),
    Math.min(high + margin, Math.max(at(1), high + 1e-9)),
  ];
}
