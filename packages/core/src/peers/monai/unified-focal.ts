import { combine } from '../../presets/combine.js';
import { type Importer, importer } from '../peer-class.js';
import { specTarget } from '../spec-target.js';
import { inputArguments, ratioArguments } from './overlap-arguments.js';
import { targetOf } from './overlap-choices.js';
import { entropyPart, type Target, tverskyPart, twoChannels } from './unified-focal-parts.js';

const { to_onehot_y } = inputArguments;
const reduction = {
  ...ratioArguments.reduction,
  use: 'no effect',
  note: 'the loss is one number already',
} as const;

const delta = {
  kind: { type: 'number', minimum: 0, maximum: 1 },
  default: 0.7,
  use: 'honoured',
  note: 'weight of the false negatives and of the foreground, 1 - delta of the others',
} as const;

const epsilon = {
  kind: { type: 'number', minimum: 1e-9, maximum: 0.1 },
  default: 1e-7,
  use: 'honoured',
  note: 'smoothing of the ratio, and floor of the clipped logarithm; of the Tversky part at most 1e-5, by which MONAI clips p in the overlap too',
} as const;

const blame = {
  focus: 'gamma',
  power: 'gamma',
  'terms[1]': 'delta',
  smoothing: 'epsilon',
} as const;

/**
 * MONAI `AsymmetricFocalTverskyLoss`: the mean of `1 - d` of channel 0 and `(1 - d)^(1 - gamma)` of
 * channel 1; others are not looked at.
 *
 * Source: MONAI 1.5.0, monai/losses/unified_focal_loss.py.
 */
export const monaiAsymmetricFocalTversky: Importer = importer(
  {
    library: 'monai',
    name: 'AsymmetricFocalTverskyLoss',
    modules: ['monai.losses.unified_focal_loss'],
    formula: '((1 - d_0) + (1 - d_1)^(1 - gamma)) / 2, d the Tversky index',
    source: 'monai/losses/unified_focal_loss.py',
    arguments: {
      to_onehot_y,
      delta,
      gamma: {
        kind: { type: 'number', minimum: -9, below: 1 },
        default: 0.75,
        use: 'honoured',
        note: 'power.cell 1 - gamma of the foreground; from 1 on it is infinite at d = 1',
      },
      epsilon,
      reduction,
    },
    blame,
  },
  (args, situation) => {
    twoChannels(situation);
    return tverskyPart(args, targetOf(args.to_onehot_y, situation), situation);
  },
);

/** MONAI `AsymmetricFocalLoss`: the mean over the voxels of the weighted cross-entropies of two channels. */
export const monaiAsymmetricFocal: Importer = importer(
  {
    library: 'monai',
    name: 'AsymmetricFocalLoss',
    modules: ['monai.losses.unified_focal_loss'],
    formula: 'mean of -(1 - delta) (1 - p_0)^gamma t_0 log p_0 - delta t_1 log p_1',
    source: 'monai/losses/unified_focal_loss.py',
    arguments: {
      to_onehot_y,
      delta,
      gamma: {
        kind: { type: 'number', minimum: 0, maximum: 10 },
        default: 2,
        use: 'honoured',
        note: 'focus of the background',
      },
      epsilon,
      reduction,
    },
    blame,
  },
  (args, situation) => {
    twoChannels(situation);
    return entropyPart(args, targetOf(args.to_onehot_y, situation));
  },
);

/**
 * MONAI `AsymmetricUnifiedFocalLoss`: `weight` times the cross-entropy and `1 - weight` times the Tversky
 * part, the other way round than in unified-focal-loss.
 */
export const monaiUnifiedFocal: Importer = importer(
  {
    library: 'monai',
    name: 'AsymmetricUnifiedFocalLoss',
    modules: ['monai.losses', 'monai.losses.unified_focal_loss'],
    formula: 'weight AsymmetricFocalLoss + (1 - weight) AsymmetricFocalTverskyLoss',
    source: 'monai/losses/unified_focal_loss.py',
    arguments: {
      to_onehot_y: {
        ...to_onehot_y,
        use: 'refused',
        note: 'MONAI wants planes of the shape of the prediction first, then fails on them; corrected: labels',
      },
      num_classes: {
        kind: { type: 'integer', minimum: 1 },
        default: 2,
        use: 'refused',
        note: 'MONAI raises an error unless the largest target value is num_classes - 1, and planes hold 0 and 1',
      },
      weight: {
        kind: { type: 'number', minimum: 0, maximum: 1 },
        default: 0.5,
        use: 'honoured',
        note: 'weight of the cross-entropy, 1 - weight of the Tversky part',
      },
      gamma: {
        kind: { type: 'number', minimum: 0, below: 1 },
        default: 0.5,
        use: 'honoured',
        note: 'focus and power of both parts; from 1 on the Tversky part is infinite at d = 1',
      },
      delta,
      reduction,
    },
    blame,
  },
  (args, situation) => {
    const { rank, target, note, refuse, refuseContext, odd } = situation;
    twoChannels(situation);
    if (rank !== 2 && rank !== 3) refuseContext('rank', '2 or 3', 'MONAI raises an error');
    if (args.num_classes !== 2) refuse('num_classes', '2', 'MONAI raises an error');
    if (args.to_onehot_y) {
      odd('to_onehot_y', {
        expected: 'false',
        peer: 'MONAI wants a target of the shape of the prediction and then fails to make planes of it',
        here: 'a target of labels',
      });
    } else if (target === 'sparse') {
      refuseContext('target', "'onehot' | 'soft'", 'MONAI wants the shape of the prediction');
    }
    note('MONAI raises an error where no target value is 1');
    const kind: Target = args.to_onehot_y
      ? 'labels'
      : specTarget(target === 'soft' ? 'soft' : 'onehot', situation.channels);
    const parts = { ...args, epsilon: 1e-7 };
    return combine([
      [args.weight, entropyPart(parts, kind)],
      [1 - args.weight, tverskyPart(parts, kind, situation)],
    ]);
  },
);
