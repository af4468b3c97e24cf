import { isSelection } from '../../expression/class-map.js';
import type { Node, OpTable } from '../../expression/node.js';
import type { Label, Notation } from './notation.js';
import { levels, shortest, type Written, written } from './written.js';

const inside = ({ text, level }: Written, least: keyof typeof levels): string =>
  level >= levels[least] ? text : `(${text})`;

const call = (name: string, ...args: readonly Written[]): Written =>
  written(`${name}(${args.map(({ text }) => text).join(', ')})`, 'atom');

const number = (value: number): Written =>
  written(shortest(value), value < 0 ? 'negative' : 'atom');

const matrix = (rows: readonly (readonly number[])[]): string =>
  `[${rows.map((row) => `[${row.map(shortest).join(', ')}]`).join(', ')}]`;

const isMinusOne = (node: Node): boolean => node.op === 'const' && node.value === -1;

const ops: OpTable<Written> = {
  input: ({ name }) => written(name, 'atom'),
  const: ({ value }) => number(value),
  vector: ({ values }) => written(`[${values.map(shortest).join(', ')}]`, 'atom'),
  count: ({ axis }) => written(`count(${axis})`, 'atom'),
  index: ({ axis }) => written(axis, 'atom'),
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
    // A negative factor stands in front, where its sign reads as that of the product.
    return left.op === 'const' && a.level === levels.negative
      ? written(`${a.text} ${inside(b, 'product')}`, 'negative')
      : written(`${inside(a, 'product')} ${inside(b, 'product')}`, 'product');
  },
  div: (_, [a, b]) => written(`${inside(a, 'product')} / ${inside(b, 'power')}`, 'quotient'),
  max: (_, args) => call('max', ...args),
  min: (_, args) => call('min', ...args),
  less: (_, [a, b]) => written(`[${a.text} < ${b.text}]`, 'atom'),
  equal: (_, [a, b]) => written(`[${a.text} = ${b.text}]`, 'atom'),
  pow: ({ exponent }, [x]) => written(`${inside(x, 'atom')}^${shortest(exponent)}`, 'power'),
  exp: (_, args) => call('exp', ...args),
  log: (_, args) => call('log', ...args),
  abs: (_, args) => call('abs', ...args),
  sign: (_, args) => call('sign', ...args),
  sigmoid: (_, args) => call('sigmoid', ...args),
  softplus: (_, args) => call('softplus', ...args),
  logSoftmax: (_, [x]) => written(`log softmax over channel of ${x.text}`, 'prefix'),
  softmax: (_, [x]) => written(`softmax over channel of ${x.text}`, 'prefix'),
  sum: ({ over }, [x]) => written(`sum over ${over.join(', ')} of ${x.text}`, 'prefix'),
  peak: ({ over }, [x]) => written(`largest over ${over.join(', ')} of ${x.text}`, 'prefix'),
  argmax: (_, [x]) => written(`first largest channel of ${x.text}`, 'prefix'),
  shift: ({ dimension, by, fill }, [x]) =>
    written(`neighbour(${x.text}, ${dimension}, ${shortest(by)}, ${shortest(fill)})`, 'atom'),
  top: ({ perMillion }, [x]) =>
    written(`hardest ${shortest(perMillion / 1e4)} % of ${x.text}`, 'prefix'),
  toClass: ({ map }, [x]) => {
    if (map.kind === 'matrix')
      return written(`${matrix(map.rows)} ${inside(x, 'power')}`, 'product');
    return isSelection(map) ? x : written(`sum over channel in class of ${x.text}`, 'prefix');
  },
  toChannel: ({ map }, [x]) =>
    map.kind === 'all' ? x : written(`sum over class of channel of ${x.text}`, 'prefix'),
};

/** A name as it can stand in a formula: quoted where it is more than one word. */
function word(name: string): string {
  return /^\p{L}[\p{L}\d_-]*$/u.test(name) ? name : JSON.stringify(name);
}

function label({ letter, term }: Label): string {
  if (term === undefined) return letter;
  return letter === '' ? word(term) : `${word(term)}.${letter}`;
}

/** Plain text, of which each line can be read back as an expression. */
export const text: Notation = {
  ops,
  label: (name) => written(label(name), 'atom'),
  mean: (over, of, by) => {
    const weights = by === undefined ? '' : ` by ${inside(by, 'product')}`;
    return written(`mean over ${over.join(', ')}${weights} of ${of.text}`, 'prefix');
  },
  logCosh: (of) => call('log cosh', of),
  skeleton: (of, iterations) => call('skeleton', of, number(iterations)),
  lines: (definitions) =>
    definitions
      .map(
        ({ left, right }) => `${label(left)} = ${typeof right === 'string' ? right : right.words}`,
      )
      .join('\n'),
};
