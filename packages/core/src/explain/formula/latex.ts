import { isSelection } from '../../expression/class-map.js';
import type { Axis, Node, OpTable } from '../../expression/node.js';
import type { Label, Notation } from './notation.js';
import { levels, shortest, type Written, written } from './written.js';

const brackets = (text: string): string => `\\left( ${text} \\right)`;

const inside = ({ text, level }: Written, least: keyof typeof levels): string =>
  level >= levels[least] ? text : brackets(text);

const call = (name: string, ...args: readonly Written[]): Written =>
  written(`${name}${brackets(args.map(({ text }) => text).join(', '))}`, 'atom');

/** `2.5 \cdot 10^{-7}` for 2.5e-7. */
function number(value: number): Written {
  const [digits = '', exponent] = shortest(value).split('e');
  const least = value < 0 ? 'negative' : 'atom';
  if (exponent === undefined) return written(digits, least);
  const power = `10^{${exponent}}`;
  const scaled = digits === '1' ? power : `${digits} \\cdot ${power}`;
  return written(scaled, value < 0 ? 'negative' : 'product');
}

const matrix = (rows: readonly (readonly number[])[]): string =>
  `\\begin{pmatrix} ${rows.map((row) => row.map((x) => number(x).text).join(' & ')).join(' \\\\ ')} \\end{pmatrix}`;

const letters: Readonly<Record<Axis, string>> = {
  sample: 'n',
  channel: 'k',
  class: 'c',
  voxel: 'i',
};

const under = (over: readonly Axis[]): string => over.map((axis) => letters[axis]).join(', ');

const isMinusOne = (node: Node): boolean => node.op === 'const' && node.value === -1;

const ops: OpTable<Written> = {
  input: ({ name }) => written(plain(name), 'atom'),
  const: ({ value }) => number(value),
  vector: ({ values }) => written(brackets(values.map((v) => number(v).text).join(', ')), 'atom'),
  count: ({ axis }) => written(`\\lvert ${letters[axis]} \\rvert`, 'atom'),
  index: ({ axis }) => written(letters[axis], 'atom'),
  add: (_, [a, b]) =>
    written(
      b.level >= levels.sum && b.text.startsWith('-')
        ? `${inside(a, 'sum')} - ${b.text.slice(1)}`
        : `${inside(a, 'sum')} + ${inside(b, 'sum')}`,
      'sum',
    ),
  sub: (_, [a, b]) => written(`${inside(a, 'sum')} - ${inside(b, 'quotient')}`, 'sum'),
  mul: ({ args: [left] }, [a, b]) => {
    if (isMinusOne(left)) return written(`-${inside(b, 'quotient')}`, 'negative');
    return left.op === 'const' && a.level === levels.negative
      ? written(`${a.text} \\, ${inside(b, 'product')}`, 'negative')
      : written(`${inside(a, 'product')} \\, ${inside(b, 'product')}`, 'product');
  },
  // A fraction bar groups what is above and below it.
  div: (_, [a, b]) => written(`\\frac{${a.text}}{${b.text}}`, 'product'),
  max: (_, args) => call('\\max', ...args),
  min: (_, args) => call('\\min', ...args),
  less: (_, [a, b]) => written(`\\left[ ${a.text} < ${b.text} \\right]`, 'atom'),
  equal: (_, [a, b]) => written(`\\left[ ${a.text} = ${b.text} \\right]`, 'atom'),
  pow: ({ exponent }, [x]) => written(`${inside(x, 'atom')}^{${shortest(exponent)}}`, 'power'),
  exp: (_, args) => call('\\exp', ...args),
  log: (_, args) => call('\\log', ...args),
  abs: (_, [x]) => written(`\\left\\lvert ${x.text} \\right\\rvert`, 'atom'),
  sign: (_, args) => call('\\operatorname{sign}', ...args),
  sigmoid: (_, args) => call('\\operatorname{sigmoid}', ...args),
  softplus: (_, args) => call('\\operatorname{softplus}', ...args),
  logSoftmax: (_, args) => call(`\\log \\operatorname{softmax}_{${letters.channel}}`, ...args),
  softmax: (_, args) => call(`\\operatorname{softmax}_{${letters.channel}}`, ...args),
  sum: ({ over }, [x]) => written(`\\sum_{${under(over)}} ${inside(x, 'product')}`, 'prefix'),
  peak: ({ over }, [x]) => written(`\\max_{${under(over)}} ${inside(x, 'product')}`, 'prefix'),
  argmax: (_, args) => call(`\\operatorname{argmax}_{${letters.channel}}`, ...args),
  shift: ({ dimension, by, fill }, [x]) => {
    const place = `i_{${dimension + 1}} ${by < 0 ? '-' : '+'} ${Math.abs(by)}`;
    return written(`${brackets(x.text)}_{${place}, ${number(fill).text}}`, 'atom');
  },
  top: ({ perMillion }, [x]) =>
    written(
      `\\operatorname{hardest}_{${shortest(perMillion / 1e4)}\\,\\%}${brackets(x.text)}`,
      'atom',
    ),
  toClass: ({ map }, [x]) => {
    if (map.kind === 'matrix')
      return written(`${matrix(map.rows)} ${inside(x, 'power')}`, 'product');
    return isSelection(map) ? x : written(`\\sum_{k \\in c} ${inside(x, 'product')}`, 'prefix');
  },
  toChannel: ({ map }, [x]) =>
    map.kind === 'all' ? x : written(`\\sum_{c \\ni k} ${inside(x, 'product')}`, 'prefix'),
};

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** A word in a formula, with what LaTeX would read as a command escaped. */
function plain(words: string): string {
  const escaped = words.replace(/[\\~^{}$&#%_]/g, (sign) => special[sign] ?? `\\${sign}`);
  return `\\text{${escaped}}`;
}

function label({ letter, term }: Label): string {
  const name = letter.length > 1 ? plain(letter) : letter;
  if (term === undefined) return name;
  return letter === '' ? plain(term) : `${name}_{${plain(term)}}`;
}

/** LaTeX math: an `aligned` environment. */
export const latex: Notation = {
  ops,
  label: (name) => written(label(name), 'atom'),
  mean: (over, of, by) => {
    const weights = by === undefined ? '' : `^{${by.text}}`;
    const mean = `\\operatorname*{mean}_{${under(over)}}${weights}`;
    return written(`${mean} ${inside(of, 'product')}`, 'prefix');
  },
  logCosh: (of) => call('\\log \\cosh', of),
  skeleton: (of, iterations) => call(`\\operatorname{skeleton}_{${iterations}}`, of),
  lines: (definitions) => {
    const rows = definitions.map(
      ({ left, right }) =>
        `${label(left)} &= ${typeof right === 'string' ? right : plain(right.words)}`,
    );
    return `\\begin{aligned}\n${rows.join(' \\\\\n')}\n\\end{aligned}`;
  },
};
