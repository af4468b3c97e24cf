/** Element types of the tensors that are exported. */
export type ElementType = 'float' | 'float16' | 'double' | 'uint8' | 'int32' | 'int64' | 'bool';

/** A size, or the name of one that is known when the graph runs. */
export type Dimension = number | string;

/** A named tensor at the border of a graph. */
export interface Port {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly Dimension[];
  /** What it is, for people. */
  readonly doc?: string;
}

/** A named constant. */
export interface Initializer {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

/** Attributes by name: integers, lists of them and texts are all that is needed. */
export type Attributes = Readonly<Record<string, number | readonly number[] | string>>;

/** One operator; what is read of it is one output, which has the name of the node. */
export interface GraphNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  /** Names of further outputs that the operator has and nothing reads. */
  readonly unread: readonly string[];
  readonly attributes: Attributes;
}

/** A graph as data. */
export interface Graph {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly GraphNode[];
}

/** Builds a graph; values are known by their names. */
export interface GraphBuilder {
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
  /** Makes a value an output of the graph. */
  readonly output: (port: Port, value: string) => void;
  readonly build: () => Graph;
}

/** Operators with outputs after the first, which they must name. */
const unreadOutputs: Readonly<Record<string, readonly string[]>> = { TopK: ['indices'] };

/**
 * Starts a graph.
 *
 * @param reserved - Names of inputs and outputs, which nothing else may take.
 */
export function graphBuilder(reserved: readonly string[]): GraphBuilder {
  const taken = new Set(reserved);
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  const initializers = new Map<string, Initializer>();
  const nodes = new Map<string, GraphNode>();
  const finalNames = new Map<string, string>();

  const free = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  const append = (
    key: string,
    made: Pick<GraphNode, 'op' | 'inputs' | 'attributes'>,
    wanted: string,
  ): string => {
    const name = free(wanted);
    const unread = (unreadOutputs[made.op] ?? []).map((output) => free(`${name}/${output}`));
    nodes.set(key, { ...made, name, unread });
    return name;
  };

  return {
    input: (port) => {
      inputs.push(port);
      return port.name;
    },
    constant: (type, dims, values) => {
      const key = JSON.stringify([type, dims, values.map(String)]);
      const known = initializers.get(key);
      if (known !== undefined) return known.name;
      const name = free(constantName(type, dims, values));
      initializers.set(key, { name, type, dims, values });
      return name;
    },
    node: (op, from, wanted, attributes = {}) => {
      const key = JSON.stringify([op, from, attributes]);
      return nodes.get(key)?.name ?? append(key, { op, inputs: from, attributes }, wanted);
    },
    output: (port, value) => {
      const computed = [...nodes.values()].some(({ name }) => name === value);
      // An input, a constant or a value that is an output already keeps its own name.
      const copied = !computed || finalNames.has(value);
      const copy = { op: 'Identity', inputs: [value], attributes: {} };
      const shown = copied ? append(`output ${port.name}`, copy, `${port.name}/copy`) : value;
      finalNames.set(shown, port.name);
      outputs.push(port);
    },
    build: () => {
      const final = (name: string): string => finalNames.get(name) ?? name;
      const needed = neededFrom([...nodes.values()], [...finalNames.keys()]);
      const used = new Set(needed.flatMap((each) => each.inputs));
      return {
        inputs,
        outputs,
        initializers: [...initializers.values()].filter(({ name }) => used.has(name)),
        nodes: needed.map((each) => ({
          ...each,
          name: final(each.name),
          inputs: each.inputs.map(final),
        })),
      };
    },
  };
}

/** The nodes, in their order, on which outputs depend. */
function neededFrom(nodes: readonly GraphNode[], outputs: readonly string[]): readonly GraphNode[] {
  const wanted = new Set(outputs);
  const kept = nodes.toReversed().filter(({ name, inputs }) => {
    if (!wanted.has(name)) return false;
    for (const input of inputs) wanted.add(input);
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
