import { combine } from '../../presets/combine.js';
import { type CrossEntropyOptions, crossEntropy } from '../../presets/cross-entropy.js';
import { tversky } from '../../presets/presets.js';
import type { LossSpec } from '../../spec/loss.js';
import type { Situation } from '../situation.js';

/** The parameters of both parts. */
export interface Parts {
  readonly delta: number;
  readonly gamma: number;
  readonly epsilon: number;
}

/** How the target is given. */
export type Target = NonNullable<LossSpec['target']>;

const background = { classes: { kind: 'list', channels: [0] } } as const;
const foreground = { classes: { kind: 'list', channels: [1] } } as const;
/** The parts look at channels 0 and 1. */
export function twoChannels({ channels, note, refuseContext }: Situation): void {
  if (channels === 1) {
    const fix = 'MONAI makes planes of one channel as if it were labels, without gradient';
    refuseContext('channels', 'at least 2', fix);
  }
  if (channels > 2) note('MONAI looks at channels 0 and 1 alone');
}

/** The focal Tversky index of both channels. */
export function tverskyPart(
  { delta: beta, gamma, epsilon: e }: Parts,
  target: Target,
  { note, odd }: Situation,
): LossSpec {
  const peer = 'MONAI clips p to [epsilon, 1 - epsilon] in the overlap too';
  if (e > 1e-5) odd('epsilon', { expected: 'at most 1e-5', peer, here: 'p itself' });
  else note(`${peer}: here it is p itself`);
  const shared = {
    target,
    alpha: 1 - beta,
    beta,
    smoothing: { numerator: e, denominator: e },
  } as const;
  const power = { cell: 1 - gamma };
  return combine([
    [0.5, tversky({ ...shared, ...background, name: 'background Tversky' })],
    [0.5, tversky({ ...shared, ...foreground, power, name: 'foreground Tversky' })],
  ]);
}

/** The cross-entropy of both channels, focal in the background. */
export function entropyPart(
  { delta: share, gamma, epsilon: floor }: Parts,
  target: Target,
): LossSpec {
  const shared: CrossEntropyOptions = {
    target,
    activation: 'none',
    distribution: 'categorical',
    logarithm: 'clipped',
    floor,
    average: 'voxels',
    reduction: 'class-sum',
  };
  return combine([
    [
      1 - share,
      crossEntropy({ ...shared, ...background, focus: gamma, name: 'background cross-entropy' }),
    ],
    [share, crossEntropy({ ...shared, ...foreground, name: 'foreground cross-entropy' })],
  ]);
}
