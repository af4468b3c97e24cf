import type { GoldenCase } from './golden-case.js';

/** A callable that wraps another, as in `a.Outer(Inner(x=True))`. */
export interface WrappedCallable {
  readonly outer: string;
  readonly inner: string;
  /** Constructor arguments of the inner one, as far as its name shows them. */
  readonly args: GoldenCase['args'];
}

/** Reads a callable that wraps another; undefined where it wraps none. */
export function wrappedCallable(callable: string): WrappedCallable | undefined {
  const [, outer, inner, shown] = /^([\w.]+)\((\w+)(?:\((.*)\))?\)$/.exec(callable) ?? [];
  if (outer === undefined || inner === undefined) return undefined;
  const pairs = (shown ?? '').split(',').filter((text) => text !== '');
  return { outer, inner, args: Object.fromEntries(pairs.map(argumentIn)) };
}

function argumentIn(text: string): readonly [string, unknown] {
  const [name = '', value = ''] = text.split('=').map((part) => part.trim());
  switch (value) {
    case 'True':
      return [name, true];
    case 'False':
      return [name, false];
    case 'None':
      return [name, null];
    default:
      return [name, JSON.parse(value.replaceAll("'", '"'))];
  }
}
