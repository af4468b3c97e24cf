/** A line of a plot. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const colours: readonly string[] = [
  '#1b6ca8',
  '#d1495b',
  '#2e8b57',
  '#e09f3e',
  '#6a4c93',
  '#555555',
];
const [width, height, left, right, top, bottom] = [720, 400, 60, 20, 30, 50];

/** Lines over logarithmic axes, as an SVG. */
export function plotOf(
  title: string,
  xTitle: string,
  yTitle: string,
  lines: readonly Line[],
): string {
  const all = lines.flatMap(({ points }) => points);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const scale = (values: readonly number[], from: number, to: number) => {
    const low = Math.log10(Math.min(...values));
    const high = Math.log10(Math.max(...values));
    return (value: number): number =>
      from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  };
  const ends = [decade(Math.min(...ys), Math.floor), decade(Math.max(...ys), Math.ceil)];
  const x = scale(xs, left, width - right);
  const y = scale(ends, height - bottom, top);
  const text = (at: number, up: number, words: string, more = ''): string =>
    `<text x="${at.toFixed(1)}" y="${up.toFixed(1)}" font-size="12" font-family="sans-serif"${more}>${words}</text>`;
  const grid = decades(ends).flatMap((value) => [
    `<line x1="${left}" x2="${width - right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#ddd"/>`,
    text(left - 6, y(value) + 4, String(value), ' text-anchor="end"'),
  ]);
  const ticks = [...new Set(xs)].map((value) =>
    text(x(value), height - bottom + 18, `${Math.round(value)}³`, ' text-anchor="middle"'),
  );
  const drawn = lines.flatMap(({ name, points }, at) => {
    const colour = colours[at % colours.length] ?? '#000';
    const path = points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ');
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(
        ([px, py]) =>
          `<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3" fill="${colour}"/>`,
      ),
      text(left + 12, top + 16 * (at + 1), name, ` fill="${colour}"`),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(left, 18, title, ' font-weight="bold"'),
    ...grid,
    ...ticks,
    ...drawn,
    text(width / 2, height - 12, xTitle, ' text-anchor="middle"'),
    text(16, height / 2, yTitle, ` text-anchor="middle" transform="rotate(-90 16 ${height / 2})"`),
    '</svg>',
    '',
  ].join('\n');
}

function decade(value: number, round: (exponent: number) => number): number {
  return 10 ** round(Math.log10(value));
}

function decades([low = 1, high = 10]: readonly number[]): readonly number[] {
  const count = Math.round(Math.log10(high / low)) + 1;
  return Array.from({ length: count }, (_, at) => Number((low * 10 ** at).toPrecision(1)));
}
