import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, type NodeProto, ValueInfoProtoSchema } from 'onnx-buf';
import { InferenceSession, type Tensor } from 'onnxruntime-node';

/** What a graph keeps in memory, in multiples of the prediction. */
export interface Memory {
  /** All tensors that its nodes write. */
  readonly written: number;
  /** The most that is there at a time beside the inputs, in the order of the nodes. */
  readonly peak: number;
  /** The same in the order in which onnxruntime executes them. */
  readonly peakInOnnxruntime: number;
}

/** Operators that give their input another shape and no other content: runtimes do not copy it. */
const views = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Identity']);

/** Measures an inline graph of loss and gradient by what each of its nodes returns for these inputs. */
export async function memoryOf(
  bytes: Uint8Array,
  feeds: InferenceSession.FeedsType,
): Promise<Memory> {
  const model = fromBinary(ModelProtoSchema, bytes);
  const { graph } = model;
  const prediction = feeds['prediction'];
  if (graph === undefined || prediction === undefined) throw new Error('no graph or prediction');
  const names = graph.node.flatMap(({ output }) => output);
  const outputs = graph.output.map(({ name }) => name);
  graph.output = names.map((name) => create(ValueInfoProtoSchema, { name }));
  const session = await InferenceSession.create(toBinary(ModelProtoSchema, model), {
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  const results = await session.run(feeds);
  await session.release();
  const unit = bytesOf(prediction);
  const sizes = new Map(names.map((name) => [name, bytesOf(results[name] ?? prediction) / unit]));
  const nodes = graph.node.filter(({ opType }) => !views.has(opType));
  const written = nodes.flatMap(({ output }) => output).reduce((sum, name) => sum + size(name), 0);
  return {
    written,
    peak: peakOf(graph.node, outputs, size),
    peakInOnnxruntime: peakOf(onnxruntimeOrder(graph.node), outputs, size),
  };

  function size(name: string): number {
    return sizes.get(name) ?? 0;
  }
}

/** Depth first from the last node whose output no other reads: what a node reads last of all nodes comes first. */
function onnxruntimeOrder(nodes: readonly NodeProto[]): readonly NodeProto[] {
  const makers = new Map(nodes.flatMap((node, at) => node.output.map((name) => [name, at])));
  const read = new Set(nodes.flatMap(({ input }) => input));
  const ordered = new Set<NodeProto>();
  const visit = (at: number): void => {
    const node = nodes[at];
    if (node === undefined || ordered.has(node)) return;
    const from = node.input.map((name) => makers.get(name) ?? -1);
    for (const each of from.toSorted((a, b) => b - a)) visit(each);
    ordered.add(node);
  };
  const last = nodes.flatMap(({ output }, at) => (output.some((name) => read.has(name)) ? [] : at));
  for (const at of last.toReversed()) visit(at);
  return [...ordered];
}

function peakOf(
  nodes: readonly NodeProto[],
  outputs: readonly string[],
  size: (name: string) => number,
): number {
  const owner = new Map<string, string>();
  const own = (name: string): string => owner.get(name) ?? name;
  for (const { opType, input, output } of nodes) {
    const [from = '', to = ''] = [input[0], output[0]];
    if (views.has(opType)) owner.set(to, own(from));
  }
  const lastUse = new Map<string, number>();
  nodes.forEach(({ input }, at) => {
    for (const name of input) lastUse.set(own(name), at);
  });
  for (const name of outputs) lastUse.set(own(name), nodes.length);
  const computed = new Set(nodes.flatMap(({ output }) => output));
  let [alive, most] = [0, 0];
  nodes.forEach(({ opType, output }, at) => {
    if (!views.has(opType)) for (const name of output) alive += size(name);
    most = Math.max(most, alive);
    for (const [name, last] of lastUse) {
      if (last === at && computed.has(name)) alive -= size(name);
    }
  });
  return most;
}

function bytesOf({ type, size }: Tensor): number {
  return size * ({ bool: 1, int64: 8, float64: 8 }[type as string] ?? 4);
}
