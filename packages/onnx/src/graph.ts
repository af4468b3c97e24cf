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

/** Attributes by name: integers, lists of them, texts and graphs are all that is needed. */
export type Attributes = Readonly<Record<string, number | readonly number[] | string | Graph>>;

/** One operator; its first output has the name of the node. */
export interface GraphNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  /** Names of its outputs after the first. */
  readonly more: readonly string[];
  readonly attributes: Attributes;
}

/** A graph as data. */
export interface Graph {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly GraphNode[];
}
