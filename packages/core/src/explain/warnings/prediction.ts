import type { PlanTerm } from '../../plan/plan.js';
import { channelUse } from '../../spec/channel-use.js';
import type { Finding, WarningRule } from './rule.js';

const noActivation: Finding = {
  severity: 'high',
  reason:
    'The prediction is used as p: if the network emits logits, loss and gradient are wrong and no error says so.',
  fix: "give activation 'softmax' or 'sigmoid' if the network ends without one",
};

const oneChannel: Finding = {
  severity: 'low',
  reason:
    "A 'labels' target is refused if the network has one channel, in which label 1 has no plane.",
  fix: "use target 'binary' with one channel",
};

const overlappingChannels: Finding = {
  severity: 'high',
  reason:
    'Softmax channels sum to 1 at each voxel: where the target has several classes, or none, no prediction fits it.',
  fix: "use activation 'sigmoid'",
};

const maskedInputs: Finding = {
  severity: 'high',
  reason:
    'The mask multiplies prediction and target instead of leaving voxels out: masked voxels count as false positives of p at logit 0, and with labels as voxels of class 0.',
  fix: "use voxels 'mask', unless another library's numbers are wanted",
};

/** Warnings about what the network emits. */
export const predictionRules: readonly WarningRule<PlanTerm>[] = [
  {
    number: 'W1',
    find: (_, { activation }) => (activation === 'none' ? noActivation : undefined),
  },
  {
    number: 'W4',
    // Softmax has two channels or more.
    find: ({ target, terms }) =>
      target.kind === 'labels' && terms.every(({ activation }) => activation !== 'softmax')
        ? oneChannel
        : undefined,
  },
  {
    number: 'W8',
    find: ({ target }, term) =>
      term.activation === 'softmax' && (target.kind === 'multilabel' || regionsOverlap(term))
        ? overlappingChannels
        : undefined,
  },
  {
    number: 'W19',
    find: ({ voxels }) => (voxels.kind === 'masked-inputs' ? maskedInputs : undefined),
  },
];

/** Whether a label belongs to several channels of the prediction. */
function regionsOverlap(term: PlanTerm): boolean {
  const { classes } = channelUse(term);
  if (classes.kind !== 'regions' || classes.merge !== 'target') return false;
  const labels = classes.regions.flat();
  return new Set(labels).size < labels.length;
}
