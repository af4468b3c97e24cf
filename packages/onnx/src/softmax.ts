import { channelSum } from './channel-sum.js';
import { largest } from './largest.js';
import { channelPosition } from './layout.js';
import type { Emission } from './value.js';

/**
 * Softmax over the channels. The operator of common runtimes is made for the last axis; elsewhere it
 * transposes, and its parts, e^(x - max) over their sum, take less.
 */
export function softmax(emission: Emission, x: string, wanted: string): string {
  const { graph, layout, spatialRank } = emission;
  if (layout === 'channelsLast' || spatialRank === 0) {
    return graph.node('Softmax', [x], wanted, { axis: channelPosition(emission) });
  }
  const { raised, total } = parts(emission, x);
  return graph.node('Div', [raised, total], wanted);
}

/** Its logarithm, (x - max) - log of the sum, exact where e^(x - max) underflows. */
export function logSoftmax(emission: Emission, x: string, wanted: string): string {
  const { graph, layout, spatialRank } = emission;
  if (layout === 'channelsLast' || spatialRank === 0) {
    return graph.node('LogSoftmax', [x], wanted, { axis: channelPosition(emission) });
  }
  const { below, total } = parts(emission, x);
  return graph.node('Sub', [below, graph.node('Log', [total], `${wanted}/log-total`)], wanted);
}

/** Equal names are one node: both functions of the same logits share these. */
function parts(
  emission: Emission,
  x: string,
): { readonly below: string; readonly raised: string; readonly total: string } {
  const { graph } = emission;
  const position = channelPosition(emission);
  const below = graph.node(
    'Sub',
    [x, largest(emission, x, [position], `${x}/largest`)],
    `${x}/below`,
  );
  const raised = graph.node('Exp', [below], `${x}/raised`);
  const total = channelSum(emission, raised, x, `${x}/total`);
  return { below, raised, total };
}
