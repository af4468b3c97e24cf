import { type Axis, type Builder, builder, type Node } from '@softdice/core';

/** What the names of a formula mean to {@link readFormula}. */
export interface Meaning {
  readonly b: Builder;
  readonly name: (name: string) => Node;
  /** A node that has every axis of the grid, for counts. */
  readonly like: () => Node;
  /** What `skeleton` does. */
  readonly skeleton?: (x: Node, iterations: number) => Node;
  /** What `sum over channel in class` does. */
  readonly merged?: (x: Node) => Node;
}

const functions = [
  'max',
  'min',
  'exp',
  'log',
  'log cosh',
  'abs',
  'sign',
  'sigmoid',
  'softplus',
  'count',
  'skeleton',
];
const token =
  /\s*(log cosh(?=\()|log softmax(?= over)|\d[\d.]*(?:e-?\d+)?|"[^"]*"(?:\.\p{L}+)?|\p{L}[\p{L}\d_-]*(?:\.\p{L}+)?|[-+/^()[\],<=%])/uy;

function tokens(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match?.[1] === undefined) throw new Error(`cannot read ${text.slice(at)}`);
    found.push(match[1]);
  }
  return found;
}

/** Reads a printed formula back into an expression. */
export function readFormula(text: string, { b, name, like, merged, skeleton }: Meaning): Node {
  const rest = tokens(text);
  const next = (): string => rest.shift() ?? 'the end';
  const accept = (wanted: string): boolean => rest[0] === wanted && rest.shift() !== undefined;
  const expect = (wanted: string): void => {
    if (!accept(wanted)) throw new Error(`expected ${wanted} before ${rest.join(' ')} in ${text}`);
  };

  const expression = (): Node => {
    if (rest[1] === 'over') return prefix();
    if (rest[2] === '%') return hardest();
    let left = accept('-') ? b.mul(b.real(-1), quotient()) : quotient();
    while (rest[0] === '+' || rest[0] === '-') {
      left = next() === '+' ? b.add(left, quotient()) : b.sub(left, quotient());
    }
    return left;
  };
  const prefix = (): Node => {
    const word = next();
    expect('over');
    const over = [next()];
    while (accept(',')) over.push(next());
    const inClass = accept('in') && next() === 'class';
    const by = accept('by') ? product() : undefined;
    expect('of');
    const x = expression();
    if (inClass) return merged?.(x) ?? x;
    if (word === 'softmax') return b.softmax(x);
    if (word === 'log softmax') return b.logSoftmax(x);
    const axes = over as Axis[];
    const isThere = axes.every((axis) => x.axes.includes(axis));
    if (word === 'sum') return isThere ? b.sum(x, axes) : b.sum(x, axes, like());
    if (word === 'largest') return b.peak(x, axes);
    const weight = by ?? b.real(1);
    const size = b.sum(weight, axes, like());
    const total = b.sum(b.mul(weight, x), axes, like());
    return b.div(total, by === undefined ? size : b.max(size, b.real(1e-30)));
  };
  const hardest = (): Node => {
    expect('hardest');
    const perMillion = Math.round(Number(next()) * 1e4);
    expect('%');
    expect('of');
    return b.top(expression(), perMillion);
  };
  const quotient = (): Node => {
    const top = product();
    return accept('/') ? b.div(top, power()) : top;
  };
  const product = (): Node => {
    let left = power();
    while (/^["\p{L}\d([]/u.test(rest[0] ?? '') && !['of', 'by', 'in'].includes(rest[0] ?? '')) {
      left = b.mul(left, power());
    }
    return left;
  };
  const power = (): Node => {
    const base = atom();
    return accept('^') ? b.pow(base, Number(next())) : base;
  };
  const atom = (): Node => {
    const word = next();
    if (word === '(') return closed(expression(), ')');
    if (word === '[') return bracket();
    if (/^\d/.test(word)) return b.real(Number(word));
    if (functions.includes(word) && accept('(')) return called(word);
    if (word === 'class') return b.index(like(), 'class');
    return name(word);
  };
  const bracket = (): Node => {
    if (rest[0] === '[' && isRow()) return matrix();
    const first = expression();
    if (accept('<')) return closed(compared(b.less, first, expression()), ']');
    if (accept('=')) return closed(compared(b.equal, first, expression()), ']');
    const values = [first];
    while (accept(',')) values.push(expression());
    return closed(b.vector(values.map((value) => constant(value))), ']');
  };
  /** Whether numbers alone stand up to the next bracket: a comparison may begin with one too. */
  const isRow = (): boolean =>
    rest.slice(1, rest.indexOf(']')).every((part) => /^[\d,-]/.test(part));
  /** Applied to what follows it. */
  const matrix = (): Node => {
    const rows: (readonly number[])[] = [];
    do {
      expect('[');
      const row = bracket();
      if (row.op !== 'vector') throw new Error(`${row.op} is no row`);
      rows.push(row.values);
    } while (accept(','));
    expect(']');
    return b.toClass(power(), { kind: 'matrix', rows });
  };
  const compared = (op: Builder['less'], left: Node, right: Node): Node => {
    const isInteger = left.type === 'integer' || right.type === 'integer';
    return isInteger ? op(integral(left), integral(right)) : op(left, right);
  };
  const integral = (node: Node): Node => {
    if (node.type === 'integer') return node;
    if (node.op === 'vector') return b.vector(node.values, 'integer');
    return b.integer(constant(node));
  };
  /** The grid has neither channels nor voxels. */
  const count = (axis: Axis): Node =>
    b.count(axis === 'voxel' || axis === 'channel' ? name('prediction') : like(), axis);
  const called = (word: string): Node => {
    if (word === 'count') return closed(count(next() as Axis), ')');
    const x = expression();
    if (word === 'max' || word === 'min') {
      expect(',');
      return closed(b[word](x, expression()), ')');
    }
    if (word === 'skeleton') {
      expect(',');
      return closed(skeleton?.(x, Number(next())) ?? x, ')');
    }
    const f =
      word === 'log cosh' ? logCosh : b[word as 'exp' | 'log' | 'abs' | 'sigmoid' | 'softplus'];
    return closed(f(x), ')');
  };
  const logCosh = (x: Node): Node => {
    const size = b.abs(x);
    const decay = b.exp(b.mul(b.real(-2), size));
    return b.add(size, b.log(b.mul(b.real(0.5), b.add(b.real(1), decay))));
  };
  const closed = (node: Node, bracket: string): Node => {
    expect(bracket);
    return node;
  };

  const whole = expression();
  if (rest.length > 0) throw new Error(`left over: ${rest.join(' ')} in ${text}`);
  return whole;
}

function constant(node: Node): number {
  if (node.op === 'const') return node.value;
  if (node.op === 'mul') return node.args.map(constant).reduce((a, b) => a * b);
  throw new Error(`${node.op} is no number`);
}

/** The value of a formula over plain numbers. */
export function numberOf(text: string, numbers: Readonly<Record<string, number>>): number {
  const b = builder();
  const name = (word: string): Node => {
    const value = numbers[word];
    if (value === undefined) throw new Error(`${word} has no value`);
    return b.real(value);
  };
  return fold(readFormula(text, { b, name, like: () => b.real(0) }));
}

function fold(node: Node): number {
  if (node.op === 'const') return node.value;
  const [x = Number.NaN] = node.args.map(fold);
  if (node.op === 'pow') return x ** node.exponent;
  if (node.op === 'mul') return node.args.map(fold).reduce((a, b) => a * b);
  if (node.op === 'div') return node.args.map(fold).reduce((a, b) => a / b);
  if (node.op === 'add') return node.args.map(fold).reduce((a, b) => a + b);
  if (node.op === 'sub') return node.args.map(fold).reduce((a, b) => a - b);
  throw new Error(`${node.op} in a formula of numbers`);
}
