import type { Rules, Variant } from '../rules.js';
import type { OverlapTerm } from '../terms/overlap-term.js';

/** A class that gets a score: what of prediction and target is added up for it. */
export interface ScoredClass {
  /** Channels of the prediction. */
  readonly prediction: readonly number[];
  /** Channels of the encoded target; label values where the target alone is merged. */
  readonly target: readonly number[];
}

type Classes = OverlapTerm['classes'];

const single = (channel: number): ScoredClass => ({ prediction: [channel], target: [channel] });
const each = (channels: number): readonly number[] => Array.from({ length: channels }, (_, c) => c);

const rules: Rules<Classes, (channels: number) => readonly ScoredClass[]> = {
  all: () => (channels) => each(channels).map(single),
  foreground: () => (channels) => each(channels).slice(1).map(single),
  list: (parameters) => () => parameters.channels.map(single),
  regions:
    ({ regions, merge }) =>
    () =>
      regions.map((members, region) => ({
        prediction: merge === 'both' ? members : [region],
        target: members,
      })),
};

/**
 * The scored classes, in order, of a prediction with the given number of channels.
 *
 * A class without merging is its own channel; a region adds up its members: `p_r = Σ p`,
 * `t_r = Σ t`; where the target alone is merged, channel r of the prediction is region r.
 */
export function scoredClasses<K extends Classes['kind']>(
  classes: Variant<Classes, K>,
  channels: number,
): readonly ScoredClass[] {
  return rules[classes.kind](classes)(channels);
}
