import type { Value } from './component.js';

/** What the reader of literals asks about `@reference`s. */
export type Resolve = (reference: string) => Value;

const word = /^(?:True|False|None)\b/;
const number = /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/;
const text = /^'([^'\\]*)'|^"([^"\\]*)"/;
const reference = /^@\w*(?:(?:::|#)\w+)*/;
const tensor = /^(?:torch\.(?:tensor|as_tensor|FloatTensor)|(?:np|numpy)\.(?:array|asarray))\(/;
const dotted = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/**
 * The value of a Python expression that says nothing but a value: numbers, texts, True, False, None, lists
 * and tuples of them, `@references`, `torch.tensor` and `np.array` of such a value, and a dotted name, which
 * stands for itself. Undefined for every other expression: nothing is ever evaluated.
 */
export function pythonLiteral(expression: string, resolve: Resolve): Value | undefined {
  const source = expression.trim();
  if (dotted.test(source) && !tensor.test(`${source}(`)) return { is: 'name', name: source };
  const read = valueFrom(source, resolve, 0);
  return read?.rest.trim() === '' ? read.value : undefined;
}

interface Read {
  readonly value: Value;
  readonly rest: string;
}

function valueFrom(before: string, resolve: Resolve, depth: number): Read | undefined {
  const source = before.trimStart();
  if (depth > 20) return undefined;
  const [name] = word.exec(source) ?? [];
  if (name !== undefined) {
    const value = name === 'None' ? null : name === 'True';
    return { value: { is: 'plain', value }, rest: source.slice(name.length) };
  }
  const [digits] = number.exec(source) ?? [];
  if (digits !== undefined) {
    const value = Number(digits.replaceAll('_', ''));
    return { value: { is: 'plain', value }, rest: source.slice(digits.length) };
  }
  const [quoted, single, double] = text.exec(source) ?? [];
  if (quoted !== undefined) {
    const value = single ?? double ?? '';
    return { value: { is: 'plain', value }, rest: source.slice(quoted.length) };
  }
  const [at] = reference.exec(source) ?? [];
  if (at !== undefined) return { value: resolve(at), rest: source.slice(at.length) };
  const [call] = tensor.exec(source) ?? [];
  if (call !== undefined) {
    const inner = valueFrom(source.slice(call.length), resolve, depth + 1);
    const rest = inner?.rest.trimStart();
    return inner !== undefined && rest?.startsWith(')')
      ? { value: inner.value, rest: rest.slice(1) }
      : undefined;
  }
  if (source.startsWith('[')) return listFrom(source.slice(1), ']', resolve, depth);
  return source.startsWith('(') ? listFrom(source.slice(1), ')', resolve, depth) : undefined;
}

function listFrom(
  before: string,
  end: ']' | ')',
  resolve: Resolve,
  depth: number,
): Read | undefined {
  const items: Value[] = [];
  let rest = before.trimStart();
  let commas = 0;
  while (!rest.startsWith(end)) {
    const item = valueFrom(rest, resolve, depth + 1);
    if (item === undefined) return undefined;
    items.push(item.value);
    rest = item.rest.trimStart();
    if (rest.startsWith(',')) {
      commas += 1;
      rest = rest.slice(1).trimStart();
    } else if (!rest.startsWith(end)) return undefined;
  }
  const after = rest.slice(1);
  const [only] = items;
  // Parentheses around one value are no tuple.
  if (end === ')' && commas === 0 && only !== undefined) return { value: only, rest: after };
  return { value: { is: 'list', items }, rest: after };
}
