import { planOf } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';
import { contextOf, specOf } from './imported-case.js';
import { gridOf, type KerasReduction, sampleWeighted } from './keras-sample-weight.js';
import { channelsFirst } from './layout.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';

/** The relative error of one rounding, by the dtype of a loss; float64 is what the cases ran in. */
const roundings: Readonly<Record<string, number>> = {
  float64: 0,
  float32: 2 ** -24,
  float16: 2 ** -11,
  bfloat16: 2 ** -8,
};

/** A case of a Keras class by its importer; a sample weight acts on the losses that it leaves. */
export function importedKeras(golden: GoldenCase): PeerLoss | NotOurs {
  const { args, sampleWeight, layout } = golden;
  const { reduction } = args;
  const result = specOf({
    library: 'keras',
    className: golden.callable,
    args: sampleWeight === undefined ? args : { ...args, reduction: 'none' },
    context: contextOf(golden),
  });
  if ('notOurs' in result) return result;
  if (result.kind === 'levels') throw new TypeError(`${golden.id} has no levels`);
  const { spec } = result;
  const prediction = withChannels(channelsFirst(golden.input, layout));
  const target = withChannels(channelsFirst(golden.target, layout));
  const [term] = planOf(spec).terms;
  if (term?.kind !== 'overlap') throw new TypeError(`${golden.id} is no overlap`);
  const losses = gridOf(perOf(term.per), prediction.shape);
  const afterwards = sampleWeight && sampleWeighted(sampleWeight, losses, reductionOf(reduction));
  if (afterwards !== undefined && 'notOurs' in afterwards) return afterwards;
  const roundoff = prediction.data.length * (roundings[String(args['dtype'] ?? 'float64')] ?? 0);
  return {
    spec,
    prediction,
    target,
    ...(roundoff === 0 ? {} : { roundoff }),
    ...(afterwards === undefined ? {} : { afterwards }),
  };
}

type Per = Parameters<typeof gridOf>[0];

const perOf = (per: string): Per => {
  if (per === 'image' || per === 'batch' || per === 'merged-image') return per;
  return 'everything';
};

function reductionOf(word: unknown): KerasReduction {
  switch (word) {
    case null:
    case 'none':
      return 'none';
    case 'sum':
    case 'mean_with_sample_weight':
      return word;
    default:
      return 'mean';
  }
}

/** A list of numbers as one sample of one channel, anything else as it is. */
function withChannels({ shape, data }: Tensor): Tensor {
  return { shape: shape.length === 1 ? [1, 1, ...shape] : shape, data };
}
