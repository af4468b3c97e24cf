import {
  type Axis,
  finish,
  merge,
  type NamedArray,
  type Program,
  type Statistics,
} from '@softdice/core';
import fc from 'fast-check';
import { type Batch, type Case, type CaseOptions, cases } from '../arbitraries/batch.js';
import { boundsOf, programOf } from './bounds.js';
import { type Disagreement, disagreement } from './compare.js';
import { halves } from './halves.js';
import type { Law } from './law.js';
import { largest } from './one-term.js';
import type { Result, Target } from './target.js';

/** Cases of losses of which such parts merge. */
export function mergeable(of: 'tiles' | 'batches', options: CaseOptions = {}): fc.Arbitrary<Case> {
  const enough: readonly Program['additive'][] =
    of === 'tiles' ? ['voxels'] : ['voxels', 'samples'];
  return cases(options).filter((drawn) => enough.includes(programOf(drawn).additive));
}

/** The loss is what the head makes of statistics, and statistics of parts add up to the whole. */
export const mergingLaws: readonly Law[] = [
  {
    name: 'the loss is the head of the statistics',
    cases: cases(),
    check: (target, drawn) => mergedDisagreements(target, drawn, [drawn.batch], 'tiles'),
  },
  {
    name: 'tiles merge to their sample',
    cases: mergeable('tiles', { rank: fc.constant(1) }),
    check: (target, drawn, choice) => {
      const length = drawn.batch.prediction.shape[2] ?? 1;
      const cut = choice % length;
      const parts = cut === 0 ? [drawn.batch] : halves(drawn.batch, 'last', cut);
      return mergedDisagreements(target, drawn, parts, 'tiles');
    },
  },
  {
    name: 'batches merge to their union',
    cases: mergeable('batches'),
    check: (target, drawn, choice) => {
      const samples = drawn.batch.prediction.shape[0] ?? 1;
      const cut = choice % samples;
      const parts = cut === 0 ? [drawn.batch] : halves(drawn.batch, 'first', cut);
      return mergedDisagreements(target, drawn, parts, 'batches');
    },
  },
];

async function mergedDisagreements(
  target: Target,
  drawn: Case,
  parts: readonly Batch[],
  of: 'tiles' | 'batches',
): Promise<readonly Disagreement[]> {
  const { spec, batch } = drawn;
  const program = programOf(drawn);
  const whole = await target.evaluate(spec, batch);
  const statistics: Statistics[] = [];
  for (const part of parts) {
    const outcome = await target.evaluate(spec, part);
    statistics.push(
      Object.fromEntries(
        program.statistics.map(({ name, node }) => [
          name,
          named(node.axes, outcome.statistics[name]),
        ]),
      ),
    );
  }
  const [only = {}, ...others] = statistics;
  const merged = others.length === 0 ? only : merge(statistics, of, program);
  const finished = finish(program, merged);
  const bounds = boundsOf(drawn, target.precision);
  // Each side is off by its own rounding: of the whole, and of its parts.
  return [
    disagreement('loss', finished.loss, whole.loss, largest(bounds.loss), largest(bounds.loss)),
    disagreement('scores', finished.scores, whole.scores, bounds.scores, bounds.scores),
    ...program.statistics.flatMap(({ name }) => {
      const [part, wanted, bound] = [merged[name], whole.statistics[name], bounds.statistics[name]];
      if (part === undefined || wanted === undefined || bound === undefined) return [];
      return [disagreement(name, part, wanted, bound, bound)];
    }),
  ];
}

function named(axes: readonly Axis[], result: Result | undefined): NamedArray {
  if (result === undefined) throw new Error('a statistic is missing');
  return { axes, shape: result.shape, data: Float64Array.from(result.data) };
}
