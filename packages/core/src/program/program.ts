import type { Node, NodeOf } from '../expression/node.js';
import type { Additive, TermHead } from '../lower/term.js';
import type { Plan } from '../plan/plan.js';

/** A named voxel sum. */
export interface Statistic {
  readonly name: string;
  /** Over prediction, target and mask; on the grid [sample, class] or [class]. */
  readonly node: Node;
}

/** A named node. */
export interface Named {
  readonly name: string;
  readonly node: Node;
}

/** The part of a program that has no voxels: a few numbers per sample and class. */
export interface Head {
  /** Over inputs `statistic:NAME`. */
  readonly loss: Node;
  /** Loss and scores of each term, before its weight, and the weights of its classes if any. */
  readonly terms: readonly (TermHead & { readonly name: string })[];
  /** d(sum of cotangent * loss) / d(statistic), over the statistics and the input `cotangent`. */
  readonly coefficients: readonly Named[];
}

/**
 * A loss as expressions.
 *
 * ```
 * prediction, target, mask ─ statistics ─→ sums ─ head ─→ loss, scores, coefficients
 * prediction, target, mask, coefficients ─ pullback ─→ gradient
 * ```
 */
export interface Program {
  readonly plan: Plan;
  /** prediction, target and, where the plan takes one, mask. */
  readonly inputs: readonly NodeOf<'input'>[];
  readonly statistics: readonly Statistic[];
  readonly head: Head;
  /** The gradient over prediction, target, mask and inputs `coefficient:NAME`. */
  readonly pullback: Node;
  /** Loss, scores and gradient over the inputs alone: compositions of the parts above. */
  readonly whole: {
    readonly loss: Node;
    readonly terms: readonly {
      readonly name: string;
      readonly loss: Node;
      readonly scores: Node;
    }[];
    readonly coefficients: readonly Named[];
    /** With the input `cotangent`, which has the axes of the loss. */
    readonly gradient: Node;
  };
  /** Which parts of the data have statistics that merge to those of the whole: the least of its terms. */
  readonly additive: Additive;
}

/** What a program computes voxel by voxel: its statistics and, where it is a loss, its pullback. */
export type VoxelProgram = Pick<Program, 'inputs' | 'statistics'> &
  Partial<Pick<Program, 'pullback'>>;

/** The input that stands for a statistic in the head. */
export function statisticInput(name: string): string {
  return `statistic:${name}`;
}

/** The input that stands for a coefficient in the pullback. */
export function coefficientInput(name: string): string {
  return `coefficient:${name}`;
}
