import type { GoldenCase } from './golden-case.js';
import { contextOf, specOf } from './imported-case.js';
import { hasPlanes } from './nnunet-inputs.js';
import type { NotOurs, PeerLevels, PeerLoss } from './peer-loss.js';
import { wrappedCallable } from './wrapped-callable.js';

/** A case of an nnU-Net class by its importer. */
export function importedNnunet(golden: GoldenCase): PeerLoss | PeerLevels | NotOurs {
  const { callable, worldSize: processes = 1, args } = golden;
  const wrapped = wrappedCallable(callable);
  const ignores = args['use_ignore_label'] === true;
  const made = ignores ? withoutIgnored(golden) : golden;
  const joined = args['ddp'] !== false && args['batch_dice'] === true;
  if (processes > 1 && !joined) return { notOurs: 'each process has a loss of its own' };
  const { weight_factors, ...inner } = args;
  const result = specOf({
    library: 'nnunet',
    className: wrapped?.outer ?? callable,
    args:
      wrapped === undefined
        ? args
        : { loss: { class: wrapped.inner, args: inner }, weight_factors },
    context: contextOf(made),
  });
  if ('notOurs' in result) return result;
  const { input, target, mask, levels = [], levelTargets = [] } = made;
  if (result.kind === 'levels') {
    const inputs = { predictions: [input, ...levels], targets: [target, ...levelTargets] };
    return { levels: result.spec, inputs };
  }
  return {
    spec: result.spec,
    prediction: input,
    target: hasPlanes(made) ? { shape: input.shape, data: target.data } : target,
    ...(mask === undefined ? {} : { mask }),
    ...(processes === 1 ? {} : { processes }),
  };
}

/** The ignore channel as a mask, the others as the target. */
function withoutIgnored(golden: GoldenCase): GoldenCase {
  const { input, target } = golden;
  const [samples = 1, channels = 1, ...spatial] = input.shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const all = Array.from(target.data);
  const bySample = Array.from({ length: samples }, (_, sample) =>
    all.slice(sample * (channels + 1) * voxels, (sample + 1) * (channels + 1) * voxels),
  );
  return {
    ...golden,
    target: {
      ...target,
      shape: input.shape,
      data: bySample.flatMap((planes) => planes.slice(0, channels * voxels)),
    },
    mask: {
      shape: [samples, 1, ...spatial],
      data: bySample.flatMap((planes) => planes.slice(channels * voxels).map((x) => 1 - x)),
    },
  };
}
