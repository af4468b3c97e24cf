import { type Problem, shown } from '@softdice/core';
import type { Dtype } from './dtype.js';
import type { Layout, SpatialRank } from './layout.js';
import type { Form } from './model.js';
import { type Opset, opsets } from './opset.js';

/** What a graph can give. */
export type Output = 'loss' | 'gradient' | 'scores' | 'statistics' | 'metrics';

/** The element type of integer targets. */
export type LabelType = 'uint8' | 'int32' | 'int64';

/** In which type labels are compared: bytes are no faster, and could wrap around beside 256 channels. */
export function comparedAs(labels: LabelType): 'int32' | 'int64' {
  return labels === 'int64' ? 'int64' : 'int32';
}

/** How a loss becomes a graph. */
export interface ExportOptions {
  /** Number of spatial axes of prediction and target. */
  readonly spatialRank: SpatialRank;
  /** Outputs of the graph, in this order; `['loss', 'gradient']` by default. */
  readonly outputs?: readonly Output[];
  /** Where the channels stand; `'channelsFirst'` by default. */
  readonly layout?: Layout;
  /** Element type of prediction, gradient, mask and targets that are no labels; `'float32'` by default. */
  readonly dtype?: Dtype;
  /** Element type of a 'labels' target; `'int64'` by default. */
  readonly labels?: LabelType;
  /** Version of the standard operators; 17 by default. The version of the container follows from it. */
  readonly opset?: Opset;
  /**
   * `'inline'` (default): the operators stand in the graph. `'function'`: they stand in a function of the
   * model, which the graph calls by one readable node.
   */
  readonly form?: Form;
  /**
   * What the gradient is the gradient of. `'ones'` (default): the sum of the loss. `'input'`: the sum
   * of the loss times the graph input `cotangent`, which has the shape of the loss.
   */
  readonly cotangent?: 'ones' | 'input';
  /**
   * How many numbers of the prediction are computed at once. `'all'` (default): every operator runs over all
   * voxels. A number, 2^17 for example: a loop (`Scan`) runs over blocks of about as many, so that only one
   * block of what lies between prediction and gradient is in memory, and what both passes need. A block is a
   * divisor of the number of voxels.
   */
  readonly blockSize?: 'all' | number;
}

/** Options with every default explicit. */
export type CompleteOptions = Required<ExportOptions>;

/** What an option may be. */
export interface Rule {
  readonly expected: string;
  readonly fix: string;
  readonly holds: (value: unknown) => boolean;
}

const outputs: readonly Output[] = ['loss', 'gradient', 'scores', 'statistics', 'metrics'];

/** What each option may be. */
export const rules: { readonly [K in keyof CompleteOptions]: Rule } = {
  spatialRank: oneOf([0, 1, 2, 3], 'give the number of spatial axes: 2 for images, 3 for volumes'),
  outputs: someOf(outputs),
  layout: oneOf(['channelsFirst', 'channelsLast'], 'a tensor has its channels second or last'),
  dtype: oneOf(['float32', 'float16', 'float64'], 'convert the prediction to one of them'),
  labels: oneOf(['uint8', 'int32', 'int64'], 'convert the labels to one of them'),
  opset: oneOf(opsets, 'later versions run all of them'),
  form: oneOf(['inline', 'function'], "'inline' is read by every runtime"),
  cotangent: oneOf(['ones', 'input'], "'ones' gives the gradient of the sum of the loss"),
  blockSize: {
    expected: "'all' or an integer from 1 on",
    fix: 'give the numbers of the prediction that a block may have: 131072 is fast',
    holds: (value) => value === 'all' || (Number.isSafeInteger(value) && Number(value) >= 1),
  },
};

/** A list of some of the choices, each once. */
export function someOf(choices: readonly unknown[]): Rule {
  return {
    expected: `a list of one or more of ${choices.map(shown).join(', ')}`,
    fix: 'name at least one, each once',
    holds: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      new Set(value).size === value.length &&
      value.every((output) => choices.includes(output)),
  };
}

function oneOf(choices: readonly unknown[], fix: string): Rule {
  return {
    expected: `one of ${choices.map(shown).join(', ')}`,
    fix,
    holds: (value) => choices.includes(value),
  };
}

/** Options that are unknown, or of which the rules know no such value. */
export function optionProblems(
  known: Readonly<Record<string, Rule>>,
  options: object,
): readonly Problem[] {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const names = Object.keys(known);
  return [
    ...Object.entries(given)
      .filter(([name]) => !names.includes(name))
      .map(([path, value]) => {
        const expected = `no option but ${names.join(', ')}`;
        return { path, expected, received: shown(value), fix: 'remove it' };
      }),
    ...Object.entries(known).flatMap(([path, { expected, fix, holds }]) => {
      const value = given[path];
      const defaulted = value === undefined && path !== 'spatialRank';
      return defaulted || holds(value) ? [] : [{ path, expected, received: shown(value), fix }];
    }),
  ];
}
