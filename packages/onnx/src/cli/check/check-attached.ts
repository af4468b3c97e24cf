import { maskChannels } from '@softdice/core';
import type { Tensor } from 'onnxruntime-node';
import { withOutput } from '../../attach/with-output.js';
import { misused } from '../usage-error.js';
import { type CheckCase, random, targetOf } from './cases.js';
import { type CheckedCase, type CheckRun, checkedCase } from './checked-case.js';
import type { CheckedModel } from './checked-model.js';
import { opened, type Runtime, rounded, tensorOf } from './runtime.js';
import { type Plain, plain } from './tensors.js';

/** Checks a loss that was attached to a network, on random images: the network makes the prediction. */
export async function checkAttached(
  ort: Runtime,
  path: string,
  bytes: Uint8Array,
  model: CheckedModel,
  { seed, randomCases, size, progress, channels, filled }: CheckRun,
): Promise<readonly CheckedCase[]> {
  const { plan, others, prediction } = model;
  // The first axis is the batch, and so is what has its name.
  const batch = model.dims?.[0];
  const sizeOf = (dim: number | string | undefined, axis: number): number => {
    if (typeof dim === 'number') return dim;
    return axis === 0 || (dim !== undefined && dim === batch) ? 2 : size;
  };
  const shape = model.dims?.map(sizeOf);
  if (shape === undefined) {
    throw misused('model', 'a declared shape of the prediction', `none of ${prediction}`);
  }
  const { first, spatial } = channelsFirstShape(shape, model, channels);
  const session = await opened(ort, model.shown ? path : withOutput(bytes, prediction));
  const kinds = [
    ...Array.from({ length: randomCases }, () => undefined),
    'first' as const,
    'last' as const,
  ];
  const found: CheckedCase[] = [];
  try {
    for (const [at, kind] of kinds.entries()) {
      const next = random(seed + at);
      const network: Record<string, Tensor> = {};
      for (const { name, type, dims } of others) {
        const known = Object.hasOwn(filled, name) ? filled[name] : undefined;
        const isWhole = type === 'int32' || type === 'int64';
        const image = plain(dims.map(sizeOf), () => known ?? (isWhole ? 0 : next() * 2 - 1));
        network[name] = tensorOf(ort, isWhole ? image : rounded(image, type), type);
      }
      const target = batched(targetOf(plan, first[1] ?? 1, spatial, next, kind), first[0] ?? 1);
      const wanted = maskChannels(plan);
      const mask = plain(wanted === 'all' ? first : [first[0] ?? 1, 1, ...spatial], () =>
        Math.round(next()),
      );
      const given: CheckCase = {
        name: kind === undefined ? `random ${at + 1}` : `${kind} class everywhere`,
        prediction: plain(first, () => 0.5),
        target,
        ...(wanted === 'none' ? {} : { mask }),
      };
      found.push(await checkedCase(ort, session, model, given, network));
      progress(found.length, kinds.length);
    }
  } finally {
    await session.release();
  }
  return found;
}

/** The sizes of the prediction with the channels first. */
function channelsFirstShape(
  shape: readonly number[],
  { layout, dims }: CheckedModel,
  channels: number | undefined,
): { readonly first: readonly number[]; readonly spatial: readonly number[] } {
  const [samples = 1, ...rest] = shape;
  const last = layout === 'channelsLast';
  const spatial = last ? rest.slice(0, -1) : rest.slice(1);
  const declared = last ? dims?.at(-1) : dims?.[1];
  const own = typeof declared === 'number' ? declared : channels;
  if (own === undefined) {
    throw misused('--channels', 'a number, for the model does not declare it', 'nothing');
  }
  return { first: [samples, own, ...spatial], spatial };
}

/** The target for another number of samples than two. */
function batched({ shape, data }: Plain, samples: number): Plain {
  const rest = shape.slice(1);
  return plain([samples, ...rest], (at) => data[at % data.length] ?? 0);
}
