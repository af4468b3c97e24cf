import { type Axis, checkInputs, compile, execute, type NamedArray, opTable } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { Evaluated } from './judges.js';
import type { PeerLoss } from './peer-loss.js';

/** Loss and gradient by core's own float64 interpreter. */
export function interpreted(
  { spec, prediction, target, mask }: PeerLoss,
  factors: readonly number[] | undefined,
): Evaluated {
  const program = compile(spec);
  checkInputs(program.plan, {
    prediction: prediction.shape,
    target: target.shape,
    mask: mask?.shape,
  });
  const [sample = 1, channel = 1, ...spatial] = prediction.shape;
  const voxel = spatial.reduce((product, size) => product * size, 1);
  const sizes: Readonly<Record<Axis, number>> = { sample, channel, voxel, class: 0 };
  const given: Readonly<Record<string, Tensor | undefined>> = { prediction, target, mask };
  const named = (name: string): NamedArray | undefined => {
    const input = program.inputs.find((node) => node.op === 'input' && node.name === name);
    const tensor = given[name];
    if (input === undefined || tensor === undefined) return undefined;
    const shape = input.axes.map((axis) => sizes[axis]);
    return { axes: input.axes, shape, data: Float64Array.from(tensor.data) };
  };
  const [loss] = execute(opTable, [program.whole.loss], named);
  if (loss === undefined) throw new TypeError('a program without a loss');
  const cotangent = {
    ...loss,
    data: factors ? Float64Array.from(factors) : loss.data.map(() => 1),
  };
  const [gradient] = execute(opTable, [program.whole.gradient], (name) =>
    name === 'cotangent' ? cotangent : named(name),
  );
  if (gradient === undefined) throw new TypeError('a program without a gradient');
  return { loss: loss.data, gradient: gradient.data };
}
