import fc from 'fast-check';
import { type Batch, type Case, cases, stream, type Tensor } from '../arbitraries/batch.js';
import type { Law } from './law.js';
import { type Overlap, oneTerm, selfDisagreements, under } from './one-term.js';
import type { Outcome, Result } from './target.js';

/** A term that treats all classes alike. */
const byNoName = (term: Overlap): Overlap => ({
  ...term,
  classes: 'all',
  weights:
    typeof term.weights === 'object' && term.weights.kind === 'volume' ? term.weights : 'none',
  reduction: 'mean',
});

/** What does not change when the data are rearranged. */
export const symmetryLaws: readonly Law[] = [
  {
    name: 'voxels may come in any order',
    cases: cases({ rank: fc.constant(1) }),
    check: (target, drawn, choice) => {
      const order = shuffled(drawn.batch.prediction.shape[2] ?? 1, choice);
      const moved = { ...drawn, batch: mapBatch(drawn.batch, (tensor) => taken(tensor, order)) };
      const back = inverse(order);
      return selfDisagreements(target, drawn, moved, ['loss', 'scores', 'gradient'], (outcome) => ({
        ...outcome,
        gradient: taken(outcome.gradient, back),
      }));
    },
  },
  {
    name: 'a flip along a spatial axis flips the gradient',
    cases: cases({ rank: fc.constantFrom(1, 2, 3) }),
    check: (target, drawn, choice) => {
      const rank = drawn.batch.prediction.shape.length - 2;
      // The spatial axes are the last ones of every tensor.
      const flip = (tensor: Result): Tensor =>
        flipped(tensor, tensor.shape.length - rank + (choice % rank));
      const mirrored = { ...drawn, batch: mapBatch(drawn.batch, flip) };
      const match = (outcome: Outcome): Outcome => ({
        ...outcome,
        gradient: flip(outcome.gradient),
      });
      return selfDisagreements(target, drawn, mirrored, ['loss', 'scores', 'gradient'], match);
    },
  },
  {
    name: 'classes may come in any order',
    cases: oneTerm(byNoName, {
      channels: fc.integer({ min: 2, max: 4 }),
      // An ignore label could be a class, which would move.
      shared: ({ target = 'one-hot', ...spec }) => ({
        ...spec,
        target: typeof target === 'string' ? target : target.kind,
        // A channel mask would move with the classes, and masked labels become class 0.
        voxels: ['channel-mask', 'masked-inputs'].includes(kindOf(spec.voxels ?? 'all'))
          ? 'mask'
          : (spec.voxels ?? 'all'),
      }),
    }),
    check: (target, drawn, choice) => {
      const order = shuffled(drawn.batch.prediction.shape[1] ?? 1, choice);
      const { batch, plan } = drawn;
      const back = inverse(order);
      const planes = (tensor: Tensor): Tensor => takenChannels(tensor, order);
      const relabelled = {
        ...batch.target,
        data: batch.target.data.map((label) => back[label] ?? label),
      };
      const moved: Case = {
        ...drawn,
        batch: {
          ...batch,
          prediction: planes(batch.prediction),
          target: plan.target.kind === 'labels' ? relabelled : planes(batch.target),
          ...(batch.mask !== undefined && plan.voxels.kind === 'channel-mask'
            ? { mask: planes(batch.mask) }
            : {}),
        },
      };
      const match = (outcome: Outcome): Outcome => ({
        ...outcome,
        gradient: takenChannels(outcome.gradient, back),
      });
      return selfDisagreements(target, drawn, moved, ['loss', 'gradient'], match);
    },
  },
  {
    name: 'masked voxels might as well not be there',
    cases: cases({ rank: fc.constant(1) }).map((drawn): Case => {
      const kinds = ['mask', 'channel-mask', 'weights', 'masked-inputs', 'target-mass'];
      const plain = kinds.includes(drawn.plan.voxels.kind);
      return perCounted(plain ? withoutMask(drawn) : drawn);
    }),
    check: (target, drawn, choice) => {
      const [samples = 1, , voxels = 1] = drawn.batch.prediction.shape;
      const random = stream(choice);
      const kept = Array.from({ length: voxels }, (_, at) => at).filter(() => random() < 0.6);
      const order = kept.length === 0 ? [0] : kept;
      const mask: Tensor = {
        shape: [samples, voxels],
        data: Array.from({ length: samples * voxels }, (_, at) =>
          order.includes(at % voxels) ? 1 : 0,
        ),
      };
      const masked = under(drawn, { ...drawn.spec, voxels: 'mask' });
      const deleted = { ...drawn, batch: mapBatch(drawn.batch, (tensor) => taken(tensor, order)) };
      const where = Array.from({ length: voxels }, (_, at) => order.indexOf(at));
      return selfDisagreements(
        target,
        { ...masked, batch: { ...drawn.batch, mask } },
        deleted,
        ['loss', 'scores', 'gradient'],
        (outcome) => ({ ...outcome, gradient: taken(outcome.gradient, where) }),
      );
    },
  },
];

function kindOf(choice: string | { readonly kind: string }): string {
  return typeof choice === 'string' ? choice : choice.kind;
}

/**
 * What is taken of all voxels changes where voxels are taken away, also those that do not count: a mean
 * over all of them, and a percentage of the hardest.
 */
function perCounted(drawn: Case): Case {
  const terms = drawn.plan.terms.map((term) =>
    term.kind === 'cross-entropy'
      ? {
          ...term,
          hardest: 100,
          average: term.average === 'voxels' ? ('valid' as const) : term.average,
        }
      : term,
  );
  return under(drawn, { ...drawn.spec, terms });
}

function withoutMask(drawn: Case): Case {
  const { mask: _, ...batch } = drawn.batch;
  return { ...under(drawn, { ...drawn.spec, voxels: 'all' }), batch };
}

function mapBatch({ prediction, target, mask }: Batch, change: (tensor: Tensor) => Tensor): Batch {
  return {
    prediction: change(prediction),
    target: change(target),
    ...(mask === undefined ? {} : { mask: change(mask) }),
  };
}

/** The listed positions of the last axis; 0 where a position is negative. */
function taken({ shape, data }: Result, order: readonly number[]): Tensor {
  const length = shape.at(-1) ?? 1;
  const rows = data.length / length;
  return {
    shape: [...shape.slice(0, -1), order.length],
    data: Array.from({ length: rows * order.length }, (_, at) => {
      const from = order[at % order.length] ?? -1;
      return from < 0 ? 0 : (data[Math.floor(at / order.length) * length + from] ?? 0);
    }),
  };
}

/** The positions of one axis in reverse. */
function flipped({ shape, data }: Result, axis: number): Tensor {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const length = shape[axis] ?? 1;
  return {
    shape,
    data: Array.from(data, (_, at) => {
      const place = Math.floor(at / inner) % length;
      return data[at + (length - 1 - 2 * place) * inner] ?? 0;
    }),
  };
}

/** The listed positions of the channel axis. */
function takenChannels({ shape, data }: Result, order: readonly number[]): Tensor {
  const [, channels = 1, ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  return {
    shape,
    data: Array.from(data, (_, at) => {
      const channel = Math.floor(at / voxels) % channels;
      return data[at + ((order[channel] ?? channel) - channel) * voxels] ?? 0;
    }),
  };
}

function shuffled(length: number, seed: number): readonly number[] {
  const random = stream(seed);
  return Array.from({ length }, (_, at) => ({ at, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ at }) => at);
}

function inverse(order: readonly number[]): readonly number[] {
  return order.map((_, at) => order.indexOf(at));
}
