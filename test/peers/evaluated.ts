import { type LevelsInputs, planOf } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { Batch } from '../arbitraries/batch.js';
import { boundsOf } from '../conformance/bounds.js';
import { levelsBounds } from '../conformance/levels-bounds.js';
import type { LevelsTarget } from '../conformance/target.js';
import type { Precision } from '../tolerance/precision.js';
import type { Afterwards, PeerLevels, PeerLoss } from './peer-loss.js';

/** Numbers of a loss and its gradient, row-major and channels first. */
export interface Evaluated {
  readonly value: readonly number[];
  readonly gradient: readonly number[];
}

/** A peer's loss by a judge, with what the peer does afterwards. */
export async function evaluated(
  loss: PeerLoss | PeerLevels,
  judge: LevelsTarget,
): Promise<Evaluated> {
  if ('levels' in loss) {
    const { levels, inputs } = loss;
    const { loss: value, gradients } = await judge.evaluateLevels(levels, listedInputs(inputs));
    return numbers(value.data, gradients[0]?.data ?? []);
  }
  const { spec, afterwards } = loss;
  const batch = batchOf(loss);
  const plain = await judge.evaluate(spec, batch);
  if (afterwards === undefined) return numbers(plain.loss.data, added(loss, plain.gradient.data));
  const cotangent = { shape: plain.loss.shape, data: slopesOf(afterwards) };
  const { gradient } = await judge.evaluate(spec, batch, cotangent);
  return numbers(plain.loss.data, gradient.data, afterwards);
}

/** How far a judge of a precision may be off: derived for each number from the program and inputs. */
export function errorBounds(loss: PeerLoss | PeerLevels, precision: Precision): Evaluated {
  if ('levels' in loss) {
    const bounds = levelsBounds(loss.levels, listedInputs(loss.inputs), precision);
    return numbers([bounds.loss], bounds.gradients[0]?.error ?? []);
  }
  const { spec, afterwards } = loss;
  const drawn = { spec, plan: planOf(spec), batch: batchOf(loss) };
  const plain = boundsOf(drawn, precision);
  if (afterwards === undefined) return numbers(plain.loss.error, added(loss, plain.gradient.error));
  const cotangent = { shape: plain.loss.value.shape, data: slopesOf(afterwards) };
  const { gradient } = boundsOf(drawn, precision, cotangent);
  const sizes = afterwards.map((row) => row.map(Math.abs));
  return numbers(plain.loss.error, gradient.error, sizes);
}

/** The gradients of all processes, which are equal. */
function added({ processes = 1 }: PeerLoss, gradient: ArrayLike<number>): readonly number[] {
  return Array.from(gradient, (slope) => processes * slope);
}

function numbers(
  loss: ArrayLike<number>,
  gradient: ArrayLike<number>,
  afterwards?: Afterwards,
): Evaluated {
  const elements = Array.from(loss);
  return {
    value: afterwards?.map((row) => weightedSum(row, elements)) ?? elements,
    gradient: Array.from(gradient),
  };
}

/** The derivative of all that the peer returns, summed, by each element of the loss. */
function slopesOf(rows: Afterwards): readonly number[] {
  const [first = []] = rows;
  return first.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0));
}

function weightedSum(weights: readonly number[], values: readonly number[]): number {
  return values.reduce((sum, value, at) => sum + (weights[at] ?? 0) * value, 0);
}

function batchOf({ prediction, target, mask }: PeerLoss): Batch {
  return {
    prediction: listed(prediction),
    target: listed(target),
    ...(mask === undefined ? {} : { mask: listed(mask) }),
  };
}

function listedInputs({
  predictions,
  targets,
}: PeerLevels['inputs']): LevelsInputs<Batch['target']> {
  return { predictions: predictions.map(listed), targets: targets.map(listed) };
}

function listed({ shape, data }: Tensor): Batch['target'] {
  return { shape, data: Array.from(data) };
}
