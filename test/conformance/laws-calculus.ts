import type { LossSpec, TermSpec } from '@softdice/core';
import fc from 'fast-check';
import { cases, stream, type Tensor } from '../arbitraries/batch.js';
import { usual } from '../arbitraries/from-schema.js';
import { specs } from '../arbitraries/spec.js';
import { boundsOf } from './bounds.js';
import { disagreement } from './compare.js';
import type { Law } from './law.js';
import { oneTerm } from './one-term.js';
import { reference } from './reference.js';

function ofSoftmax(term: LossSpec['terms'][number]): TermSpec {
  const written: TermSpec = typeof term === 'string' ? { kind: term } : term;
  if (written.kind !== 'cross-entropy') return { ...written, activation: 'softmax' };
  const { classes = 'all' } = written;
  return {
    ...written,
    activation: 'softmax',
    distribution: 'categorical',
    positive: 1,
    negative: 1,
    // Regions share voxels: each is a channel of its own, as many as without them.
    classes: typeof classes === 'object' && classes.kind === 'regions' ? 'all' : classes,
  };
}

/** What gradients do. */
export const calculusLaws: readonly Law[] = [
  {
    name: 'the gradient of softmax losses sums to 0 over the channels',
    cases: cases({
      channels: fc.integer({ min: 2, max: 4 }),
      spec: (channels, rank) =>
        specs(channels, usual, rank).map((spec) => ({
          ...spec,
          terms: spec.terms.map(ofSoftmax),
        })),
    }),
    check: async (target, drawn) => {
      const { gradient } = await target.evaluate(drawn.spec, drawn.batch);
      const bound = boundsOf(drawn, target.precision).gradient;
      const [samples = 1, channels = 1, ...spatial] = gradient.shape;
      const voxels = spatial.reduce((product, size) => product * size, 1);
      const overChannels = (data: ArrayLike<number>): Float64Array =>
        Float64Array.from({ length: samples * voxels }, (_, at) => {
          const first = Math.floor(at / voxels) * channels * voxels + (at % voxels);
          let sum = 0;
          for (let channel = 0; channel < channels; channel++)
            sum += data[first + channel * voxels] ?? 0;
          return sum;
        });
      const shape = [samples, voxels];
      const zeros = new Float64Array(samples * voxels);
      return [
        disagreement(
          'sum over channels',
          { shape, data: overChannels(gradient.data) },
          { shape, data: zeros },
          { ...bound, error: overChannels(bound.error) },
        ),
      ];
    },
  },
  {
    name: 'the cotangent of a grid weighs its cells',
    cases: oneTerm((term) => ({
      ...term,
      absent: 'keep',
      weights: 'none',
      power: { ...term.power, reduced: 1 },
      reduction: term.per === 'image' ? 'class-mean' : 'none',
    })),
    check: async (target, drawn, choice) => {
      const { loss } = await reference.evaluate(drawn.spec, drawn.batch);
      const random = stream(choice);
      const data = Array.from(loss.data, () => Math.fround(2 * random() - 1));
      const cotangent: Tensor = { shape: loss.shape, data };
      const received = await target.evaluate(drawn.spec, drawn.batch, cotangent);
      const expected = await reference.evaluate(drawn.spec, drawn.batch, cotangent);
      // Cotangents within [-1, 1] cannot make more error than 1.
      const bound = boundsOf(drawn, target.precision).gradient;
      return [disagreement('gradient', received.gradient, expected.gradient, bound, bound)];
    },
  },
];
