import { positionsOf } from './layout.js';
import type { Emission } from './value.js';

/**
 * A tensor at the sizes of a prediction: at each position along a spatial axis the nearest one,
 * `floor((2 i + 1) from / (2 to))` in whole numbers, as core's `nearestIndices`.
 *
 * @param first - The first spatial axis of the tensor: 1 for labels, which have no channels, and where
 *   channels come last, else 2.
 */
export function nearest(
  emission: Emission,
  tensor: string,
  first: 1 | 2,
  prediction: string,
): string {
  const { graph, borderRank, layout } = emission;
  const integer = (value: number): string => graph.constant('int64', [], [value]);
  const [zero, one, two] = [integer(0), integer(1), integer(2)];
  const sizeOf = (of: string, axis: number): string => {
    const shape = graph.node('Shape', [of], `${of}/sizes`);
    return graph.node('Gather', [shape, integer(axis)], `${of}/size-${axis}`, { axis: 0 });
  };
  const [firstOfPrediction = 0] = positionsOf('voxel', borderRank, layout);
  return Array.from({ length: borderRank }, (_, at) => at).reduce((value, at) => {
    const from = sizeOf(tensor, first + at);
    const to = sizeOf(prediction, firstOfPrediction + at);
    const label = `${prediction}/nearest-${at}`;
    const position = graph.node('Range', [zero, to, one], `${label}/position`);
    const twice = graph.node('Mul', [position, two], `${label}/twice`);
    const centre = graph.node('Add', [twice, one], `${label}/centre`);
    const scaled = graph.node('Mul', [centre, from], `${label}/scaled`);
    const whole = graph.node('Mul', [to, two], `${label}/whole`);
    const index = graph.node('Div', [scaled, whole], `${label}/index`);
    return graph.node('Gather', [value, index], `${tensor}/at-${prediction}-${at}`, {
      axis: first + at,
    });
  }, tensor);
}
