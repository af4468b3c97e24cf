import { type Emission, integerList } from './value.js';

/** The largest value over axes by position, which stay with size 1; until opset 18 they are an attribute. */
export function largest(
  emission: Emission,
  x: string,
  positions: readonly number[],
  wanted: string,
): string {
  const { graph, opset } = emission;
  return opset < 18
    ? graph.node('ReduceMax', [x], wanted, { axes: positions, keepdims: 1 })
    : graph.node('ReduceMax', [x, integerList(emission, positions)], wanted, { keepdims: 1 });
}
