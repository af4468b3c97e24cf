import type { Emission, Value } from './value.js';

/**
 * 1 / (1 + e^-x), small for small p: the Sigmoid of common runtimes is off by 6e-8 absolutely, so by
 * 17 % at x = -15, which millions of background voxels add up to more than a small object.
 */
export function sigmoid({ graph, real }: Emission, x: Value, wanted: string): string {
  const negative = x.negates ?? graph.node('Neg', [x.name], `${wanted}/negative`);
  const raised = graph.node('Exp', [negative], `${wanted}/raised`);
  const one = graph.constant(real, [], [1]);
  const total = graph.node('Add', [one, raised], `${wanted}/total`);
  return graph.node('Reciprocal', [total], wanted);
}

/**
 * max(x, 0) + log(1 + e^-|x|): the Softplus of common runtimes overflows or rounds small values away. That of -x has
 * the same logarithm.
 */
export function softplus({ graph, real }: Emission, x: Value, wanted: string): string {
  const size = graph.node('Abs', [x.negates ?? x.name], `${wanted}/size`);
  const negative = graph.node('Neg', [size], `${wanted}/negative`);
  const decay = graph.node('Exp', [negative], `${wanted}/decay`);
  const one = graph.constant(real, [], [1]);
  const total = graph.node('Add', [one, decay], `${wanted}/total`);
  const rest = graph.node('Log', [total], `${wanted}/rest`);
  const positive = graph.node('Relu', [x.name], `${wanted}/positive`);
  return graph.node('Add', [positive, rest], wanted);
}
