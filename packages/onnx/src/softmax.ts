import { channelSum } from './channel-sum.js';
import { largest } from './largest.js';
import { channelPosition } from './layout.js';
import { sizedAs } from './sizes.js';
import type { Emission, Value } from './value.js';

/**
 * Softmax over the channels. The operator of common runtimes is made for the last axis; before voxels it
 * transposes, and its parts, e^(x - max) over their sum, take less.
 */
export function softmax(emission: Emission, x: Value, wanted: string): string {
  const { graph, spatialRank } = emission;
  if (spatialRank === 0) {
    return graph.node('Softmax', [x.name], wanted, { axis: channelPosition });
  }
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

/** Equal names are one node: both functions of the same logits share these. */
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
