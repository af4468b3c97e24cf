import { builder, execute, filled, type Node, opTable } from '@softdice/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { write } from '../../packages/core/src/explain/formula/notation.js';
import { text } from '../../packages/core/src/explain/formula/text.js';
import { readFormula } from './read-formula.js';
import { seed } from './run.js';

const b = builder();
const grid = ['sample', 'class'] as const;
const leaves = ['x', 'y', 'z'].map((name) => b.input(name, grid));
const like = (): Node => leaves[0] ?? b.real(0);
const name = (word: string): Node => b.input(word, grid);
const values = new Map(
  ['x', 'y', 'z'].map((letter, at) => [
    letter,
    filled([...grid], [2, 3], (cell) => 0.3 + 0.17 * at + 0.11 * cell),
  ]),
);

const valueOfNode = (node: Node): readonly number[] => [
  ...(execute(opTable, [node], (input) => values.get(input))[0]?.data ?? []),
];

/** Expressions of every precedence, nested in every place. */
const { node: expressions } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...leaves, b.real(2), b.real(0.5), b.real(-1), b.real(-3), b.real(1e-5)),
    fc
      .tuple(
        fc.constantFrom('add', 'sub', 'mul', 'div', 'max', 'min', 'less'),
        tie('node'),
        tie('node'),
      )
      .map(([op, left, right]) => b[op as 'add'](left, right)),
    tie('node').map((x) => b.pow(b.abs(x), 2)),
    tie('node').map((x) => b.mul(b.real(-1), x)),
    tie('node').map((x) => b.sum(x, ['class'], like())),
    tie('node').map((x) => b.div(b.sum(x, grid, like()), b.sum(b.real(1), grid, like()))),
  ),
}));

it('a printed expression reads back as itself: parentheses are where they must be', () => {
  fc.assert(
    fc.property(expressions, (node) => {
      const printed = write(text, node, new Map()).text;
      const again = readFormula(printed, { b, name, like });
      const [expected, received] = [valueOfNode(node), valueOfNode(again)];
      expect(received).toHaveLength(expected.length);
      expected.forEach((value, at) => {
        const off = Math.abs((received[at] ?? Number.NaN) - value);
        // Sums may be read in another order, which cancels differently.
        if (Number.isFinite(value)) expect(off).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(value)));
      });
    }),
    { numRuns: 2000, seed },
  );
});

it('a printed expression has no parentheses too many', () => {
  const [x, y, z] = leaves as [Node, Node, Node];
  const printed = (node: Node): string => write(text, node, new Map()).text;
  expect(printed(b.sub(x, b.add(y, z)))).toBe('x - (y + z)');
  expect(printed(b.add(x, b.sub(y, z)))).toBe('x + y - z');
  expect(printed(b.div(b.mul(x, y), b.mul(y, z)))).toBe('x y / (y z)');
  expect(printed(b.mul(b.real(-1), b.div(x, y)))).toBe('-x / y');
  expect(printed(b.sub(x, b.mul(b.real(-2), y)))).toBe('x - (-2 y)');
  expect(printed(b.pow(b.mul(x, y), 2))).toBe('(x y)^2');
});

it('a sum divided by another count is no mean', () => {
  const [x] = leaves as [Node];
  const mismatched = b.div(b.sum(x, ['sample']), b.count(x, 'class'));
  expect(write(text, mismatched, new Map()).text).toBe('(sum over sample of x) / count(class)');
});
