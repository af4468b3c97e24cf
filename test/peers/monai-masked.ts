import type { LossSpec } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';
import { monaiDice } from './monai-dice.js';
import { monaiDiceFocal } from './monai-focal.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `MaskedLoss`: another loss of `input * mask` and `target * mask`.
 *
 * Source: MONAI 1.5.0, monai/losses/spatial_mask.py.
 */
function masked(inner: PeerBuilder): PeerBuilder {
  return (golden) => {
    const { mask } = golden;
    const loss = inner(golden);
    if ('notOurs' in loss || mask === undefined) return loss;
    if (Array.from(mask.data).some((value) => value !== 0 && value !== 1)) {
      return { notOurs: 'a mask of other values than 0 and 1 scales the logits' };
    }
    const spec: LossSpec = { ...loss.spec, voxels: 'masked-inputs' };
    return { ...loss, spec, mask: perSample(mask, golden) };
  };
}

/** A mask of one sample is that of every sample. */
function perSample({ shape, data }: Tensor, { input }: GoldenCase): Tensor {
  const [masks = 1, ...rest] = shape;
  const [samples = 1] = input.shape;
  const copies = Array.from({ length: masks === 1 ? samples : 1 }, () => Array.from(data));
  return { shape: [samples, ...rest], data: copies.flat() };
}

/** MONAI `MaskedDiceLoss`. Source: MONAI 1.5.0, monai/losses/dice.py. */
export const monaiMaskedDice: PeerBuilder = masked(monaiDice);

/** MONAI `MaskedLoss` of `DiceFocalLoss`. */
export const monaiMaskedDiceFocal: PeerBuilder = masked(monaiDiceFocal);
