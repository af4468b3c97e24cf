import type { Attributes, Graph } from './graph.js';

/** The values of the graph around them that graphs among attributes read, and may be more. */
export function captured(attributes: Attributes): readonly string[] {
  return Object.values(attributes).flatMap((value) =>
    isGraph(value) ? value.nodes.flatMap(({ inputs }) => inputs) : [],
  );
}

/** Attributes whose graphs read values of the graph around them by their final names. */
export function withCaptured(attributes: Attributes, final: (name: string) => string): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      isGraph(value)
        ? {
            ...value,
            nodes: value.nodes.map((node) => ({ ...node, inputs: node.inputs.map(final) })),
          }
        : value,
    ]),
  );
}

/** Whether an attribute is a graph. */
export function isGraph(value: Attributes[string]): value is Graph {
  return typeof value === 'object' && 'nodes' in value;
}
