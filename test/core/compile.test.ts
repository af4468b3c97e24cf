import { compile, inOrder, type LossSpec, type Node, planOf } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specs } from '../arbitraries/spec.js';
import { problemsOf } from './problems.js';

const drawn = fc.integer({ min: 1, max: 4 }).chain(specs);

const inputsOf = (...roots: readonly Node[]): readonly string[] =>
  inOrder(roots).flatMap((node) => (node.op === 'input' ? [node.name] : []));

describe('a compiled loss', () => {
  it('holds its plan', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        expect(compile(spec).plan).toEqual(planOf(spec));
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('reads the inputs that it declares and no others', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        const { inputs, statistics, pullback, whole } = compile(spec);
        const declared = inputsOf(...inputs);
        const voxelInputs = inputsOf(...statistics.map(({ node }) => node));
        expect(declared).toEqual(expect.arrayContaining([...voxelInputs]));
        expect([...declared, 'cotangent']).toEqual(
          expect.arrayContaining([...inputsOf(whole.loss, whole.gradient)]),
        );
        const outside = inputsOf(pullback).filter((name) => !declared.includes(name));
        expect(outside.filter((name) => !name.startsWith('coefficient:'))).toEqual([]);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('has voxels in its statistics and its pullback only', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        const { head } = compile(spec);
        const nodes = [
          head.loss,
          ...head.terms.flatMap((term) => [term.loss, term.scores]),
          ...head.coefficients.map(({ node }) => node),
        ];
        expect(inOrder(nodes).filter(({ axes }) => axes.includes('voxel'))).toEqual([]);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('is none where the spec is none', () => {
    expect(problemsOf(() => compile({ terms: [] })).map(({ path }) => path)).toEqual(['terms']);
  });
});

describe('whatever parses compiles', () => {
  const withWeights = (...weights: readonly number[]): LossSpec => ({
    terms: weights.map((weight) => ({ kind: 'overlap', weight })),
  });

  it.each([[0], [0, 0], [0, 1], [1, 0], [-1]])('weights of the terms: %j', (...weights) => {
    const spec = withWeights(...weights);
    if (problemsOf(() => planOf(spec)).length > 0) return;
    expect(compile(spec).whole.gradient.axes).toEqual(['sample', 'channel', 'voxel']);
  });

  it.each([
    ['many regions', Array.from({ length: 300 }, (_, at) => [at, at + 1])],
    ['a large region', [Array.from({ length: 3000 }, (_, at) => at)]],
  ])('%s', (_, regions) => {
    const classes = { kind: 'regions', regions, merge: 'target' } as const;
    const spec: LossSpec = { target: 'labels', terms: [{ kind: 'overlap', classes }] };
    expect(compile(spec).statistics).toHaveLength(3);
  });
});
