import { exportLoss, exportMetric, type MetricSpec, planOf } from '@softdice/onnx';
import { type Exported, models } from './grid.js';

/** Hard scores of every way of deciding, reducing and giving a target. */
const metrics: readonly MetricSpec[] = [
  { target: 'labels', decide: 'argmax', per: 'batch' },
  { target: { kind: 'labels', ignore: 255 }, reduction: 'class-then-sample', voxels: 'mask' },
  { target: 'labels', decide: { kind: 'labels', channels: 3 }, empty: { give: 'skip' } },
  { target: 'binary', decide: 'threshold', index: 'jaccard', empty: { give: 'one' } },
  {
    target: 'multilabel',
    decide: 'threshold',
    voxels: 'channel-mask',
    weights: 'support',
    reduction: 'mean',
  },
  {
    decide: { kind: 'labels', channels: 3 },
    voxels: 'target-mass',
    weights: 'volume',
    per: 'everything',
  },
  {
    target: 'multilabel',
    decide: 'threshold',
    classes: { kind: 'regions', regions: [[0, 2], [1]] },
    index: { kind: 'tversky', alpha: 0.3, beta: 0 },
    reduction: 'sample-mean',
  },
  {
    target: 'labels',
    decide: 'threshold',
    classes: { kind: 'regions', regions: [[1, 2], [2]], merge: 'target' },
    reduction: 'sample-then-class',
    empty: { when: 'target', give: 'zero' },
  },
];

/** Metrics by themselves and beside their loss, written as the losses of the grid are. */
export const hardScores: readonly Exported[] = models.flatMap((model, at) => {
  const { outputs: _, labels, cotangent: __, ...writing } = model.options;
  const metric = metrics[at % metrics.length] ?? {};
  const own = hasLabels(metric) ? { ...writing, labels: labels ?? 'uint8' } : writing;
  const alone = {
    ...model,
    name: `metric ${JSON.stringify(metric)} ${JSON.stringify(own)}`,
    bytes: exportMetric(metric, { ...own, outputs: ['scores', 'score', 'statistics'] }),
  };
  // A soft target has no hard score.
  if (at % 3 !== 0 || planOf(model.spec).target.kind === 'soft') return at % 2 === 0 ? [alone] : [];
  const options = { ...model.options, outputs: ['metrics', 'loss', 'gradient'] } as const;
  const beside = { ...model, name: `metrics of ${model.name}`, options };
  return [alone, { ...beside, bytes: exportLoss(model.spec, options) }];
});

function hasLabels({ target, decide }: MetricSpec): boolean {
  return [target, decide].some(
    (each) => each === 'labels' || (typeof each === 'object' && each.kind === 'labels'),
  );
}
