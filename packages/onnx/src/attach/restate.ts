import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
} from 'onnx-buf';

/** The oldest version of the standard operators that a loss can be written in. */
export const oldestOpset = 11;

/** Nodes and the constants that they need. */
export interface Restated {
  readonly nodes: readonly NodeProto[];
  readonly constants: readonly TensorProto[];
}

/** Operators that mean the same in every version from the oldest on. */
const unchanged = new Set(
  `Abs Add And Cast Concat Div Equal Exp Expand Gather Identity Less Log MatMul Mod Mul Neg Not Or Pad
  Pow Range Reciprocal ReduceMax ReduceMin ReduceProd Relu Reshape Sign Slice Sqrt Sub TopK Transpose
  Where`.split(/\s+/),
);

/** Operators whose list of axes became an input with version 13; it was an attribute before. */
const axesAsInput = new Set(['ReduceSum', 'Squeeze', 'Unsqueeze']);

/**
 * Writes nodes of opset 17 in an older version.
 *
 * - Before 15 `Shape` gives all sizes: a `Slice` takes those between start and end.
 * - Before 13 `ReduceSum`, `Squeeze` and `Unsqueeze` have their axes as an attribute.
 * - Before 13 `Softmax` and `LogSoftmax` see all axes from the given one on as one: here it is the last one.
 * - Before 12 `Min` and `Max` of integers are missing: `Where` takes one of the two.
 *
 * @returns The nodes, or the operator that has no older form.
 */
export function restated(graph: GraphProto, opset: number, rank: number): Restated | string {
  const constants = new Map<string, TensorProto>();
  const constant = (values: readonly number[]): string => {
    const name = `restated:[${values.join(',')}]`;
    const { INT64 } = TensorProto_DataType;
    const dims = [BigInt(values.length)];
    const int64Data = values.map(BigInt);
    constants.set(name, create(TensorProtoSchema, { name, dataType: INT64, dims, int64Data }));
    return name;
  };
  const integers = new Map(
    graph.initializer.map(({ name, int64Data }) => [name, int64Data.map(Number)] as const),
  );
  const nodes: NodeProto[] = [];
  for (const node of graph.node) {
    const older = olderForm(node, opset, rank, constant, integers);
    if (older === undefined) return node.opType;
    nodes.push(...older);
  }
  return { nodes, constants: [...constants.values()] };
}

function olderForm(
  node: NodeProto,
  opset: number,
  rank: number,
  constant: (values: readonly number[]) => string,
  integers: ReadonlyMap<string, readonly number[]>,
): readonly NodeProto[] | undefined {
  const { opType, input, output } = node;
  const [first = '', second = ''] = input;
  const [result = ''] = output;
  if (unchanged.has(opType)) return [node];
  if (opType === 'Shape') {
    const [start, end] = [integer(node, 'start'), integer(node, 'end')];
    if (opset >= 15 || (start === undefined && end === undefined)) return [node];
    const whole = `${result}/whole`;
    // A slice ends where the axis ends at the latest.
    const bounds = [constant([start ?? 0]), constant([end ?? rank])];
    return [
      made('Shape', [first], whole),
      made('Slice', [whole, ...bounds, constant([0])], result),
    ];
  }
  if (opType === 'Min' || opType === 'Max') {
    const isInteger = input.some((name) => integers.get(name)?.length === 1);
    if (opset >= 12 || !isInteger) return [node];
    const less = `${result}/less`;
    const choice = opType === 'Min' ? [less, first, second] : [less, second, first];
    return [made('Less', [first, second], less), made('Where', choice, result)];
  }
  if (opType === 'Einsum') return opset >= 12 ? [node] : undefined;
  if (isSoftmax(opType)) return [node];
  if (opset >= 13) return axesAsInput.has(opType) ? [node] : undefined;
  if (axesAsInput.has(opType)) {
    const axes = integers.get(second);
    if (second !== '' && axes === undefined) return undefined;
    const kept = node.attribute.filter(({ name }) => name !== 'axes');
    const listed = axes === undefined ? [] : [list('axes', axes)];
    return [made(opType, [first], result, [...kept, ...listed])];
  }
  return undefined;
}

function isSoftmax(op: string): boolean {
  return op === 'Softmax' || op === 'LogSoftmax';
}

function integer(node: NodeProto, name: string): number | undefined {
  const found = node.attribute.find((attribute) => attribute.name === name);
  return found === undefined ? undefined : Number(found.i);
}

function made(
  opType: string,
  input: string[],
  name: string,
  attribute: MessageInitShape<typeof AttributeProtoSchema>[] = [],
): NodeProto {
  return create(NodeProtoSchema, { opType, name, input, output: [name], attribute });
}

function list(name: string, values: readonly number[]): AttributeProto {
  const { INTS } = AttributeProto_AttributeType;
  return create(AttributeProtoSchema, { name, type: INTS, ints: values.map(BigInt) });
}
