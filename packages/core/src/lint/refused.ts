import { planOf } from '../plan/plan.js';
import { dice } from '../presets/presets.js';
import type { Problem } from '../schema/problem.js';
import { consequence } from './consequence.js';
import type { LintFinding } from './finding.js';
import { half, worthOf } from './scene.js';

/** What the parser refuses, as findings: a decision with what its gradient is. */
export function refusedFindings(problems: readonly Problem[]): readonly LintFinding[] {
  return problems.map((problem) => (decides(problem) ? decision(problem) : refused(problem)));
}

const refused = ({ path, expected, received, fix, constraint }: Problem): LintFinding => ({
  number: 'L30',
  title: 'no loss that a spec can say',
  severity: 'high',
  reason: `${path} must be ${expected}, but is ${received}${constraint === undefined ? '' : ` (${constraint})`}.`,
  fix: fix ?? `give ${expected}`,
});

const decision = ({ path }: Problem): LintFinding => ({
  number: 'L31',
  title: 'a decision in a loss',
  severity: 'high',
  reason: `${path} decides for a class, which has gradient 0 everywhere: nothing is learned.`,
  consequence: decided(),
  fix: 'use softmax or sigmoid in the loss, and the decision in a metric',
});

function decides({ fix = '' }: Problem): boolean {
  return fix.startsWith('a loss cannot decide');
}

/** The Dice of decided labels before and after a step of the logits to the better. */
function decided(): ReturnType<typeof consequence> {
  const hard = planOf(dice());
  const loss = (added: number): number =>
    worthOf(hard, {
      ...half,
      p: half.target,
      emitted: (channel, voxel) => {
        const logit = channel === half.target(voxel) ? -0.5 + added : 0.5;
        const other = channel === half.target(voxel) ? 0.5 : -0.5 + added;
        return Number(logit > other);
      },
    }).loss;
  return consequence('4 voxels, 2 of them of the class, every decision wrong by 1 in the logits', {
    loss: loss(0),
    'loss with every true logit raised by 0.1': loss(0.1),
  });
}
