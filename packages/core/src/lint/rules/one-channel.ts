import type { PlanTerm } from '../../plan/plan.js';
import { channelUse } from '../../spec/channel-use.js';
import { consequence } from '../consequence.js';
import type { Found } from '../finding.js';
import type { LintRule, Subject } from '../rule.js';
import { alone, worthOf } from '../scene.js';

/** Softmax over the only channel. */
export const oneChannel: LintRule = {
  number: 'L1',
  title: 'softmax of one channel',
  find: (subject) =>
    subject.setting.channels === 1
      ? subject.used.terms
          .filter((term) => term.activation === 'softmax' && fits(term))
          .map((term) => found(subject, term))
      : [],
};

/** Whether the term asks for nothing but softmax that one channel lacks. */
function fits(term: PlanTerm): boolean {
  const { classes, channels = 1 } = channelUse(term);
  return (classes.kind === 'all' || classes.kind === 'foreground') && channels === 1;
}

function found({ used }: Subject, term: PlanTerm): Found {
  const every = {
    ...term,
    classes: { kind: 'all' },
    ...('weights' in term ? { weights: { kind: 'none' } } : {}),
  } as PlanTerm;
  const plan = alone({ ...used, target: { kind: 'one-hot' } }, every);
  const logits = (of: (voxel: number) => number): ReturnType<typeof worthOf> =>
    worthOf(plan, {
      spatial: [1, 4],
      channels: 1,
      target: (voxel) => Number(voxel < 2),
      planes: (_, voxel) => Number(voxel < 2),
      p: () => 0,
      emitted: (_, voxel) => of(voxel),
    });
  const wrong = logits((voxel) => (voxel < 2 ? -5 : 5));
  const entropy = term.kind === 'cross-entropy';
  return {
    ...(used.terms.length > 1 ? { term: term.name } : {}),
    severity: 'high',
    reason: `Softmax of one channel is 1 everywhere: the ${entropy ? 'cross-entropy is 0' : 'loss is the same'} whatever the network emits, and nothing is learned.`,
    consequence: consequence('4 voxels, 2 of them of the class; logits 5 and -5', {
      'loss where every voxel is wrong': wrong.loss,
      'loss where every voxel is right': logits((voxel) => (voxel < 2 ? 5 : -5)).loss,
      'largest gradient where every voxel is wrong': wrong.steepest,
    }),
    fix: "use activation 'sigmoid', or a network with a channel for the background",
  };
}
