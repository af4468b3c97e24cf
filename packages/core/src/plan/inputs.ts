import { InputError, type Problem, shown } from '../schema/problem.js';
import { channelUse } from '../spec/channel-use.js';
import { channelProblems, type Use } from './channels.js';
import type { Given, Plan } from './plan.js';
import { neighbourhoodRanks } from './spatial-rank.js';

/** Shapes of the inputs, channels first: `[N, C, ...spatial]`. */
export interface InputShapes {
  readonly prediction: readonly number[];
  readonly target: readonly number[];
  readonly mask?: readonly number[] | undefined;
}

/** Whether the plan takes a mask, and with which channels. */
export function maskChannels(plan: Given): 'none' | 'one' | 'all' {
  switch (plan.voxels.kind) {
    case 'all':
    case 'target-mass':
      return 'none';
    case 'mask':
    case 'masked-inputs':
    case 'weights':
      return 'one';
    case 'channel-mask':
      return 'all';
  }
}

/** Whether the target has one value per voxel rather than one per channel. */
export function targetIsSparse(plan: Given): boolean {
  return plan.target.kind === 'labels' || plan.target.kind === 'binary';
}

/**
 * Checks the shapes of the inputs against the plan, before any value is read.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkInputs(plan: Plan, shapes: InputShapes): void {
  const problems = inputProblems(plan, shapes);
  if (problems.length > 0) throw new InputError(problems);
}

/** Every way in which the shapes do not fit the plan. */
export function inputProblems(plan: Plan, shapes: InputShapes): readonly Problem[] {
  const uses = plan.terms.map((term) => ({ ...channelUse(term), activation: term.activation }));
  return readingProblems(plan, uses, shapes);
}

/** Every way in which the shapes do not fit how target and mask are given and what the channels are used for. */
export function readingProblems(
  plan: Given,
  uses: readonly Use[],
  shapes: InputShapes,
): readonly Problem[] {
  const { prediction, target, mask } = shapes;
  if (prediction.length < 2 || prediction.some((size) => !(Number.isInteger(size) && size > 0))) {
    const expected = 'a shape [N, C, ...spatial] without empty axes';
    return [{ path: 'prediction', expected, received: shown(prediction) }];
  }
  const problems: Problem[] = [];
  const sparse = sparseShapes(prediction);
  const expectShape = (
    path: string,
    received: readonly number[],
    allowed: readonly (readonly number[])[],
    fix: string,
  ): void => {
    if (allowed.some((shape) => shape.join() === received.join())) return;
    const expected = `shape ${allowed.map(shown).join(' or ')} beside prediction ${shown(prediction)}`;
    problems.push({ path, expected, received: shown(received), fix });
  };
  if (targetIsSparse(plan)) {
    expectShape('target', target, sparse, `a '${plan.target.kind}' target has one value per voxel`);
  } else {
    const fix = `a '${plan.target.kind}' target has one plane per channel; for class indices use target 'labels'`;
    expectShape('target', target, [prediction], fix);
  }
  const wanted = maskChannels(plan);
  if (wanted === 'none' && mask !== undefined) {
    const fix = "use voxels 'mask', 'channel-mask' or 'weights'";
    const expected = `no mask with voxels '${plan.voxels.kind}'`;
    problems.push({ path: 'mask', expected, received: shown(mask), fix });
  } else if (wanted !== 'none' && mask === undefined) {
    const expected = `a mask with voxels '${plan.voxels.kind}'`;
    const fix = "give it, or use voxels 'all'";
    problems.push({ path: 'mask', expected, received: shown(mask), fix });
  } else if (mask !== undefined) {
    const fix = wanted === 'one' ? 'one value per voxel' : 'one value per voxel and channel';
    expectShape('mask', mask, wanted === 'one' ? sparse : [prediction], fix);
  }
  return [
    ...problems,
    ...rankProblems(uses, prediction),
    ...channelProblems(plan, uses, prediction[1] ?? 0),
  ];
}

function rankProblems(uses: readonly Use[], prediction: readonly number[]): readonly Problem[] {
  const any = !uses.some(({ neighbours }) => neighbours === true);
  if (any || neighbourhoodRanks.includes(prediction.length - 2)) return [];
  const expected = '2 or 3 spatial axes for a loss that looks at neighbouring voxels';
  return [{ path: 'prediction', expected, received: shown(prediction) }];
}

/** `[N, ...spatial]` and `[N, 1, ...spatial]`. */
function sparseShapes(prediction: readonly number[]): readonly (readonly number[])[] {
  const [samples = 0, , ...spatial] = prediction;
  return [
    [samples, ...spatial],
    [samples, 1, ...spatial],
  ];
}
