import type { MetricProgram, Node, Scored } from '@softdice/core';
import { emittedValue } from './emitted-value.js';
import { onnxOps } from './ops.js';
import { squeezed } from './placement.js';
import type { Emission, Value } from './value.js';

/** Adds numbers of a hard score to a graph. */
export interface MetricEmission {
  /** The tensor of numbers of which some may be undefined, NaN for these, on their own axes. */
  readonly scored: (scored: Scored, wanted: string) => string;
  /** The tensor of a count on its grid. */
  readonly count: (node: Node, wanted: string) => string;
}

/**
 * Adds the program of a metric to a graph, beside whatever is there.
 *
 * @param prefix - What the names of its values begin with.
 * @param given - The values of its inputs.
 */
export function metricEmission(
  emission: Emission,
  program: MetricProgram,
  prefix: string,
  given: (input: string) => Value | undefined,
): MetricEmission {
  const names = new Map(
    program.statistics.flatMap(({ name, node }): readonly (readonly [Node, string])[] =>
      node.op === 'toClass'
        ? [
            [node, name],
            [node.args[0], `${name}/channels`],
          ]
        : [[node, name]],
    ),
  );
  const ops = onnxOps(emission, (node) => `${prefix}${names.get(node) ?? ordinaryName(node)}`);
  const emitted = (node: Node): Value => emittedValue(ops, given, node);
  return {
    count: (node, wanted) => squeezed(emission, emitted(node), `${wanted}/squeezed`),
    scored: ({ value, defined }, wanted) => {
      const number = emitted(value);
      const full = { ...number, axes: value.axes };
      if (defined.op === 'const') return squeezed(emission, full, `${wanted}/squeezed`);
      const { graph, real } = emission;
      const zero = graph.constant(real, [], [0]);
      const holds = graph.node('Greater', [emitted(defined).name, zero], `${wanted}/is-defined`);
      const nan = graph.constant(real, [], [Number.NaN]);
      const name = graph.node('Where', [holds, number.name, nan], `${wanted}/with-nan`);
      return squeezed(emission, { ...full, name }, `${wanted}/squeezed`);
    },
  };
}

function ordinaryName(node: Node): string {
  if (node.op === 'argmax') return 'decided';
  if (node.op !== 'equal') return node.op;
  // Labels are compared with channels or classes; what else is compared is 0.
  const [labels] = node.args;
  if (labels.type !== 'integer') return 'is-zero';
  return labels.op === 'input' && labels.name === 'target' ? 'target-one-hot' : 'decided-one-hot';
}
