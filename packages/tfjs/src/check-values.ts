import {
  channelUse,
  InputError,
  maskChannels,
  type Plan,
  type Problem,
  targetIsSparse,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { type Layout, otherLayout } from './layout.js';
import { type LossTensors, sizesOf } from './placement.js';
import { targetProblems } from './target-values.js';
import { firstWrong, firstWrongSum, type VoxelValues, voxelValues } from './voxel-values.js';

/** How far probabilities may leave [0, 1], and their sums 1, by rounding. */
const slack = 1e-4;

/** The largest logit for which losses are promised to stay finite. */
const largestLogit = 1e4;

/**
 * Checks the numbers of tensors whose shapes fit, as far as the plan says what they may be. It reads every
 * tensor once.
 *
 * @throws InputError - listing every violation at once, with the first place of each.
 */
export function checkValues(plan: Plan, layout: Layout, inputs: LossTensors): void {
  const { channel = 1 } = sizesOf(layout, inputs.prediction.shape);
  const sparse = targetIsSparse(plan);
  const prediction = voxelValues(inputs.prediction, channel, layout);
  const target = voxelValues(inputs.target, sparse ? 1 : channel, layout);
  const mask =
    inputs.mask && voxelValues(inputs.mask, maskChannels(plan) === 'all' ? channel : 1, layout);
  // What a voxel outside the mask is labelled does not matter.
  const counts = (voxel: number): boolean =>
    mask === undefined || mask.channels > 1 || mask.data[voxel] !== 0;
  const problems = [
    ...backendProblems(),
    ...predictionProblems(plan, prediction),
    ...hinted(targetProblems(plan, target, channel, counts), plan, layout, inputs, prediction),
    ...(mask === undefined ? [] : maskProblems(plan, mask)),
  ];
  if (problems.length > 0) throw new InputError(problems);
}

/** Sums over voxels need float32; some phones compute in float16 on webgl. */
function backendProblems(): readonly Problem[] {
  if (tf.backend().floatPrecision() === 32) return [];
  const fix = "sums of float16 end at 65504: use tf.setBackend('wasm')";
  const received = `${tf.getBackend()} in float16`;
  return [{ path: 'backend', expected: 'a backend of float32', received, fix }];
}

function predictionProblems(plan: Plan, prediction: VoxelValues): readonly Problem[] {
  const path = 'prediction';
  const broken = firstWrong(prediction, (value) => !Number.isFinite(value));
  if (broken !== undefined) {
    const fix = 'a layer before the loss, the input or a step of the optimizer made it';
    return [{ path, expected: 'finite numbers', received: broken, fix }];
  }
  const activations = new Set(plan.terms.map(({ activation }) => activation));
  return [
    ...(activations.has('none') ? probabilityProblems(plan, prediction) : []),
    ...(activations.has('softmax') || activations.has('sigmoid')
      ? logitProblems(activations.has('softmax'), prediction)
      : []),
  ];
}

function probabilityProblems(plan: Plan, prediction: VoxelValues): readonly Problem[] {
  const path = 'prediction';
  const outside = firstWrong(prediction, (value) => value < -slack || value > 1 + slack);
  if (outside !== undefined) {
    const expected = "probabilities in [0, 1] with activation 'none'";
    const fix = "where the network emits logits use activation 'softmax' or 'sigmoid'";
    return [{ path, expected, received: outside, fix }];
  }
  const merges = plan.terms.some((term) => {
    const { classes } = channelUse(term);
    return term.activation === 'none' && classes.kind === 'regions' && classes.merge !== 'target';
  });
  const above = merges ? firstWrongSum(prediction, (sum) => sum > 1 + slack) : undefined;
  if (above === undefined) return [];
  const expected = 'channels of sum at most 1 where regions merge them';
  return [{ path, expected, received: above, fix: 'exclusive classes come from a softmax' }];
}

function logitProblems(softmax: boolean, prediction: VoxelValues): readonly Problem[] {
  const path = 'prediction';
  const beyond = firstWrong(prediction, (value) => Math.abs(value) > largestLogit);
  if (beyond !== undefined) {
    const expected = `logits from -${largestLogit} to ${largestLogit}`;
    return [{ path, expected, received: beyond, fix: 'the training has diverged' }];
  }
  const negative = firstWrong(prediction, (value) => value < 0);
  if (!softmax || negative !== undefined) return [];
  if (firstWrongSum(prediction, (sum) => Math.abs(sum - 1) > slack) !== undefined) return [];
  const expected = "logits with activation 'softmax'";
  const received = 'probabilities: at least 0, and of sum 1 in every voxel';
  const fix = "softmax would be taken twice: use activation 'none', or end the network without it";
  return [{ path, expected, received, fix }];
}

function maskProblems(plan: Plan, mask: VoxelValues): readonly Problem[] {
  const weights = plan.voxels.kind === 'weights';
  const received = firstWrong(mask, (value) => !Number.isFinite(value) || (weights && value < 0));
  if (received === undefined) return [];
  return [{ path: 'mask', expected: weights ? 'finite weights >= 0' : 'finite numbers', received }];
}

/** Says what a wrong target may come from: arguments in the wrong order, or another layout. */
function hinted(
  problems: readonly Problem[],
  plan: Plan,
  layout: Layout,
  { target }: LossTensors,
  prediction: VoxelValues,
): readonly Problem[] {
  const [first, ...rest] = problems;
  if (first === undefined) return problems;
  const hint = (fix: string): readonly Problem[] => [{ ...first, fix }, ...rest];
  if (firstWrong(prediction, (value) => value !== 0 && value !== 1) === undefined) {
    return hint('the prediction is all 0 and 1: a loss function takes the target first');
  }
  if (plan.target.kind !== 'one-hot') return problems;
  const other = otherLayout(layout);
  const { channel = 1 } = sizesOf(other, target.shape);
  const sums = firstWrongSum(voxelValues(target, channel, other), (sum) => sum !== 1);
  return sums === undefined ? hint(`the target is one-hot with layout '${other}'`) : problems;
}
