import type { Builder } from '../expression/builder.js';
import { type ClassMap, classMembers } from '../expression/class-map.js';
import type { Node } from '../expression/node.js';
import type { MetricPlan } from '../plan/metric.js';
import {
  classMap,
  type DeclaredInputs,
  declaredInputs,
  encodedTarget,
  membership,
  voxelWeight,
  weighed,
} from './voxels.js';

/** Voxels in the intersection, the prediction and the target. */
export interface HardCounts {
  readonly I: Node;
  readonly P: Node;
  readonly T: Node;
}

/** How a metric is counted. */
export interface Counting {
  /** The threshold of the decision, as the numbers of the prediction can be compared with it. */
  readonly threshold: number;
  /** The only class to count, by its position among the scored ones; all by default. */
  readonly only?: number | undefined;
}

/** Declares the inputs that a metric takes; a label map as prediction is of integers. */
export function metricInputs(b: Builder, metric: MetricPlan): DeclaredInputs {
  const declared = declaredInputs(b, metric);
  return metric.decide.kind === 'labels'
    ? { ...declared, prediction: b.input('prediction', ['sample', 'voxel'], 'integer') }
    : declared;
}

/**
 * `I = sum w p t`, `P = sum w p`, `T = sum w t` of decided predictions p, on the grid of samples and scored
 * classes, or of classes where samples are pooled.
 *
 * Classes that the metric lists are told apart voxel by voxel, all channels on the grid.
 */
export function hardCounts(
  b: Builder,
  metric: MetricPlan,
  inputs: DeclaredInputs,
  counting: Counting,
): HardCounts {
  const classes = scoredClasses(metric, counting.only);
  const p = decided(b, metric, inputs, classes, counting.threshold);
  const t = targeted(b, metric, inputs, classes);
  const weight = voxelWeight(b, metric, inputs);
  const w = weight && merged(b, weight, classes?.prediction);
  const pooled = metric.per === 'batch' || metric.per === 'everything';
  const sum = (x: Node): Node => {
    const total = b.sum(weighed(b, w, x, p), pooled ? ['sample', 'voxel'] : ['voxel']);
    return classes === undefined ? b.toClass(total, classMap(metric.classes)) : total;
  };
  return { I: sum(b.mul(p, t)), P: sum(p), T: sum(t) };
}

type Members = readonly (readonly number[])[];

/** The channels of each scored class in prediction and target. */
interface ScoredClasses {
  readonly prediction: Members;
  readonly target: Members;
}

/** The members of the scored classes, where the metric says how many those are. */
function scoredClasses(
  { classes, decide }: MetricPlan,
  only: number | undefined,
): ScoredClasses | undefined {
  const chosen = (members: Members): Members =>
    only === undefined ? members : members.slice(only, only + 1);
  if (classes.kind === 'regions' && classes.merge === 'target') {
    const own = classes.regions.map((_, region) => [region]);
    return { prediction: chosen(own), target: chosen(classes.regions) };
  }
  const map = classMap(classes);
  const channels = decide.kind === 'labels' ? decide.channels : channelsUpTo(map, only);
  if (channels === undefined) return undefined;
  const members = chosen(
    classMembers(map, channels).map((row) => row.map(({ channel }) => channel)),
  );
  return { prediction: members, target: members };
}

/** A number of channels that is enough to list the classes, if the map or the only class says one. */
function channelsUpTo(map: ClassMap, only: number | undefined): number | undefined {
  if (map.kind === 'rows') return Math.max(...map.rows.flat()) + 1;
  return only === undefined ? undefined : only + 2;
}

/** p: 1 where the prediction is decided for the class. */
function decided(
  b: Builder,
  { decide }: MetricPlan,
  { prediction }: DeclaredInputs,
  classes: ScoredClasses | undefined,
  threshold: number,
): Node {
  if (decide.kind === 'threshold') {
    return merged(b, b.less(b.real(threshold), prediction), classes?.prediction);
  }
  const labels = decide.kind === 'argmax' ? b.argmax(prediction) : prediction;
  return classes === undefined
    ? b.equal(labels, b.index(prediction, 'channel'))
    : membership(b, labels, classes.prediction);
}

/** t: 1 where the target has the class. */
function targeted(
  b: Builder,
  metric: MetricPlan,
  inputs: DeclaredInputs,
  classes: ScoredClasses | undefined,
): Node {
  return metric.target.kind === 'labels' && classes !== undefined
    ? membership(b, inputs.target, classes.target)
    : merged(b, encodedTarget(b, metric, inputs), classes?.target);
}

/** Planes of channels as planes of classes: a union is 1 where any of its members is. */
function merged(b: Builder, planes: Node, members: Members | undefined): Node {
  if (members === undefined || !planes.axes.includes('channel')) return planes;
  const union = b.toClass(planes, { kind: 'rows', rows: members });
  return members.some((row) => row.length > 1) ? b.min(union, b.real(1)) : union;
}
