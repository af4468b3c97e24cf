import {
  channelUse,
  execute,
  type LossSpec,
  opTable,
  planOf,
  scalar,
  sizeOf,
  statisticInput,
} from '@softdice/core';
import type { Batch, Case, Tensor } from '../arbitraries/batch.js';
import { namedInputs, opsOf, programOf } from '../conformance/bounds.js';
import { firstOverlap, type Overlap } from '../conformance/one-term.js';

/** Runs are repeatable; a failure prints the seed of its own. */
export const seed: number = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

/** What a loss gives by the interpreter, its activations left out: the prediction is p. */
export interface Ran {
  /** One entry, or the grid. */
  readonly loss: readonly number[];
  readonly gradient: readonly number[];
  /** Of the first term. */
  readonly scores: readonly number[];
}

/** Runs a loss. */
export function run(spec: LossSpec, batch: Batch): Ran {
  const program = programOf({ spec, batch });
  const inputs = namedInputs({ plan: program.plan, batch });
  const { loss, gradient, terms } = program.whole;
  const wanted = [loss, gradient, terms[0]?.scores ?? loss];
  const [value, slopes, scores] = execute(opsOf(batch), wanted, (input) =>
    input === 'cotangent' ? scalar(1) : inputs[input],
  );
  const data = (array: typeof value): readonly number[] => [...(array?.data ?? [])];
  return { loss: data(value), gradient: data(slopes), scores: data(scores) };
}

/** The weight of each class of the first term, by sample; 1 without weights. */
export function classWeights(
  spec: LossSpec,
  batch: Batch,
): (sample: number, scored: number) => number {
  const { plan, statistics, head } = programOf({ spec, batch });
  const weights = head.terms[0]?.weights;
  if (weights === undefined) return () => 1;
  const inputs = namedInputs({ plan, batch });
  const nodes = statistics.map(({ node }) => node);
  const sums = execute(opsOf(batch), nodes, (input) => inputs[input]);
  const [v] = execute(
    opTable,
    [weights],
    (input) => sums[statistics.findIndex(({ name }) => statisticInput(name) === input)],
  );
  return (sample, scored) => {
    if (v === undefined) return Number.NaN;
    const row = v.axes.includes('sample') ? sample * sizeOf(v, 'class') : 0;
    return v.data[row + scored] ?? Number.NaN;
  };
}

/** The same loss over probabilities, with a floor that moderate ones do not reach. */
export function withoutActivation(spec: LossSpec): LossSpec {
  const terms = planOf(spec).terms.map((term) => ({
    ...term,
    activation: 'none' as const,
    ...(term.kind === 'cross-entropy' &&
    term.activation !== 'none' &&
    term.logarithm.kind === 'floored'
      ? { floor: 1e-12 }
      : {}),
  }));
  return { ...spec, terms };
}

/** The only term, complete. */
export function onlyTerm(spec: LossSpec): Overlap {
  return firstOverlap(planOf(spec));
}

/** t per channel as it is counted, before rescaling. */
export function encodedTarget({ plan, batch }: Case): Tensor {
  const { shape } = batch.prediction;
  const [, channels = 1, ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const found = plan.terms
    .map((term) => channelUse(term).classes)
    .find(({ kind }) => kind === 'regions');
  const regions = found?.kind === 'regions' && found.merge === 'target' ? found.regions : undefined;
  const { kind } = plan.target;
  if (kind !== 'labels' && kind !== 'binary') return batch.target;
  const data = batch.prediction.data.map((_, at) => {
    const sample = Math.floor(at / (channels * voxels));
    const channel = Math.floor(at / voxels) % channels;
    const label = batch.target.data[sample * voxels + (at % voxels)] ?? 0;
    if (kind === 'binary') return label === 1 ? 1 : 0;
    const members = regions === undefined ? [channel] : (regions[channel] ?? []);
    return members.includes(label) ? 1 : 0;
  });
  return { shape, data };
}

/** Whether merged channels of a soft target can exceed 1, which is outside the domain. */
export function mergesSoftTarget({ plan }: Case): boolean {
  return (
    plan.target.kind === 'soft' &&
    plan.terms.some((term) => channelUse(term).classes.kind === 'regions')
  );
}
