import type { Problem } from '../schema/problem.js';
import type { ChannelUse } from '../spec/channel-use.js';
import type { Given, PlanTerm } from './plan.js';

/** What a term of a loss or a metric uses the channels for. */
export type Use = ChannelUse & Pick<PlanTerm, 'activation'>;

/** Every way in which a number of channels does not fit what they are used for. */
export function channelProblems(
  plan: Given,
  uses: readonly Use[],
  channels: number,
): readonly Problem[] {
  const problems: Problem[] = [];
  const expectChannels = (holds: boolean, expected: string, fix: string): void => {
    // Terms that expect the same are one problem.
    if (holds || problems.some((problem) => problem.expected === expected)) return;
    problems.push({ path: 'prediction', expected, received: `${channels} channels`, fix });
  };
  const labels = plan.target.kind === 'labels';
  expectChannels(
    plan.target.kind !== 'binary' || channels === 1,
    "1 channel with target 'binary'",
    "use target 'labels' or 'one-hot'",
  );
  for (const use of uses) {
    const { classes, weights } = use;
    const regions = classes.kind === 'regions' && classes.merge === 'target';
    expectChannels(
      !labels || regions || channels > 1,
      "at least 2 channels with target 'labels'",
      "use target 'binary'",
    );
    expectChannels(
      use.activation !== 'softmax' || channels > 1,
      'at least 2 channels for softmax',
      "softmax of one channel is 1 everywhere: use activation 'sigmoid'",
    );
    if (use.channels !== undefined) {
      expectChannels(
        channels === use.channels,
        `${use.channels} channels, one per row of distances`,
        'give distances between as many classes as the network has channels',
      );
    }
    if (weights !== undefined && (classes.kind === 'all' || classes.kind === 'foreground')) {
      const scored = classes.kind === 'all' ? channels : channels - 1;
      expectChannels(
        weights === scored,
        `as many scored classes as weights (${weights})`,
        'give one weight per scored class',
      );
    }
    if (classes.kind === 'foreground') {
      const fix = "use classes 'all'";
      expectChannels(channels > 1, "at least 2 channels with classes 'foreground'", fix);
    } else if (classes.kind === 'regions' && regions) {
      expectChannels(
        channels === classes.regions.length,
        `${classes.regions.length} channels, one per region`,
        'the target alone is merged: the network emits the regions',
      );
    } else if (classes.kind !== 'all') {
      const members = classes.kind === 'list' ? classes.channels : classes.regions.flat();
      const largest = Math.max(...members);
      const fix = 'a class has a channel that is not there';
      expectChannels(largest < channels, `more than ${largest} channels`, fix);
    }
  }
  return problems;
}
