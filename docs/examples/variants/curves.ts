import { type LossSpec, planOf } from '@softdice/core';
import { evaluate, type Tensor } from '@softdice/reference';

/** One target, and which of its voxels are predicted as x. */
export interface Scene {
  readonly name: string;
  readonly t: (voxel: number) => number;
  /** The p of the class at a voxel, or undefined where it is x. */
  readonly p: (voxel: number) => number | undefined;
}

/** A point of a curve: loss, and its gradient summed over the voxels that are predicted as x. */
export interface Point {
  readonly scene: string;
  readonly x: number;
  readonly loss: number;
  readonly gradient: number;
}

const side = 5;
const voxels = side * side;

/** A line of three voxels in the middle of the image. */
const inLine = (voxel: number): boolean => [11, 12, 13].includes(voxel);

/** A present class found or spilled over, an absent class, and soft labels. */
export const scenes: readonly Scene[] = [
  {
    name: 'found: p = x in the class, 0 outside',
    t: (voxel) => (inLine(voxel) ? 1 : 0),
    p: (voxel) => (inLine(voxel) ? undefined : 0),
  },
  {
    name: 'spilled: p = 1 in the class, x outside',
    t: (voxel) => (inLine(voxel) ? 1 : 0),
    p: (voxel) => (inLine(voxel) ? 1 : undefined),
  },
  { name: 'absent: t = 0, p = x everywhere', t: () => 0, p: () => undefined },
  { name: 'soft: t = 0.6, p = x everywhere', t: () => 0.6, p: () => undefined },
];

/** Whether x is a logit: the prediction goes through an activation. */
export function onLogits(spec: LossSpec): boolean {
  return planOf(spec).terms.some(({ activation }) => activation !== 'none');
}

/** What x is drawn as. */
export function abscissae(spec: LossSpec): readonly number[] {
  const steps = Array.from({ length: 40 }, (_, step) => (step + 0.5) / 40);
  return onLogits(spec) ? steps.map((step) => 12 * step - 6) : steps;
}

/** The curves of a loss over two channels, background and one class, on an image of 5 x 5 voxels. */
export function curvesOf(spec: LossSpec): readonly Point[] {
  const { kind } = planOf(spec).target;
  const known = kind === 'soft' ? scenes : scenes.slice(0, 3);
  return known.flatMap((scene) => abscissae(spec).map((x) => pointOf(spec, scene, x)));
}

function pointOf(spec: LossSpec, scene: Scene, x: number): Point {
  const logits = onLogits(spec);
  const sure = (p: number): number => (logits ? 12 * p - 6 : p);
  const prediction = planes(
    (voxel) => {
      const p = scene.p(voxel);
      return p === undefined ? x : sure(p);
    },
    logits ? 0 : undefined,
  );
  const labels = planOf(spec).target.kind === 'labels';
  const target: Tensor = labels
    ? { shape: [1, side, side], data: Array.from({ length: voxels }, (_, at) => scene.t(at)) }
    : planes(scene.t, undefined);
  const { loss, gradient } = evaluate(spec, { prediction, target });
  const ofClass = Array.from(gradient.data).slice(voxels);
  return {
    scene: scene.name,
    x,
    loss: loss.data.reduce((sum, entry) => sum + entry, 0),
    gradient: ofClass.reduce(
      (sum, slope, voxel) => sum + (scene.p(voxel) === undefined ? slope : 0),
      0,
    ),
  };
}

/** Planes of background and class; the background is the rest to 1 unless it is given. */
function planes(value: (voxel: number) => number, background: number | undefined): Tensor {
  const plane = Array.from({ length: voxels }, (_, voxel) => value(voxel));
  return {
    shape: [1, 2, side, side],
    data: [...plane.map((each) => background ?? 1 - each), ...plane],
  };
}
