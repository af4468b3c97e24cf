import { create, toBinary } from '@bufbuild/protobuf';
import type { AttachOptions, LossSpec } from '@softdice/onnx';
import { attachLoss } from '@softdice/onnx';
import { evaluate } from '@softdice/reference';
import { ModelProtoSchema, TensorProto_DataLocation, TensorProto_DataType } from 'onnx-buf';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import * as ort from 'onnxruntime-node';
import type { Batch } from '../arbitraries/batch.js';
import { boundsOf, programOf } from '../conformance/bounds.js';
import { disagreement } from '../conformance/compare.js';
import { float32 } from '../tolerance/precision.js';
import type { Feeds, Plain } from './session.js';

type Dim = number | string | undefined;

/** How a model by others differs from the ordinary one. */
export interface Foreign {
  readonly opset?: number;
  readonly irVersion?: number;
  readonly channels?: number;
  readonly rank?: 0 | 1 | 2 | 3;
  /** Declared shape of the logits; `null` declares nothing but the name. */
  readonly dims?: readonly Dim[] | null;
  readonly type?: TensorProto_DataType;
  /** The file beside the model that has the weights. */
  readonly weights?: string;
  /** Whether the logits are inside, declared but no output. */
  readonly hidden?: boolean;
  /** Whether the logits are multiplied by an integer, which is an input too. */
  readonly steps?: boolean;
  /** The only set of operators that is declared. */
  readonly domain?: string;
}

/** Numbers that a network might have. */
export function weightsOf(channels: number): Float32Array {
  return Float32Array.from({ length: channels }, (_, at) => Math.sin(3 * at + 1) * 2);
}

/** A network of one layer: image [N, 1, ...] times a number per channel, and a sigmoid of it. */
export function foreign(given: Foreign = {}): Uint8Array {
  const {
    opset = 17,
    irVersion = 8,
    channels = 3,
    rank = 2,
    dims,
    weights,
    domain = '',
    hidden,
    steps,
  } = given;
  const { FLOAT } = TensorProto_DataType;
  const sizes = Array.from({ length: rank }, (_, at) => `size ${at}`);
  const port = (name: string, shape: readonly Dim[], elemType = FLOAT) => {
    const dim = shape.map((size) => ({
      value:
        size === undefined
          ? { case: undefined }
          : typeof size === 'number'
            ? ({ case: 'dimValue', value: BigInt(size) } as const)
            : ({ case: 'dimParam', value: size } as const),
    }));
    return {
      name,
      type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
    } as const;
  };
  const floats = weightsOf(channels);
  const content =
    weights === undefined
      ? { rawData: new Uint8Array(Float32Array.from(floats).buffer) }
      : {
          dataLocation: TensorProto_DataLocation.EXTERNAL,
          externalData: [{ key: 'location', value: weights }],
        };
  const shape = dims === undefined ? ['batch', channels, ...sizes] : dims;
  const logits = shape === null ? { name: 'logits' } : port('logits', shape, given.type);
  const graph = {
    name: 'network',
    input: [
      port('image', ['batch', 1, ...sizes]),
      ...(steps === true ? [port('steps', [], TensorProto_DataType.INT64)] : []),
    ],
    output: [...(hidden === true ? [] : [logits]), port('soft', ['batch', channels, ...sizes])],
    valueInfo: hidden === true ? [logits] : [],
    initializer: [
      {
        name: 'weights',
        dataType: FLOAT,
        dims: [1, channels, ...sizes.map(() => 1)].map(BigInt),
        ...content,
      },
    ],
    node: [
      ...(steps === true
        ? [
            { opType: 'CastLike', input: ['steps', 'weights'], output: ['times'] },
            { opType: 'Mul', input: ['weights', 'times'], output: ['weights used'] },
          ]
        : [{ opType: 'Identity', input: ['weights'], output: ['weights used'] }]),
      { opType: 'Mul', name: 'scale', input: ['image', 'weights used'], output: ['logits'] },
      { opType: 'Sigmoid', name: 'squash', input: ['logits'], output: ['soft'] },
    ],
  };
  const opsetImport = [{ domain, version: BigInt(opset) }];
  const model = {
    irVersion: BigInt(irVersion),
    producerName: 'others',
    opsetImport,
    graph,
  };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, model));
}

/** Runs a model, given as bytes or as a file. */
export async function results(
  model: Uint8Array | string,
  feeds: Readonly<Record<string, OrtTensor>>,
): Promise<InferenceSession.OnnxValueMapType> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const;
  const session = await (typeof model === 'string'
    ? ort.InferenceSession.create(model, options)
    : ort.InferenceSession.create(model, options));
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

/** What an attached model gives for an image, beside what the model gave before. */
export interface Ran {
  /** Outputs of the model that are not what they were, bit by bit. */
  readonly changed: readonly string[];
  /** Names of what disagrees with the reference on the model's own prediction, and by how many bounds. */
  readonly wrong: readonly string[];
}

/** Runs a model before and after, and judges what was attached on the model's own prediction. */
export async function ran(
  before: Uint8Array | string,
  after: Uint8Array | string,
  spec: LossSpec,
  prediction: string,
  image: Plain,
  given: Feeds,
  imageName = 'image',
): Promise<Ran> {
  const real = ({ shape, data }: Plain): OrtTensor =>
    new ort.Tensor('float32', Float32Array.from(data), [...shape]);
  const { target, mask } = given;
  if (target === undefined) throw new Error('no target');
  const labels = target.shape.length === image.shape.length - 1;
  const rest = {
    target: labels
      ? new ort.Tensor('int64', BigInt64Array.from(target.data, BigInt), [...target.shape])
      : real(target),
    ...(mask && { mask: real(mask) }),
  };
  const old = await results(before, { [imageName]: real(image) });
  const now = await results(after, { [imageName]: real(image), ...rest });
  const numbers = (value: unknown): Plain => {
    if (!(value instanceof ort.Tensor)) throw new Error('no tensor');
    return { shape: value.dims, data: Float64Array.from(value.data as Float32Array) };
  };
  const bits = (value: unknown): string =>
    value instanceof ort.Tensor
      ? Buffer.from((value.data as Float32Array).buffer).toString('hex')
      : '';
  const predicted = numbers(now[prediction]);
  const listed = ({ shape, data }: Plain) => ({ shape, data: Array.from(data) });
  const batch: Batch = {
    prediction: listed(predicted),
    target: listed(target),
    ...(mask && { mask: listed(mask) }),
  };
  const { plan } = programOf({ spec, batch });
  const expected = evaluate(spec, batch);
  const bounds = boundsOf({ spec, plan, batch }, float32);
  return {
    changed: Object.keys(old).filter((name) => bits(old[name]) !== bits(now[name])),
    wrong: (['loss', 'gradient', 'scores'] as const).flatMap((name) => {
      const { inBounds } = disagreement(name, numbers(now[name]), expected[name], bounds[name]);
      return inBounds <= 1 ? [] : [`${name} by ${inBounds} bounds`];
    }),
  };
}

/** A model with loss, gradient and scores. */
export function attached(
  model: Uint8Array,
  spec: LossSpec,
  options: Partial<AttachOptions> = {},
): Uint8Array {
  const outputs = ['loss', 'gradient', 'scores'] as const;
  return attachLoss(model, spec, { prediction: 'logits', outputs, ...options });
}
