import {
  compile,
  type ExportOptions,
  exportLoss,
  exportParts,
  type LabelType,
  type LossSpec,
  type Opset,
  type SpatialRank,
} from '@softdice/onnx';
import { specs } from './specs.js';

export const outputs = ['loss', 'gradient', 'scores', 'statistics'] as const;

/** A spec with the options that it is exported by. */
export interface Written {
  readonly name: string;
  readonly spec: LossSpec;
  readonly options: ExportOptions;
}

export interface Exported extends Written {
  readonly bytes: Uint8Array;
}

const layouts = ['channelsFirst', 'channelsLast'] as const;
const dtypes = ['float32', 'float16', 'float64'] as const;
const forms = ['inline', 'function'] as const;
const labelTypes: readonly LabelType[] = ['uint8', 'int32', 'int64'];

/** Half of the models have the opset that an older checker knows. */
const opsets: readonly Opset[] = [17, 18, 17, 26, 17, 21];

const writings = layouts.flatMap((layout) =>
  dtypes.flatMap((dtype) =>
    forms.flatMap((form) => labelTypes.map((labels) => ({ layout, dtype, form, labels }))),
  ),
);

/**
 * Every spec in a third of the ways to write it, every way with a third of the specs; ranks, opsets and
 * cotangents take turns.
 */
const grid: readonly Written[] = Object.entries(specs).flatMap(([name, [, spec]], row) =>
  writings.flatMap(({ labels, ...writing }, column) => {
    if ((row + column) % 3 !== 0) return [];
    const turn = row * 5 + Math.floor(column / 3);
    const hasLabels = spec.target === 'labels' || hasKind(spec.target, 'labels');
    const held = holds(spec, labels) ? labels : 'int32';
    const options: ExportOptions = {
      ...writing,
      ...(hasLabels ? { labels: held } : {}),
      spatialRank: (turn % 4) as SpatialRank,
      opset: opsets[turn % opsets.length] ?? 17,
      cotangent: turn % 5 === 0 ? 'input' : 'ones',
      outputs,
    };
    return [{ name: `${name} ${JSON.stringify(options)}`, spec, options }];
  }),
);

/** Models with one output: nothing may be left in them that only another output needs. */
const single: readonly Written[] = Object.entries(specs).flatMap(([name, [, spec]]) =>
  outputs.map((output) => ({
    name: `${name}, ${output} alone`,
    spec,
    options: { spatialRank: 2, outputs: [output] },
  })),
);

export const models: readonly Exported[] = grid.map(exported);

/** The three graphs of every loss that has them, each loss in a few of the ways to write it. */
export const threeParts: readonly Exported[] = grid.flatMap((written, at) => {
  const { spec, options, name } = written;
  const { additive } = compile(spec, options);
  if (at % 4 !== 0 || additive === 'nothing') return [];
  const { outputs: _, ...others } = options;
  const made = exportParts(spec, { ...others, of: additive === 'voxels' ? 'tiles' : 'batches' });
  return Object.entries(made).map(([part, bytes]) => ({
    ...written,
    name: `${part} of ${name}`,
    bytes,
  }));
});

export const parts: readonly Exported[] = single.map(exported);

/** Every third graph of a loss that can be computed in blocks, of eight numbers each. */
export const inBlocks: readonly Exported[] = [...grid, ...single]
  .filter(({ spec, options }) => {
    return options.spatialRank !== 0 && compile(spec, options).additive === 'voxels';
  })
  .filter((_, at) => at % 3 === 0)
  .map(({ name, spec, options }) =>
    exported({ name: `${name} in blocks`, spec, options: { ...options, blockSize: 8 } }),
  );

function exported(written: Written): Exported {
  return { ...written, bytes: exportLoss(written.spec, written.options) };
}

function hasKind(target: LossSpec['target'], kind: string): boolean {
  return typeof target === 'object' && target.kind === kind;
}

/** A byte has no label -1. */
function holds({ target }: LossSpec, labels: LabelType): boolean {
  const negative = typeof target === 'object' && 'ignore' in target && Number(target.ignore) < 0;
  return labels !== 'uint8' || !negative;
}
