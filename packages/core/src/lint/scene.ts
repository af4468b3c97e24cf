import { filled, type NamedArray } from '../execute/named-array.js';
import { exampleOf } from '../explain/facts/example.js';
import { ranExample } from '../explain/facts/ran-example.js';
import type { Axis } from '../expression/node.js';
import { maskChannels } from '../plan/inputs.js';
import type { Plan, PlanTerm } from '../plan/plan.js';
import { compile } from '../program/compile.js';

/** A tiny image on which a loss is measured: voxels of a watched class among voxels of another. */
export interface Scene {
  /** Spatial sizes. */
  readonly spatial: readonly number[];
  /** 1 by default. */
  readonly samples?: number;
  /** How much of the watched class a voxel has; the other class has the rest. */
  readonly target: (voxel: number) => number;
  /** The probability of the watched class; the other class has the rest. */
  readonly p: (voxel: number) => number;
  /** What the network emits for a probability; what the activation undoes, by default. */
  readonly emits?: (p: number) => number;
  /** Target planes and emitted numbers, where two classes do not say them. */
  readonly planes?: (channel: number, voxel: number) => number;
  readonly emitted?: (channel: number, voxel: number) => number;
  /** The mask, where the loss takes one; 1 by default. */
  readonly mask?: (voxel: number) => number;
  /** Number of channels; the fewest that fit the loss, by default. */
  readonly channels?: number;
}

/** What a loss is worth on a scene. */
export interface Worth {
  readonly loss: number;
  /** The derivative by what the network emits for the watched class of the first sample. */
  readonly slope: (voxel: number) => number;
  /** The largest size of a derivative, over all channels and voxels. */
  readonly steepest: number;
}

/** Runs a loss on a scene by its own program, in float64. */
export function worthOf(plan: Plan, scene: Scene): Worth {
  const example = exampleOf(plan);
  const { belongs, present, other } = example;
  const channels = scene.channels ?? example.channels;
  const watched = Math.min(example.watched[0] ?? 0, channels - 1);
  const { spatial, samples = 1, target, p, mask = () => 1 } = scene;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const emits = scene.emits ?? inverse(plan.terms[0]?.activation ?? 'none');
  const share = (of: number, channel: number): number =>
    of * Number(belongs(present, channel)) + (1 - of) * Number(belongs(other, channel));
  const sparse = (value: (voxel: number) => number): NamedArray =>
    filled(['sample', 'voxel'], [samples, voxels], (at) => value(at % voxels));
  const planes = (value: (channel: number, voxel: number) => number): NamedArray => {
    const axes: readonly Axis[] = ['sample', 'channel', 'voxel'];
    return filled(axes, [samples, channels, voxels], (at) =>
      value(Math.floor(at / voxels) % channels, at % voxels),
    );
  };
  const inputs = {
    prediction: planes(scene.emitted ?? ((channel, voxel) => emits(share(p(voxel), channel)))),
    target:
      plan.target.kind === 'labels'
        ? sparse((voxel) => (target(voxel) > 0.5 ? present : other))
        : planes(scene.planes ?? ((channel, voxel) => share(target(voxel), channel))),
    mask: maskChannels(plan) === 'all' ? planes((_, voxel) => mask(voxel)) : sparse(mask),
  };
  const program = compile(plan, { spatialRank: Math.max(2, spatial.length) });
  const { loss, gradient } = ranExample(program, inputs, spatial);
  return {
    loss,
    slope: (voxel) => gradient[watched * voxels + voxel] ?? 0,
    steepest: gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0),
  };
}

/** The loss of one of the terms alone, the prediction being p. */
export function bare(plan: Plan, term: PlanTerm): Plan {
  return { ...alone(plan, term), terms: [{ ...term, activation: 'none', weight: sign(term) }] };
}

/** The loss of one of the terms alone. */
export function alone(plan: Plan, term: PlanTerm): Plan {
  return { ...plan, terms: [{ ...term, weight: sign(term) }] };
}

function sign({ weight }: PlanTerm): number {
  return weight < 0 ? -1 : 1;
}

/** What the network emits for a probability, near enough to 0 and 1 where they are out of reach. */
export function inverse(activation: PlanTerm['activation']): (p: number) => number {
  const kept = (p: number): number => Math.min(Math.max(p, 1e-9), 1 - 1e-9);
  switch (activation) {
    case 'none':
      return (p) => p;
    case 'softmax':
      return (p) => Math.log(kept(p));
    case 'sigmoid':
      return (p) => Math.log(kept(p) / (1 - kept(p)));
  }
}

/** Two of four voxels have the class. */
export const half: Pick<Scene, 'spatial' | 'target'> = {
  spatial: [1, 4],
  target: (voxel) => Number(voxel < 2),
};
