import type { Builder } from '../expression/builder.js';
import type { ClassMap } from '../expression/class-map.js';
import type { Node, NodeOf } from '../expression/node.js';
import { maskChannels } from '../plan/inputs.js';
import type { Plan, PlanTerm } from '../plan/plan.js';
import type { Classes } from '../spec/channel-use.js';

/** The inputs of a plan as expressions, shared by its terms. */
export interface VoxelInputs {
  readonly prediction: NodeOf<'input'>;
  readonly target: NodeOf<'input'>;
  readonly mask?: NodeOf<'input'>;
}

/** Declares the inputs that a plan takes. */
export function voxelInputs(b: Builder, plan: Plan): VoxelInputs {
  const labels = plan.target.kind === 'labels';
  const mask = maskChannels(plan);
  return {
    prediction: b.input('prediction', ['sample', 'channel', 'voxel']),
    target: labels
      ? b.input('target', ['sample', 'voxel'], 'integer')
      : b.input('target', ['sample', 'channel', 'voxel']),
    ...(mask === 'none'
      ? {}
      : {
          mask: b.input(
            'mask',
            mask === 'one' ? ['sample', 'voxel'] : ['sample', 'channel', 'voxel'],
          ),
        }),
  };
}

/** p: what the prediction says, over all channels. */
export function activated(b: Builder, prediction: Node, activation: PlanTerm['activation']): Node {
  switch (activation) {
    case 'softmax':
      return b.softmax(prediction);
    case 'sigmoid':
      return b.sigmoid(prediction);
    case 'none':
      return prediction;
  }
}

/** t over the channels, before any rescaling. */
export function encodedTarget(b: Builder, plan: Plan, inputs: VoxelInputs): Node {
  if (plan.target.kind === 'labels') {
    return b.equal(inputs.target, b.index(inputs.prediction, 'channel'));
  }
  // An ignored value is no probability: no power or product may see it.
  const counted = notIgnored(b, plan, inputs);
  return counted === undefined ? inputs.target : b.mul(counted, inputs.target);
}

/** 0 where the target has the ignore label, else 1; undefined without one. */
function notIgnored(b: Builder, plan: Plan, { target }: VoxelInputs): Node | undefined {
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  if (ignore === undefined) return undefined;
  const label = target.type === 'integer' ? b.integer(ignore) : b.real(ignore);
  return b.sub(b.real(1), b.equal(target, label));
}

/** t over regions of labels: 1 where the label is a member. */
export function regionTarget(
  b: Builder,
  target: Node,
  regions: readonly (readonly number[])[],
): Node {
  const longest = Math.max(...regions.map((region) => region.length));
  // -1 fills the shorter regions; it is no label.
  const members = Array.from({ length: longest }, (_, at) =>
    regions.map((region) => region[at] ?? -1),
  );
  return members
    .map((labels) => b.equal(target, b.vector(labels, 'integer')))
    .reduce((sum, member) => b.add(sum, member));
}

/** t as it is counted. */
export function rescaled(b: Builder, t: Node, { scale, offset }: Plan['rescale']): Node {
  return b.add(b.mul(b.real(scale), t), b.real(offset));
}

/** w: how much each voxel counts, or undefined where all count once. */
export function voxelWeight(b: Builder, plan: Plan, inputs: VoxelInputs): Node | undefined {
  const weight = (): Node | undefined => {
    switch (plan.voxels.kind) {
      case 'all':
        return undefined;
      case 'mask':
      case 'channel-mask':
        return inputs.mask && b.sub(b.real(1), b.equal(inputs.mask, b.real(0)));
      case 'weights':
        return inputs.mask;
      case 'target-mass':
        return b.sum(encodedTarget(b, plan, inputs), ['channel']);
    }
  };
  const given = weight();
  const counted = notIgnored(b, plan, inputs);
  if (given === undefined || counted === undefined) return given ?? counted;
  return b.mul(given, counted);
}

/** The matrix from channels to scored classes. */
export function classMap(classes: Classes): ClassMap {
  switch (classes.kind) {
    case 'all':
      return { kind: 'all' };
    case 'foreground':
      return { kind: 'foreground' };
    case 'list':
      return { kind: 'rows', rows: classes.channels.map((channel) => [channel]) };
    case 'regions':
      return classes.merge === 'target' ? { kind: 'all' } : { kind: 'rows', rows: classes.regions };
  }
}
