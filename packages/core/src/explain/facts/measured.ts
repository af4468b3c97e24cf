import type { Plan } from '../../plan/plan.js';
import { compile } from '../../program/compile.js';
import type { Program } from '../../program/program.js';
import { type Example, exampleInputs, exampleOf, voxels } from './example.js';
import { ranExample } from './ran-example.js';

/** What the program gives for an example. */
export interface Measured {
  /** The loss; the sum of its entries where it is a grid. */
  readonly loss: number;
  /** The largest size of a derivative of the loss by a p of the class. */
  readonly gradient: number;
}

/** A class that the target does not contain, the others predicted perfectly. */
export interface Absent {
  readonly example: string;
  /** p = 0 at every voxel. */
  readonly predictedEmpty: Measured;
  /** p = 0.5 at every voxel. */
  readonly predictedHalf: Measured;
}

/** A prediction of 0 for every class where the class is present. */
export interface EmptyPrediction extends Measured {
  readonly example: string;
}

/** Measures degenerate inputs by the program itself, the prediction being p. */
export function measuredOf(plan: Plan): {
  readonly absent: Absent;
  readonly emptyPrediction: EmptyPrediction;
} {
  const bare: Plan = {
    ...plan,
    terms: plan.terms.map((term) => ({ ...term, activation: 'none' })),
  };
  const program = compile(bare, { spatialRank: 2 });
  const example = exampleOf(bare);
  const size = `1 sample of ${voxels} voxels, ${example.channels} channel${example.channels > 1 ? 's' : ''}`;
  const members = example.watched.join(' + ');
  const none = Array.from({ length: voxels }, () => example.other);
  const half = none.map((label, voxel) => (voxel < voxels / 2 ? example.present : label));
  const absentAt = (p: number): Measured => measured(program, example, none, p);
  return {
    absent: {
      example: `${size}; the class of channel ${members} is absent, the others are predicted perfectly`,
      predictedEmpty: absentAt(0),
      predictedHalf: absentAt(0.5),
    },
    emptyPrediction: {
      example: `${size}; the class of channel ${members} has 2 voxels, p = 0 everywhere`,
      ...measured(program, example, half, undefined),
    },
  };
}

/** Runs the program; p of the watched class as given, or 0 everywhere. */
function measured(
  program: Program,
  example: Example,
  labels: readonly number[],
  p: number | undefined,
): Measured {
  const { watched, belongs } = example;
  const inputs = exampleInputs(program.plan, example, labels, (channel, voxel) => {
    if (p === undefined) return 0;
    if (watched.includes(channel)) return p / watched.length;
    return belongs(labels[voxel] ?? 0, channel) ? 1 : 0;
  });
  const { loss, gradient } = ranExample(program, inputs, [1, voxels]);
  const ofClass = watched.flatMap((channel) =>
    gradient.slice(channel * voxels, (channel + 1) * voxels),
  );
  return { loss, gradient: Math.max(0, ...ofClass.map(Math.abs)) };
}
