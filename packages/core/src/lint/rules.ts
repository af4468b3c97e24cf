import type { LintRule } from './rule.js';
import { absentLevel } from './rules/absent-level.js';
import { absentOutweighs } from './rules/absent-outweighs.js';
import { absentThreshold } from './rules/absent-threshold.js';
import { absentWithoutSmoothing } from './rules/absent-without-smoothing.js';
import { activationTwice } from './rules/activation-twice.js';
import { backgroundLeftOut } from './rules/background-left-out.js';
import { cancelledWeights } from './rules/cancelled-weights.js';
import { clippedGradient } from './rules/clipped-gradient.js';
import { distanceZero } from './rules/distance-zero.js';
import { freeErrors } from './rules/free-errors.js';
import { hardestUncounted } from './rules/hardest-uncounted.js';
import { highPowers } from './rules/high-powers.js';
import { labelsOfOneChannel } from './rules/labels-of-one-channel.js';
import { maskedLogits } from './rules/masked-logits.js';
import { mergedAccuracy } from './rules/merged-accuracy.js';
import { mixedActivations } from './rules/mixed-activations.js';
import { negativeWeight } from './rules/negative-weight.js';
import { oneChannel } from './rules/one-channel.js';
import { oneSidedEntropy } from './rules/one-sided-entropy.js';
import { oneSidedRatio } from './rules/one-sided-ratio.js';
import { overlappingSoftmax } from './rules/overlapping-softmax.js';
import { raisedOutside } from './rules/raised-outside.js';
import { rawLogits } from './rules/raw-logits.js';
import { scoreAboveOne } from './rules/score-above-one.js';
import { skeletonAlone } from './rules/skeleton-alone.js';
import { smallStructures } from './rules/small-structures.js';
import { softLabels } from './rules/soft-labels.js';
import { steepPower } from './rules/steep-power.js';
import { sumBesideMean } from './rules/sum-beside-mean.js';

/** Every rule about a loss, by number. */
export const rules: readonly LintRule[] = [
  oneChannel,
  rawLogits,
  activationTwice,
  mixedActivations,
  absentWithoutSmoothing,
  smallStructures,
  cancelledWeights,
  maskedLogits,
  backgroundLeftOut,
  softLabels,
  labelsOfOneChannel,
  steepPower,
  absentThreshold,
  overlappingSoftmax,
  highPowers,
  scoreAboveOne,
  negativeWeight,
  absentOutweighs,
  skeletonAlone,
  hardestUncounted,
  distanceZero,
  raisedOutside,
  oneSidedEntropy,
  clippedGradient,
  absentLevel,
  oneSidedRatio,
  mergedAccuracy,
  sumBesideMean,
  freeErrors,
];
