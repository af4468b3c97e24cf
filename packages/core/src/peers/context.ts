import { type Problem, shown } from '../schema/problem.js';

/** What a peer reads off its tensors, and which numbers are wanted. */
export interface PeerContext {
  /** Number of channels of the prediction. */
  readonly channels: number;
  /** Number of spatial axes. */
  readonly rank: number;
  /**
   * Where the peer has the channels: `channelsFirst`, `channelsLast`, or letters such as `NCHW` and
   * `NHWC`. Keras' `axis` counts by it. By default that of the library.
   */
  readonly layout?: string;
  /** How the target is given to the peer; by default what its arguments ask for. */
  readonly target?: 'sparse' | 'onehot' | 'soft';
  /** How the prediction is given to a score: class indices, planes of 0 and 1, the default, or others. */
  readonly prediction?: 'sparse' | 'onehot' | 'soft';
  /** The release of the library; by default the newest that is known. */
  readonly version?: string;
  /** `exact`, the peer's own numbers, or `corrected`, what its arguments were meant to say. */
  readonly fidelity?: 'exact' | 'corrected';
  /** Whether the peer is called with a mask, where it takes one. */
  readonly mask?: boolean;
  /** Number of samples of a batch: a few peers divide or mix by it. */
  readonly samples?: number;
  /** Number of voxels of a sample: a few peers divide by it. */
  readonly voxels?: number;
  /** Number of levels of deep supervision. */
  readonly levels?: number;
}

/** The fields that {@link PeerContext} has. */
const known: readonly string[] = [
  'channels',
  'rank',
  'layout',
  'target',
  'prediction',
  'version',
  'fidelity',
  'mask',
  'samples',
  'voxels',
  'levels',
];

/** Whether channels are the last axis; `flat` has no such axis. */
export function channelsAreLast(layout: string): boolean {
  return /last$/i.test(layout) || /[^a-z]?N[A-Z]*C$/.test(layout);
}

/** What is wrong with a context. */
export function contextProblems(context: PeerContext): readonly Problem[] {
  const count = (name: 'channels' | 'rank' | 'samples' | 'voxels' | 'levels', least: number) => {
    const value: unknown = context[name];
    const fits = Number.isSafeInteger(value) && Number(value) >= least;
    const required = name === 'channels' || name === 'rank';
    return fits || (value === undefined && !required)
      ? []
      : [problem(name, `an integer >= ${least}`, value)];
  };
  const word = (
    name: 'target' | 'prediction' | 'fidelity',
    words: readonly string[],
  ): readonly Problem[] => {
    const value: unknown = context[name];
    return value === undefined || words.some((one) => one === value)
      ? []
      : [problem(name, words.map((one) => `'${one}'`).join(' | '), value)];
  };
  return [
    ...Object.keys(context)
      .filter((name) => !known.includes(name))
      .map((name) => problem(name, `only ${known.join(', ')}`, Reflect.get(context, name))),
    ...count('channels', 1),
    ...count('rank', 0),
    ...count('samples', 1),
    ...count('voxels', 1),
    ...count('levels', 1),
    ...word('target', ['sparse', 'onehot', 'soft']),
    ...word('prediction', ['sparse', 'onehot', 'soft']),
    ...word('fidelity', ['exact', 'corrected']),
    ...(context.layout === undefined || layoutIsKnown(context.layout)
      ? []
      : [
          problem(
            'layout',
            "'channelsFirst' | 'channelsLast' | 'NCHW' | 'NHWC' | …",
            context.layout,
          ),
        ]),
    ...(context.mask === undefined || typeof context.mask === 'boolean'
      ? []
      : [problem('mask', 'true or false', context.mask)]),
  ];
}

function layoutIsKnown(layout: unknown): boolean {
  return (
    typeof layout === 'string' &&
    (/^channels[-_]?(first|last)$/i.test(layout) || /^N[A-Z]*$/.test(layout) || layout === 'flat')
  );
}

function problem(name: string, expected: string, received: unknown): Problem {
  return { path: `context.${name}`, expected, received: shown(received) };
}
