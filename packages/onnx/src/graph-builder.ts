import { captured, withCaptured } from './captured.js';
import type { Attributes, ElementType, Graph, GraphNode, Initializer, Port } from './graph.js';

/** Builds a graph; values are known by their names. */
export interface GraphBuilder {
  /** Declares an input, and gives its name. */
  readonly input: (port: Port) => string;
  /** A constant; equal constants are one. */
  readonly constant: (
    type: ElementType,
    dims: readonly number[],
    values: readonly number[],
  ) => string;
  /** An operator's output; equal operators on equal inputs are one. */
  readonly node: (
    op: string,
    inputs: readonly string[],
    wanted: string,
    attributes?: Attributes,
  ) => string;
  /** The outputs of an operator with several. */
  readonly nodes: (
    op: string,
    inputs: readonly string[],
    wanted: readonly string[],
    attributes?: Attributes,
  ) => readonly string[];
  /** Makes a value an output of the graph. */
  readonly output: (port: Port, value: string) => void;
  /**
   * Starts a graph inside this one, which reads its values. What does not depend on its inputs is computed
   * outside, once; its inputs and outputs have names that nothing else has.
   */
  readonly body: () => GraphBuilder;
  readonly build: () => Graph;
}

/** Operators with outputs after the first that nothing reads, which they must name. */
const unreadOutputs: Readonly<Record<string, readonly string[]>> = { TopK: ['indices'] };

/**
 * Starts a graph.
 *
 * @param reserved - Names of inputs and outputs, which nothing else may take.
 */
export function graphBuilder(reserved: readonly string[]): GraphBuilder {
  const taken = new Set(reserved);
  return builderIn(undefined, (wanted) => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  });
}

function builderIn(
  outer: GraphBuilder | undefined,
  free: (wanted: string) => string,
): GraphBuilder {
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  const initializers = new Map<string, Initializer>();
  const nodes = new Map<string, GraphNode>();
  const own = new Set<string>();
  const finalNames = new Map<string, string>();

  const append = (
    key: string,
    made: Pick<GraphNode, 'op' | 'inputs' | 'attributes'>,
    wanted: readonly string[],
  ): readonly string[] => {
    const [name = made.op, ...read] = wanted.map(free);
    const unread = (unreadOutputs[made.op] ?? []).map((output) => free(`${name}/${output}`));
    nodes.set(key, { ...made, name, more: [...read, ...unread] });
    for (const output of [name, ...read]) own.add(output);
    return [name, ...read];
  };

  const all: GraphBuilder['nodes'] = (op, from, wanted, attributes = {}) => {
    if (outer !== undefined && !from.some((input) => own.has(input))) {
      return outer.nodes(op, from, wanted, attributes);
    }
    const key = JSON.stringify([op, from, attributes]);
    const known = nodes.get(key);
    if (known !== undefined) return [known.name, ...known.more].slice(0, wanted.length);
    return append(key, { op, inputs: from, attributes }, wanted);
  };

  const builder: GraphBuilder = {
    input: (port) => {
      const name = outer === undefined ? port.name : free(port.name);
      own.add(name);
      inputs.push({ ...port, name });
      return name;
    },
    constant: (type, dims, values) => {
      if (outer !== undefined) return outer.constant(type, dims, values);
      const key = JSON.stringify([type, dims, values.map(String)]);
      const known = initializers.get(key);
      if (known !== undefined) return known.name;
      const name = free(constantName(type, dims, values));
      initializers.set(key, { name, type, dims, values });
      return name;
    },
    node: (op, from, wanted, attributes) => {
      const [name = wanted] = all(op, from, [wanted], attributes);
      return name;
    },
    nodes: all,
    output: (port, value) => {
      const computed = [...nodes.values()].some(
        ({ name, more }) => name === value || more.includes(value),
      );
      // An input, a constant or a value that is an output already keeps its own name.
      const copied = !computed || finalNames.has(value);
      const copy = { op: 'Identity', inputs: [value], attributes: {} };
      const [shown = value] = copied
        ? append(`output ${port.name}`, copy, [`${port.name}/copy`])
        : [value];
      const name = outer === undefined ? port.name : shown;
      finalNames.set(shown, name);
      outputs.push({ ...port, name });
    },
    body: () => builderIn(builder, free),
    build: () => {
      const final = (name: string): string => finalNames.get(name) ?? name;
      const needed = neededFrom([...nodes.values()], [...finalNames.keys()]);
      const used = new Set(needed.flatMap(read));
      return {
        inputs,
        outputs,
        initializers: [...initializers.values()].filter(({ name }) => used.has(name)),
        nodes: needed.map((each) => ({
          ...each,
          name: final(each.name),
          more: each.more.map(final),
          inputs: each.inputs.map(final),
          attributes: withCaptured(each.attributes, final),
        })),
      };
    },
  };
  return builder;
}

/** All values that an operator reads. */
function read({ inputs, attributes }: GraphNode): readonly string[] {
  return [...inputs, ...captured(attributes)];
}

/** The nodes, in their order, on which outputs depend. */
function neededFrom(nodes: readonly GraphNode[], outputs: readonly string[]): readonly GraphNode[] {
  const wanted = new Set(outputs);
  const kept = nodes.toReversed().filter((node) => {
    if (![node.name, ...node.more].some((output) => wanted.has(output))) return false;
    for (const input of read(node)) wanted.add(input);
    return true;
  });
  return kept.toReversed();
}

/** Constants are named by what they are, so that a listing of the nodes can be read. */
function constantName(
  type: ElementType,
  dims: readonly number[],
  values: readonly number[],
): string {
  const shown = values.length > 8 ? `${values.slice(0, 8).join(',')},…` : values.join(',');
  const text = dims.length === 0 ? shown : `[${shown}]`;
  return type === 'float' || type === 'double' ? text : `${type}:${text}`;
}
