import { float32 } from '../tolerance/precision.js';
import { peerLoss } from './builders.js';
import { deviationOf } from './deviations.js';
import { errorBounds } from './evaluated.js';
import { type GoldenCase, numbersOf } from './golden-case.js';
import { peerMetric } from './metric-builders.js';
import type { PeerLevels, PeerLoss } from './peer-loss.js';

/** How a case stands, as the tests of every judge require it. */
export interface Standing {
  readonly golden: GoldenCase;
  readonly of: 'loss' | 'score';
  readonly group: 'reproduced' | 'deviating' | 'no spec';
  /** Why it is not reproduced. */
  readonly reason: string;
  /** Why the float32 bounds of the case say little; undefined where they are sharp. */
  readonly loose: string | undefined;
}

/** How a case of a loss stands. */
export function lossStanding(golden: GoldenCase): Standing {
  const loss = peerLoss(golden);
  const known = standing(golden, 'notOurs' in loss);
  const loose = 'notOurs' in loss ? undefined : looseness(golden, loss);
  return { ...known, of: 'loss', loose };
}

/** How a case of a hard score stands. */
export function metricStanding(golden: GoldenCase): Standing {
  const known = standing(golden, 'notOurs' in peerMetric(golden));
  return { ...known, of: 'score', loose: undefined };
}

function standing(
  golden: GoldenCase,
  isNotOurs: boolean,
): Pick<Standing, 'golden' | 'group' | 'reason'> {
  const deviation = deviationOf(golden.id);
  const group = isNotOurs ? 'no spec' : deviation === undefined ? 'reproduced' : 'deviating';
  return { golden, group, reason: deviation?.reason ?? '' };
}

function looseness(golden: GoldenCase, loss: PeerLoss | PeerLevels): string | undefined {
  const { value, gradient } = errorBounds(loss, float32);
  const isSharp =
    isBelow(value, 1e-3 * largest(numbersOf(golden.value), 1)) &&
    (golden.grad === null || isBelow(gradient, 1e-3 * steepness(numbersOf(golden.grad))));
  if (isSharp) return undefined;
  return golden.kink === undefined ? 'badly conditioned' : `at a kink: ${golden.kink}`;
}

function isBelow(errors: readonly number[], limit: number): boolean {
  return errors.every((error) => error <= limit);
}

/** The largest finite magnitude, or a least one where there is hardly any. */
function largest(numbers: readonly number[], least: number): number {
  return Math.max(least, ...numbers.map(Math.abs).filter(Number.isFinite));
}

/** The largest slope; where there is none at all, one that such small inputs might have. */
function steepness(slopes: readonly number[]): number {
  const steepest = largest(slopes, 0);
  return steepest === 0 ? 1e-3 : steepest;
}
