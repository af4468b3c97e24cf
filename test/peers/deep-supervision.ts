import { deepSupervision, levelWeights } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { LevelsBuilder, NotOurs, PeerBuilder, PeerLevels, PeerLoss } from './peer-loss.js';
import { wrappedCallable } from './wrapped-callable.js';

/** Finds the builder of the loss that is wrapped, by its full name. */
export type FindBuilder = (callable: string) => PeerBuilder | undefined;

/**
 * MONAI `DeepSupervisionLoss`: `sum_i w_i loss(input_i, target at the size of input_i)`, the target by
 * `nearest-exact` interpolation.
 *
 * Source: MONAI 1.5.0, monai/losses/ds_loss.py.
 */
export function monaiDeepSupervision(find: FindBuilder): LevelsBuilder {
  return (golden) => {
    const wrapped = wrappedCallable(golden.callable);
    const { inner, ...own } = golden.args;
    const given = typeof inner === 'object' && inner !== null ? { ...inner } : {};
    const args = argumentsOf({ ...golden, args: own }, ['weight_mode', 'weights']);
    const builder = find(`monai.losses.${wrapped?.inner}`);
    if (builder === undefined) throw new TypeError(`no builder for ${golden.callable}`);
    const loss = builder({ ...golden, args: { ...wrapped?.args, ...given } });
    if ('notOurs' in loss) return loss;
    const predictions = [loss.prediction, ...(golden.levels ?? [])];
    const count = predictions.length;
    const mode = args.word('weight_mode') ?? 'exp';
    // Any other word is taken as 'same'.
    const byMode = mode === 'exp' || mode === 'two' ? levelWeights[mode] : levelWeights.same;
    const listed = args.numbers('weights') ?? [];
    // A list that is too short is not used.
    const weights = listed.length >= count ? listed.slice(0, count) : byMode(count);
    return levelsOf(loss, weights, { predictions, targets: [loss.target] });
  };
}

/**
 * nnU-Net `DeepSupervisionWrapper`: `sum_i w_i loss(input_i, target_i)`, each 1 by default.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/deep_supervision.py.
 */
export function nnunetDeepSupervision(find: FindBuilder): LevelsBuilder {
  return (golden) => {
    const wrapped = wrappedCallable(golden.callable);
    const { weight_factors: factors = null, ...inner } = golden.args;
    const args = argumentsOf({ ...golden, args: { weights: factors } }, ['weights']);
    const builder = builderOf(find, wrapped?.inner);
    if (builder === undefined) throw new TypeError(`no builder for ${golden.callable}`);
    const levels = [golden, ...levelsIn(golden)].map((level) => builder({ ...level, args: inner }));
    const unsaid = levels.find((level) => 'notOurs' in level);
    if (unsaid !== undefined && 'notOurs' in unsaid) return unsaid;
    const losses = levels.flatMap((level) => ('notOurs' in level ? [] : [level]));
    const [first] = losses;
    if (first === undefined) throw new TypeError(`${golden.id} has no levels`);
    const weights = args.numbers('weights') ?? levelWeights.same(losses.length);
    return levelsOf(first, weights.slice(0, losses.length), {
      predictions: losses.map(({ prediction }) => prediction),
      targets: losses.map(({ target }) => target),
    });
  };
}

function builderOf(find: FindBuilder, inner: string | undefined): PeerBuilder | undefined {
  const homes = ['dice', 'compound_losses', 'robust_ce_loss'];
  const names = homes.map((home) => `nnunetv2.training.loss.${home}.${inner}`);
  return names.map(find).find((builder) => builder !== undefined);
}

/** The coarser levels as cases of their own. */
function levelsIn(golden: GoldenCase): readonly GoldenCase[] {
  const { levels = [], levelTargets = [] } = golden;
  return levels.map((input, at) => {
    const target = levelTargets[at];
    if (target === undefined) throw new TypeError(`${golden.id} has no target of level ${at + 1}`);
    return { ...golden, input, target: { ...target, kind: golden.target.kind } };
  });
}

function levelsOf(
  { spec, mask, roundoff, afterwards }: PeerLoss,
  weights: readonly number[],
  inputs: PeerLevels['inputs'],
): PeerLevels | NotOurs {
  if (afterwards !== undefined) return { notOurs: 'what is done with each level afterwards' };
  if (mask !== undefined) return { notOurs: 'a mask that the wrapper does not resize' };
  const targets = inputs.targets.length === inputs.predictions.length ? 'given' : 'nearest';
  return {
    levels: deepSupervision(spec, weights, { targets }),
    inputs,
    ...(roundoff === undefined ? {} : { roundoff }),
  };
}
