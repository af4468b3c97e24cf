import { elementNumber } from './model.js';
import { type Emission, integerList } from './value.js';

/**
 * 1 for the k largest values, 0 for the others; values equal to the k-th largest share the places left.
 *
 * `k = max(1, N perMillion / 10^6)` of 64-bit integers, whose quotient is rounded down; what is tied is
 * counted in integers as well, for a float32 sum of ones ends at 2^24.
 */
export function top(emission: Emission, x: string, perMillion: number, wanted: string): string {
  const { graph, real: type } = emission;
  const list = (value: number): string => integerList(emission, [value]);
  const flat = graph.node('Reshape', [x, list(-1)], `${wanted}/values`);
  const values = graph.node('Shape', [flat], `${wanted}/count`);
  const product = graph.node('Mul', [values, list(perMillion)], `${wanted}/millionths`);
  const share = graph.node('Div', [product, list(1e6)], `${wanted}/share`);
  const k = graph.node('Max', [share, list(1)], `${wanted}/k`);
  const largest = graph.node('TopK', [flat, k], `${wanted}/largest`, { axis: 0, sorted: 0 });
  const threshold = graph.node('ReduceMin', [largest], `${wanted}/threshold`, { keepdims: 0 });
  const real = (condition: string, name: string): string =>
    graph.node('Cast', [condition], name, { to: elementNumber(type) });
  /** How many of the values are the threshold. */
  const tiedAmong = (some: string, name: string): string => {
    const equal = graph.node('Equal', [some, threshold], `${name}/holds`);
    const ones = graph.node('Cast', [equal], `${name}/ones`, { to: elementNumber('int64') });
    return real(graph.node('ReduceSum', [ones], `${name}/sum`, { keepdims: 0 }), name);
  };
  const places = tiedAmong(largest, `${wanted}/places`);
  const tied = tiedAmong(flat, `${wanted}/tied`);
  const part = graph.node('Div', [places, tied], `${wanted}/part`);
  const above = graph.node('Less', [threshold, x], `${wanted}/is-above`);
  const equal = graph.node('Equal', [x, threshold], `${wanted}/is-tied`);
  const shared = graph.node('Mul', [real(equal, `${wanted}/ties`), part], `${wanted}/shared`);
  return graph.node('Add', [real(above, `${wanted}/above`), shared], wanted);
}
