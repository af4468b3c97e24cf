import type { Builder } from '../expression/builder.js';
import type { ClassMap } from '../expression/class-map.js';
import type { Node, NodeOf } from '../expression/node.js';
import { maskChannels } from '../plan/inputs.js';
import type { Given, Plan, PlanTerm } from '../plan/plan.js';
import type { Classes } from '../spec/channel-use.js';

/** The inputs that a plan takes. */
export interface DeclaredInputs {
  readonly prediction: NodeOf<'input'>;
  readonly target: NodeOf<'input'>;
  readonly mask?: NodeOf<'input'>;
}

/** The inputs as all terms read them. */
export interface VoxelInputs extends Omit<DeclaredInputs, 'prediction'> {
  readonly prediction: Node;
  /** 1 where target and prediction are replaced by 0, with voxels 'masked-inputs'. */
  readonly replaced?: Node;
}

/** Declares the inputs that a plan takes. */
export function declaredInputs(b: Builder, plan: Given): DeclaredInputs {
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

/**
 * The inputs as terms read them: with 'masked-inputs' the mask multiplies the prediction here, and the target
 * where it is encoded.
 *
 * Source: MONAI 1.5.0 `MaskedLoss`, `loss(input * mask, target * mask)`.
 */
export function voxelInputs(b: Builder, plan: Given, declared: DeclaredInputs): VoxelInputs {
  const { prediction, mask } = declared;
  if (plan.voxels.kind !== 'masked-inputs' || mask === undefined) return declared;
  const replaced = b.equal(mask, b.real(0));
  return { ...declared, prediction: b.mul(b.sub(b.real(1), replaced), prediction), replaced };
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
export function encodedTarget(b: Builder, plan: Given, inputs: VoxelInputs): Node {
  if (plan.target.kind === 'labels') {
    const channel = b.index(inputs.prediction, 'channel');
    const first = (): Node => b.equal(channel, b.integer(0));
    return withReplaced(b, inputs, b.equal(inputs.target, channel), first);
  }
  // An ignored value is no probability: no power or product may see it.
  const counted = notIgnored(b, plan, inputs);
  const target = counted === undefined ? inputs.target : b.mul(counted, inputs.target);
  return withReplaced(b, inputs, target, () => b.real(0));
}

/** t, and what label 0 or no class gives where the target is replaced. */
function withReplaced(b: Builder, { replaced }: VoxelInputs, t: Node, other: () => Node): Node {
  if (replaced === undefined) return t;
  return b.add(b.mul(b.sub(b.real(1), replaced), t), b.mul(replaced, other()));
}

/** 0 where the target has the ignore label, else 1; undefined without one. */
function notIgnored(b: Builder, plan: Given, { target }: VoxelInputs): Node | undefined {
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  if (ignore === undefined) return undefined;
  const label = target.type === 'integer' ? b.integer(ignore) : b.real(ignore);
  return b.sub(b.real(1), b.equal(target, label));
}

/** t over regions of labels: 1 where the label is a member. */
export function regionTarget(
  b: Builder,
  inputs: VoxelInputs,
  regions: readonly (readonly number[])[],
): Node {
  const t = membership(b, inputs.target, regions);
  return withReplaced(b, inputs, t, () => b.vector(regions.map((one) => Number(one.includes(0)))));
}

/** 1 for each class of which a label is a member. */
export function membership(
  b: Builder,
  labels: Node,
  classes: readonly (readonly number[])[],
): Node {
  const longest = Math.max(...classes.map((members) => members.length));
  // -1 fills the shorter lists; it is no label.
  return Array.from({ length: longest }, (_, at) => classes.map((members) => members[at] ?? -1))
    .map((members) => b.equal(labels, b.vector(members, 'integer')))
    .reduce((sum, member) => b.add(sum, member));
}

/** t as it is counted. */
export function rescaled(b: Builder, t: Node, { scale, offset }: Plan['rescale']): Node {
  return b.add(b.mul(b.real(scale), t), b.real(offset));
}

/** w: how much each voxel counts, or undefined where all count once. */
export function voxelWeight(b: Builder, plan: Given, inputs: VoxelInputs): Node | undefined {
  const weight = (): Node | undefined => {
    switch (plan.voxels.kind) {
      case 'all':
      case 'masked-inputs':
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

/**
 * Each voxel of x counted w times.
 *
 * @param factor - What bears w in a product that begins with it: other sums are taken of both together.
 */
export function weighed(b: Builder, w: Node | undefined, x: Node, factor?: Node): Node {
  if (w === undefined) return x;
  return x.op === 'mul' && x.args[0] === factor ? b.mul(b.mul(w, factor), x.args[1]) : b.mul(w, x);
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
