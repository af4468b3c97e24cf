import type { Finding } from './rule.js';

/** Weights of classes that do nothing, in terms of any kind. */
export const normalisedAway: Finding = {
  severity: 'high',
  reason: 'All class weights are equal and then normalised: whatever they are, nothing changes.',
  fix: "give the classes different weights, or the term another 'weight'",
};
