import { dice } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { importedSmp } from './imported-smp.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';
import { smpInputs } from './smp-inputs.js';

/**
 * pytorch-toolbelt `DiceLoss`, from which SMP's came: `1 - (2I + smooth) / max(P + T + smooth, eps)`.
 * Unlike SMP's it makes ignored labels voxels of class 0.
 *
 * Source: pytorch-toolbelt 0.8.0, pytorch_toolbelt/losses/dice.py and functional.py.
 */
export const toolbeltDice: PeerBuilder = (golden): PeerLoss | NotOurs => {
  const { ignore_index: ignored, mode } = golden.args;
  if (mode === 'multiclass' && typeof ignored === 'number') {
    return { notOurs: 'ignored voxels count as class 0 of the target' };
  }
  return importedSmp({ ...golden, callable: 'DiceLoss', peerVersion: '0.3.4' });
};

/**
 * pytorch-toolbelt `BinarySoftF1Loss`: `1 - 2I / (P + T + 1e-6)` of sigmoids over everything. The
 * argument eps clips p and is not the one in the denominator.
 *
 * Source: pytorch-toolbelt 0.8.0, pytorch_toolbelt/losses/soft_f1.py.
 */
export const toolbeltSoftF1: PeerBuilder = (golden): PeerLoss | NotOurs => {
  const args = argumentsOf(golden, ['ignore_index', 'eps']);
  if (clips(golden, args.number('eps') ?? 1e-6)) return { notOurs: 'p is clipped' };
  const { target, voxels, ...inputs } = smpInputs(golden, 'binary', args.number('ignore_index'));
  const spec = dice({
    target: target.kind,
    voxels,
    activation: 'sigmoid',
    per: 'everything',
    smoothing: { numerator: 0, denominator: 1e-6 },
  });
  return { spec, ...inputs, target: target.tensor };
};

/** Whether a sigmoid is outside of eps and 1 - eps. */
function clips({ input }: GoldenCase, eps: number): boolean {
  const largest = Math.log((1 - eps) / eps);
  return Array.from(input.data).some((logit) => Math.abs(logit) > largest);
}
