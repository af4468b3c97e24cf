import { inOrder, type Node } from '@softdice/core';
import { channelSum } from './channel-sum.js';
import { largest } from './largest.js';
import { channelPosition } from './layout.js';
import { sizedAs } from './sizes.js';
import type { Emission, Value } from './value.js';

/**
 * Softmax over the channels. The operator of common runtimes is made for the last axis; before voxels it
 * transposes, and its parts, e^(x - max) over their sum, take less. Where the logarithm is there as well it is
 * raised, so that none of the parts is kept.
 */
export function softmax(
  emission: Emission,
  x: Value,
  wanted: string,
  logarithm: string | undefined,
): string {
  const { graph, spatialRank } = emission;
  if (spatialRank === 0) {
    return graph.node('Softmax', [x.name], wanted, { axis: channelPosition });
  }
  if (logarithm !== undefined) return graph.node('Exp', [logarithm], wanted);
  const { raised, total } = parts(emission, x);
  return graph.node('Div', [raised, total], wanted);
}

/** Its logarithm, (x - max) - log of the sum, exact where e^(x - max) underflows. */
export function logSoftmax(emission: Emission, x: Value, wanted: string): string {
  const { graph, spatialRank } = emission;
  if (spatialRank === 0) {
    return graph.node('LogSoftmax', [x.name], wanted, { axis: channelPosition });
  }
  const { below, total } = parts(emission, x);
  return graph.node('Sub', [below, graph.node('Log', [total], `${wanted}/log-total`)], wanted);
}

function parts(
  emission: Emission,
  x: Value,
): { readonly below: string; readonly raised: string; readonly total: string } {
  const { graph } = emission;
  const { name } = x;
  const below = graph.node(
    'Sub',
    [name, largest(emission, name, [channelPosition], `${name}/largest`)],
    `${name}/below`,
  );
  const raised = graph.node('Exp', [below], `${name}/raised`);
  const total = channelSum(emission, raised, sizedAs(emission, x), `${name}/total`);
  return { below, raised, total };
}

/** The logarithms of softmax that expressions take, by what they take them of. */
export function logarithmsIn(roots: readonly Node[]): ReadonlyMap<Node, Node> {
  const found = inOrder(roots).filter((node) => node.op === 'logSoftmax');
  return new Map(found.map((node) => [node.args[0], node]));
}
