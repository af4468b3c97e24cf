import { create, toBinary } from '@bufbuild/protobuf';
import { AttributeProto_AttributeType, ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import type { Problem } from '../problem.js';
import type { Entry } from '../rival.js';
import { inSession } from './onnxruntime.js';

const { FLOAT, INT64 } = TensorProto_DataType;

/** The graph of loss and gradient as one writes it node by node. */
export const handWrittenOnnx: Entry = {
  name: 'hand-written ONNX, onnxruntime-node, channelsFirst',
  start: (problem) => inSession(problem, graphOf(problem)),
};

type Numbers = readonly number[];
type Written = readonly [op: string, inputs: readonly string[], output: string, of?: object];

function nodesOf({ channels }: Problem): readonly Written[] {
  const several = channels > 1;
  const activated: readonly Written[] = several
    ? [
        ['Softmax', ['prediction'], 'p', { axis: 1 }],
        ['Unsqueeze', ['target', 'one axis'], 'labels'],
        ['Equal', ['labels', 'classes'], 'hits'],
        ['Cast', ['hits'], 't', { to: FLOAT }],
      ]
    : [
        ['Sigmoid', ['prediction'], 'p'],
        ['Identity', ['target'], 't'],
      ];
  const pulled: readonly Written[] = several
    ? [
        ['Mul', ['slope', 'p'], 'shares'],
        ['ReduceSum', ['shares', 'one axis'], 'mean'],
        ['Sub', ['slope', 'mean'], 'centred'],
        ['Mul', ['p', 'centred'], 'gradient'],
      ]
    : [
        ['Sub', ['1', 'p'], 'rest'],
        ['Mul', ['p', 'rest'], 'spread'],
        ['Mul', ['slope', 'spread'], 'gradient'],
      ];
  return [
    ...activated,
    ['Mul', ['p', 't'], 'both'],
    ['ReduceSum', ['both', 'spatial'], 'I'],
    ['ReduceSum', ['p', 'spatial'], 'P'],
    ['ReduceSum', ['t', 'spatial'], 'T'],
    ['Add', ['P', 'T'], 'P + T'],
    ['Add', ['P + T', 'smooth'], 'denominator'],
    ['Mul', ['2', 'I'], '2 I'],
    ['Add', ['2 I', 'smooth'], 'numerator'],
    ['Div', ['numerator', 'denominator'], 'score'],
    ['Sub', ['1', 'score'], 'losses'],
    ['ReduceMean', ['losses'], 'loss', { keepdims: 0 }],
    ['Div', ['score', 'denominator'], 'by p'],
    ['Div', ['2', 'denominator'], 'by hit'],
    ['Mul', ['by hit', 't'], 'at hits'],
    ['Sub', ['by p', 'at hits'], 'whole slope'],
    ['Mul', ['whole slope', 'share'], 'slope'],
    ...pulled,
  ];
}

function graphOf(problem: Problem): Uint8Array {
  const { samples, channels, spatial } = problem;
  const several = channels > 1;
  const tensor = (
    name: string,
    dataType: TensorProto_DataType,
    dims: Numbers,
    values: Numbers,
  ) => ({
    name,
    dataType,
    dims: dims.map(BigInt),
    ...(dataType === FLOAT ? { floatData: [...values] } : { int64Data: values.map(BigInt) }),
  });
  const port = (name: string, elemType: TensorProto_DataType, dims: Numbers) => {
    const dim = dims.map((size) => ({ value: { case: 'dimValue', value: BigInt(size) } as const }));
    return {
      name,
      type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } as const },
    };
  };
  const whole = [samples, channels, ...spatial];
  const ones = spatial.map(() => 1);
  const scalars = { smooth: 1e-5, '1': 1, '2': 2, share: 1 / (samples * channels) };
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    graph: {
      name: 'dice',
      input: [
        port('prediction', FLOAT, whole),
        several ? port('target', INT64, [samples, ...spatial]) : port('target', FLOAT, whole),
      ],
      output: [port('loss', FLOAT, []), port('gradient', FLOAT, whole)],
      initializer: [
        tensor('one axis', INT64, [1], [1]),
        tensor(
          'spatial',
          INT64,
          [spatial.length],
          spatial.map((_, at) => at + 2),
        ),
        tensor(
          'classes',
          INT64,
          [1, channels, ...ones],
          Array.from({ length: channels }, (_, at) => at),
        ),
        ...Object.entries(scalars).map(([name, value]) => tensor(name, FLOAT, [], [value])),
      ],
      node: nodesOf(problem).map(([opType, input, output, attributes = {}]) => ({
        opType,
        name: output,
        input: [...input],
        output: [output],
        attribute: Object.entries(attributes).map(([name, value]) => ({
          name,
          type: AttributeProto_AttributeType.INT,
          i: BigInt(value as number),
        })),
      })),
    },
  });
  return toBinary(ModelProtoSchema, model);
}
