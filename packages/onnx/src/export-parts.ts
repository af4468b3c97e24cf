import {
  additiveOf,
  coefficientInput,
  compile,
  type LossSpec,
  type Program,
  planOf,
  statisticInput,
} from '@softdice/core';
import { docOf, lossName } from './describe.js';
import { computedTypes } from './dtype.js';
import type { Graph } from './graph.js';
import { modelBytes } from './model.js';
import { partGraph } from './part-graph.js';
import {
  type CompletePartsOptions,
  completePartsOptions,
  type PartsOptions,
} from './parts-options.js';
import { cotangentOf, expanded } from './placement.js';
import { gradientPort, gridPort, voxelPorts } from './ports.js';
import { planMetadata } from './read-spec.js';

/** A loss as three ONNX models. */
export interface Parts {
  /** prediction, target[, mask] → the sums over the voxels, an output each, such as `dice.I`. */
  readonly statistics: Uint8Array;
  /** Those sums[, cotangent] → `loss`, `scores` and, for each sum, its coefficient in the gradient. */
  readonly head: Uint8Array;
  /** prediction, target[, mask] and the coefficients → `gradient`. */
  readonly pullback: Uint8Array;
}

/**
 * Writes a loss as three ONNX models, so that it is computed of data that are nowhere together: tiles
 * of a volume, batches of an epoch, shards of many workers.
 *
 * ```
 * each part:  prediction, target[, mask] ─ statistics ─→ sums
 * once:       merged sums ─ head ─→ loss, scores, coefficients
 * each part:  prediction, target[, mask], coefficients ─ pullback ─→ gradient of the part
 * ```
 *
 * `readStatistics` makes core's statistics of what the first graph gives; `merge` adds them, exactly: a
 * few numbers per sample and class. Outputs of each graph have the names of the inputs of the next, so
 * that what one run returns is what the next one takes.
 *
 * @param spec - The loss.
 * @param options - As {@link exportLoss} takes them, without `outputs`; `of` says which parts there will be.
 * @throws SpecError - listing every violation of the spec.
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the spec, and a
 *   loss that cannot be computed of such parts: neighbours across tiles, or the hardest voxels of a batch.
 *
 * @example
 * ```ts
 * const spec = dice({ target: 'labels', activation: 'softmax' });
 * const parts = exportParts(spec, { spatialRank: 3 });
 * console.log(parts.statistics.length, parts.head.length, parts.pullback.length);
 * ```
 */
export function exportParts(spec: LossSpec, options: PartsOptions): Parts {
  const plan = planOf(spec);
  const complete = completePartsOptions(plan, additiveOf(plan), options);
  const program = compile(plan, complete);
  const { opset, form } = complete;
  const model = (part: keyof Parts, graph: Graph): Uint8Array => {
    const word = `${part.charAt(0).toUpperCase()}${part.slice(1)}`;
    return modelBytes(graph, {
      opset,
      form,
      name: `${lossName(plan)}${word}`,
      doc: docOf(program),
      metadata: planMetadata(plan, { ...complete, part }),
    });
  };
  return {
    statistics: model('statistics', statisticsGraph(program, complete)),
    head: model('head', headGraph(program, complete)),
    pullback: model('pullback', pullbackGraph(program, complete)),
  };
}

function statisticsGraph(program: Program, options: CompletePartsOptions): Graph {
  const type = computedTypes[options.dtype];
  return partGraph(program, options, {
    inputs: voxelPorts(program, options),
    outputs: program.statistics.map(({ name, node }) => ({
      port: { ...gridPort(name, node, type), doc: 'A sum over the voxels.' },
      node,
    })),
    given: () => undefined,
  });
}

/** There are no voxels in it: its grids are tensors of rank 0, channels first or last alike. */
function headGraph(program: Program, options: CompletePartsOptions): Graph {
  const { head, statistics } = program;
  const type = computedTypes[options.dtype];
  const outer = { ...gridPort('cotangent', head.loss, type), doc: 'Factors of the loss.' };
  const first = head.terms.slice(0, 1);
  return partGraph(
    program,
    { ...options, spatialRank: 0, layout: 'channelsFirst' },
    {
      inputs: [
        ...statistics.map(({ name, node }) => ({
          ...gridPort(name, node, type),
          doc: 'A sum over the voxels of all parts.',
        })),
        ...(options.cotangent === 'input' ? [outer] : []),
      ],
      outputs: [
        { port: { ...gridPort('loss', head.loss, type), doc: 'The loss.' }, node: head.loss },
        ...first.map(({ scores: node }) => ({
          port: { ...gridPort('scores', node, type), doc: 'The scores of the first term.' },
          node,
        })),
        ...head.coefficients.map(({ name, node }) => ({
          port: {
            ...gridPort(coefficientInput(name), node, type),
            doc: `The derivative of the loss by ${name}.`,
          },
          node,
        })),
      ],
      given: (input, emission, computed) => {
        const statistic = statistics.find(({ name }) => statisticInput(name) === input);
        if (statistic) return expanded(emission, statistic.name, statistic.node.axes);
        if (input !== 'cotangent') return undefined;
        return cotangentOf(emission, options.cotangent, head.loss, computed);
      },
    },
  );
}

function pullbackGraph(program: Program, options: CompletePartsOptions): Graph {
  const type = computedTypes[options.dtype];
  const { coefficients } = program.head;
  return partGraph(program, options, {
    inputs: [
      ...voxelPorts(program, options),
      ...coefficients.map(({ name, node }) => ({
        ...gridPort(coefficientInput(name), node, type),
        doc: `The derivative of the loss by ${name}.`,
      })),
    ],
    outputs: [{ port: gradientPort(program, options), node: program.pullback }],
    given: (input, emission) => {
      const found = coefficients.find(({ name }) => coefficientInput(name) === input);
      return found && expanded(emission, input, found.node.axes);
    },
  });
}
