import { type Importer, importer } from '../peer-class.js';
import { focalBlame } from './blame.js';
import { focalSpec } from './focal-spec.js';
import { inputArguments, ratioArguments, weightArgument } from './overlap-arguments.js';
import { foregroundOnly, targetOf } from './overlap-choices.js';

const { include_background, to_onehot_y } = inputArguments;

/** The arguments that the focal part has of its own. */
export const focalArguments = {
  gamma: {
    kind: { type: 'number', minimum: 0, maximum: 10 },
    default: 2,
    use: 'in part',
    note: 'focus; below 1 p is kept 1e-9 away from 0 and 1; with a soft target only 0',
  },
  alpha: {
    kind: { type: 'number', minimum: 0, maximum: 1 },
    none: true,
    default: null,
    use: 'in part',
    note: 'positive alpha and negative 1 - alpha; with softmax weights of foreground and background; refused with a soft target and sigmoids',
  },
} as const;

/** MONAI `FocalLoss`; see {@link focalSpec}. */
export const monaiFocal: Importer = importer(
  {
    library: 'monai',
    name: 'FocalLoss',
    modules: ['monai.losses', 'monai.losses.focal_loss'],
    formula: 'mean of (1 - p_t)^gamma times the binary cross-entropy of a sigmoid',
    source: 'monai/losses/focal_loss.py',
    arguments: {
      include_background,
      to_onehot_y,
      ...focalArguments,
      ...weightArgument,
      reduction: {
        ...ratioArguments.reduction,
        use: 'in part',
        note: "reduction; 'none' is a value per voxel, which no spec says",
      },
      use_softmax: {
        kind: { type: 'flag' },
        default: false,
        use: 'in part',
        note: 'activation softmax; refused with include_background=false, where MONAI drops channel 0 before the softmax, and with one channel',
      },
    },
    blame: focalBlame,
  },
  (args, situation) => {
    const { channels, odd, note } = situation;
    const foreground = foregroundOnly(args.include_background, situation);
    if (args.use_softmax && foreground) {
      odd('use_softmax', {
        expected: 'false with include_background=false',
        peer: 'MONAI drops channel 0 before the softmax',
        here: 'the softmax over all channels, of which the others are scored',
      });
      if (args.alpha !== null) note('MONAI ignores alpha without the background');
    }
    if (args.use_softmax && channels === 1) {
      odd('use_softmax', {
        expected: 'false with one channel',
        peer: 'MONAI makes a softmax of one channel, so that the loss is 0',
        here: 'a sigmoid',
      });
    }
    const softmax = args.use_softmax && channels > 1;
    return focalSpec(
      {
        gamma: args.gamma,
        alpha: softmax && foreground ? null : args.alpha,
        weight: args.weight,
        reduction: args.reduction,
        softmax,
        foreground,
        target: targetOf(args.to_onehot_y, situation),
      },
      situation,
    );
  },
);
