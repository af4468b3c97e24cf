import type { GoldenCase } from './golden-case.js';

/** The arguments of a part of a compound loss, as the compound takes them. */
export function objectOf(golden: GoldenCase, name: string): Readonly<Record<string, unknown>> {
  const value = golden.args[name];
  if (typeof value !== 'object' || value === null) throw new TypeError(`${golden.id}: no ${name}`);
  return { ...value };
}

/** A number, or what stands for it where it is not given. */
export const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** Numbers as torch holds them, float32. */
export function weightsOf(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) ? value.map((weight) => Math.fround(Number(weight))) : undefined;
}

/** The arguments that a builder understands are all that there are. */
export function expectKnown(
  args: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const unknown = Object.keys(args).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`unknown arguments ${unknown.join(', ')}`);
}
