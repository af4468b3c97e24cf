import { InputError, type Problem } from '@softdice/core';
import { labels, valueProblems } from '../inputs/value-problems.js';
import { sizeOf, type Tensor } from '../tensor.js';
import type { CompleteLabelMapMetric } from './label-map-metric.js';

/** Two label maps, `[N, ...spatial]` or `[N, 1, ...spatial]`, in arrays of any numbers. */
export interface LabelMaps {
  readonly prediction: Tensor;
  readonly target: Tensor;
}

/** Number of samples, and of voxels of each. */
export interface MapSizes {
  readonly samples: number;
  readonly voxels: number;
}

/**
 * Checks shapes, then labels.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkLabelMaps(
  { target: { ignore }, decide: { channels }, classes }: CompleteLabelMapMetric,
  { prediction, target }: LabelMaps,
): MapSizes {
  const { shape } = prediction;
  const shapes: readonly Problem[] = [
    ...(shape.length > 0 && sizeOf(shape) > 0
      ? []
      : [misshapen('prediction', 'a shape without empty axes', shape)]),
    ...(alike(shape, target.shape)
      ? []
      : [misshapen('target', `shape [${shape}] of the prediction`, target.shape)]),
  ];
  if (shapes.length > 0) throw new InputError(shapes);
  const regions = classes.kind === 'regions' && classes.merge === 'target';
  const values = [
    ...valueProblems('prediction', prediction, labels(channels, undefined)),
    ...valueProblems('target', target, labels(regions ? Infinity : channels, ignore)),
  ];
  if (values.length > 0) throw new InputError(values);
  const [samples = 1] = shape;
  return { samples, voxels: sizeOf(shape) / samples };
}

function misshapen(path: string, expected: string, shape: readonly number[]): Problem {
  return { path, expected, received: `[${shape}]` };
}

/** Whether shapes are equal but for an axis 1 of size 1. */
function alike(...shapes: readonly (readonly number[])[]): boolean {
  const [some, others] = shapes.map(([samples, ...rest]) => [
    `${[samples, ...rest]}`,
    `${[samples, ...(rest[0] === 1 ? rest.slice(1) : rest)]}`,
  ]);
  return some?.some((shape) => others?.includes(shape)) ?? false;
}
