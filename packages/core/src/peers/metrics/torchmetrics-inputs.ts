import type { MetricSpec } from '../../spec/metric.js';
import type { Situation } from '../situation.js';

/** What prediction and target are. */
export const inputArguments = {
  include_background: {
    kind: { type: 'flag' },
    default: true,
    use: 'honoured',
    note: "classes 'all', or 'foreground' of several",
  },
  input_format: {
    kind: { type: 'word', words: ['one-hot', 'index', 'mixed'] },
    default: 'one-hot',
    use: 'in part',
    note: 'target and decide; it must fit how prediction and target are given. Planes that are not 0 and 1 are decided by argmax: of a prediction here, a target must be decided before',
  },
} as const;

/** How many classes there are. */
export const classCount = {
  kind: { type: 'integer', minimum: 1 },
  use: 'in part',
  note: 'the number of classes; of class indices it must be given',
} as const;

interface InputArguments {
  readonly num_classes: number | null;
  readonly include_background: boolean;
  readonly input_format: 'one-hot' | 'index' | 'mixed';
}

/** Planes, class indices, or one of each. */
export function inputsOf(
  args: InputArguments,
  { channels, prediction = 'onehot', target, refuse, refuseContext }: Situation,
): Pick<MetricSpec, 'decide' | 'target' | 'classes'> {
  const format = args.input_format;
  const indices = format === 'index' || (format === 'mixed' && prediction === 'sparse');
  const labels = format === 'index' || (format === 'mixed' && !indices);
  if (format === 'index' && args.num_classes === null) refuse('num_classes', `${channels}`);
  if (args.num_classes !== null && args.num_classes !== channels) {
    refuse('num_classes', `${channels}, the number of classes`);
  }
  if (indices !== (prediction === 'sparse')) {
    refuse('input_format', `a format of a prediction that is '${prediction}'`);
  }
  if (target !== undefined && labels !== (target === 'sparse')) {
    refuse('input_format', `a format of a target that is '${target}'`);
  }
  if (target === 'soft') refuseContext('target', "'sparse' | 'onehot'", 'decide it before');
  return {
    decide: indices
      ? { kind: 'labels', channels }
      : prediction === 'soft'
        ? 'argmax'
        : { kind: 'threshold', threshold: 0.5 },
    target: labels ? 'labels' : 'multilabel',
    classes: !args.include_background && channels > 1 ? 'foreground' : 'all',
  };
}
