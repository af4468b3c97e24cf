/** A line of a panel: a mean at each step, and the spread around it. */
export interface Curve {
  readonly name: string;
  readonly points: readonly {
    readonly step: number;
    readonly mean: number;
    readonly deviation: number;
  }[];
}

/** One set of axes. */
export interface Panel {
  readonly title: string;
  readonly curves: readonly Curve[];
}

/** From the palette of Okabe and Ito, whose colours stay apart for colour-blind viewers. */
const colours = ['#000000', '#0072b2', '#009e73', '#56b4e9', '#d55e00', '#e69f00', '#cc79a7'];

const [width, height, left, top, bottom, gap] = [360, 240, 48, 34, 44, 28];

/** Curves from 0 to 1 over the steps, panels side by side, the names below: an SVG file. */
export function curvesSvg(panels: readonly Panel[], yTitle: string): string {
  const names = [...new Set(panels.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  const whole = panels.length * (left + width + gap);
  const columns = 4;
  const legend = names.flatMap((name, at) => {
    const [x, y] = [
      left + (at % columns) * Math.floor((whole - left) / columns),
      top + height + bottom + 18 + 20 * Math.floor(at / columns),
    ];
    return [
      `<line x1="${x}" x2="${x + 22}" y1="${y - 4}" y2="${y - 4}" stroke="${colourOf(at)}" stroke-width="3"/>`,
      text(x + 28, y, name, 'start'),
    ];
  });
  const tall = top + height + bottom + 24 + 20 * Math.ceil(names.length / columns);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${tall}" viewBox="0 0 ${whole} ${tall}" font-family="sans-serif" font-size="12">`,
    `<rect width="${whole}" height="${tall}" fill="#ffffff"/>`,
    ...panels.map((panel, at) => drawn(panel, names, at * (left + width + gap), yTitle)),
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

function drawn(
  { title, curves }: Panel,
  names: readonly string[],
  from: number,
  yTitle: string,
): string {
  const most = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ step }) => step)));
  const x = (step: number): string => (left + (width * step) / most).toFixed(1);
  const y = (value: number): string => (top + height * (1 - clipped(value))).toFixed(1);
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((value) => [
    `<line x1="${left}" x2="${left + width}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/>`,
    text(left - 6, Number(y(value)) + 4, String(value), 'end'),
  ]);
  const steps = [...new Set(curves.flatMap(({ points }) => points.map(({ step }) => step)))];
  const ticks = steps.map((step) =>
    text(Number(x(step)), top + height + 18, String(step), 'middle'),
  );
  const lines = curves.flatMap(({ name, points }) => {
    const colour = colourOf(names.indexOf(name));
    const upper = points.map((at) => `${x(at.step)},${y(at.mean + at.deviation)}`);
    const lower = points.map((at) => `${x(at.step)},${y(at.mean - at.deviation)}`).toReversed();
    const middle = points.map((at) => `${x(at.step)},${y(at.mean)}`);
    return [
      `<polygon points="${[...upper, ...lower].join(' ')}" fill="${colour}" fill-opacity="0.06"/>`,
      `<polyline points="${middle.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ];
  });
  return [
    `<g transform="translate(${from} 0)">`,
    text(left, 20, title, 'start', ' font-weight="bold"'),
    ...grid,
    ...ticks,
    ...lines,
    text(left + width / 2, top + height + 38, 'step', 'middle'),
    text(14, top + height / 2, yTitle, 'middle', ` transform="rotate(-90 14 ${top + height / 2})"`),
    '</g>',
  ].join('\n');
}

function text(x: number, y: number, words: string, anchor: string, more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${more}>${words}</text>`;
}

function colourOf(at: number): string {
  return colours[at % colours.length] ?? '#000000';
}

function clipped(value: number): number {
  return Math.min(1, Math.max(0, value));
}
