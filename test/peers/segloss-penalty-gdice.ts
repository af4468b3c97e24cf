import { planOf } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { withArguments } from './compound.js';
import type { GoldenCase } from './golden-case.js';
import type { PeerBuilder } from './peer-loss.js';
import { seglossGdice } from './segloss-gdice.js';

/**
 * SegLossOdyssey `PenaltyGDiceLoss`: `x / (1 + k (1 - x))` with k = 2.5 and x the {@link seglossGdice} of a
 * softmax, which is minus a mean score.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py.
 */
export const seglossPenaltyGdice: PeerBuilder = (golden) => {
  argumentsOf(golden, ['gdice_kwargs']);
  if (golden.input.shape[1] === 1) return { notOurs: 'softmax of one channel is 1 everywhere' };
  const inner = (golden.args['gdice_kwargs'] ?? {}) as GoldenCase['args'];
  const loss = seglossGdice(withArguments(golden, { ...inner, apply_nonlin: 'softmax' }));
  if ('notOurs' in loss) return loss;
  const plan = planOf(loss.spec);
  const terms = plan.terms.map((term) => ({
    ...term,
    transform: { kind: 'penalty', strength: 2.5, of: 'negative' } as const,
    transformed: 'mean' as const,
  }));
  return { ...loss, spec: { ...plan, terms } as typeof loss.spec };
};
