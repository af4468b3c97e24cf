import {
  channelUse,
  coefficientInput,
  execute,
  finish,
  type NamedArray,
  type PlanTerm,
  type Program,
  type Statistics,
  scalar,
  sizeOf,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, cases } from '../arbitraries/batch.js';
import { namedInputs, opsOf, programOf } from './bounds.js';

/** The values of a program's parts on a batch, the whole at once and piece by piece. */
function evaluated(drawn: Case): {
  readonly program: Program;
  readonly inputs: Readonly<Record<string, NamedArray>>;
  readonly statistics: Statistics;
} {
  const program = programOf(drawn);
  const inputs = namedInputs(drawn);
  const sums = execute(
    opsOf(drawn.batch),
    program.statistics.map(({ node }) => node),
    (name) => inputs[name],
  );
  const statistics = Object.fromEntries(
    program.statistics.flatMap(({ name }, at) => {
      const sum = sums[at];
      return sum === undefined ? [] : [[name, sum]];
    }),
  );
  return { program, inputs, statistics };
}

/** Largest difference relative to the largest element. */
function relative(received: NamedArray | undefined, expected: NamedArray | undefined): number {
  if (received === undefined || expected === undefined) throw new Error('a value is missing');
  expect([received.axes, received.shape]).toEqual([expected.axes, expected.shape]);
  const largest = expected.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = received.data.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (expected.data[at] ?? Number.NaN))),
    0,
  );
  return off === 0 ? 0 : off / largest;
}

describe('a program is the composition of its parts', () => {
  it('finish makes loss, scores, terms and coefficients of the statistics', () => {
    fc.assert(
      fc.property(cases(), (drawn) => {
        const { program, inputs, statistics } = evaluated(drawn);
        const { loss, terms, coefficients } = program.whole;
        const nodes = [
          loss,
          ...terms.flatMap((term) => [term.loss, term.scores]),
          ...coefficients.map(({ node }) => node),
        ];
        const [wholeLoss, ...rest] = execute(opsOf(drawn.batch), nodes, (name) =>
          name === 'cotangent' ? scalar(1) : inputs[name],
        );
        const finished = finish(program, statistics);
        expect(relative(finished.loss, wholeLoss)).toBeLessThan(1e-12);
        expect(relative(finished.scores, rest[1])).toBeLessThan(1e-12);
        terms.forEach(({ name }, at) => {
          const term = finished.terms[name];
          expect(relative(term?.loss, rest[2 * at])).toBeLessThan(1e-12);
          expect(relative(term?.scores, rest[2 * at + 1])).toBeLessThan(1e-12);
        });
        coefficients.forEach(({ name }, at) => {
          const coefficient = finished.coefficients[name];
          expect(relative(coefficient, rest[2 * terms.length + at])).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 120, seed: 1 },
    );
  });

  it('the pullback of the finished coefficients is the whole gradient', () => {
    fc.assert(
      fc.property(cases(), (drawn) => {
        const { program, inputs, statistics } = evaluated(drawn);
        const given: Readonly<Record<string, NamedArray>> = Object.fromEntries(
          Object.entries(finish(program, statistics).coefficients).map(([name, value]) => [
            coefficientInput(name),
            value,
          ]),
        );
        const [pulled] = execute(
          opsOf(drawn.batch),
          [program.pullback],
          (name) => given[name] ?? inputs[name],
        );
        const [gradient] = execute(opsOf(drawn.batch), [program.whole.gradient], (name) =>
          name === 'cotangent' ? scalar(1) : inputs[name],
        );
        expect(relative(pulled, gradient)).toBeLessThan(1e-12);
        expect(pulled?.shape).toEqual(inputs['prediction']?.shape);
      }),
      { numRuns: 120, seed: 2 },
    );
  });

  it('statistics lie on the grid of samples and scored classes', () => {
    fc.assert(
      fc.property(cases(), (drawn) => {
        const { program, statistics } = evaluated(drawn);
        const pooled = ['batch', 'everything'];
        const ranks = drawn.plan.terms.some((term) => 'hardest' in term && term.hardest < 100);
        const neighbours = drawn.plan.terms.some(({ kind }) => kind === 'centerline-dice');
        expect(program.additive).toBe(ranks ? 'nothing' : neighbours ? 'samples' : 'voxels');
        for (const term of drawn.plan.terms) {
          const isPooled = 'per' in term && pooled.includes(term.per);
          const axes = isPooled ? ['class'] : ['sample', 'class'];
          const own = Object.entries(statistics).filter(([name]) =>
            name.startsWith(`${term.name}.`),
          );
          expect(own.length).toBeGreaterThan(1);
          for (const [, sum] of own) {
            expect(sum.axes).toEqual(axes);
            expect(sizeOf(sum, 'class')).toBe(scoredClasses(drawn, term));
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

function scoredClasses({ batch }: Case, term: PlanTerm): number | undefined {
  const { classes } = channelUse(term);
  const [, channels = 0] = batch.prediction.shape;
  switch (classes.kind) {
    case 'all':
      return channels;
    case 'foreground':
      return channels - 1;
    case 'list':
      return classes.channels.length;
    case 'regions':
      return classes.regions.length;
  }
}
