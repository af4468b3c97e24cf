import { inputProblems, maskChannels, targetIsSparse } from '../plan/inputs.js';
import type { Plan } from '../plan/plan.js';
import type { LintFinding } from './finding.js';
import type { Setting } from './setting.js';

/** What rules of one channel say better. */
const told = /^at least 2 channels (for softmax|with target 'labels')$/;

/** Channels of the network that the loss does not fit: every input of it would be refused. */
export function misfitFindings(plan: Plan, { channels }: Setting): readonly LintFinding[] {
  if (channels === undefined) return [];
  const prediction = [1, channels, 8, 8];
  const shapes = {
    prediction,
    target: targetIsSparse(plan) ? [1, 8, 8] : prediction,
    mask: { none: undefined, one: [1, 8, 8], all: prediction }[maskChannels(plan)],
  };
  return inputProblems(plan, shapes)
    .filter(({ expected }) => channels > 1 || !told.test(expected))
    .map(({ expected, received, fix = 'give the network other channels' }) => ({
      number: 'L32',
      title: 'channels that do not fit',
      severity: 'high',
      reason: `The loss needs ${expected}, but the network emits ${received}.`,
      fix,
    }));
}
