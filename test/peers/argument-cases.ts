import { readFileSync } from 'node:fs';
import { planOf } from '@softdice/core';
import { fromPeer, type PeerContext, type PeerLibraryName } from '@softdice/core/peers';
import { evaluate, evaluateLevels, type Tensor } from '@softdice/reference';

/** What a library gave for constructor arguments drawn at random. */
export interface ArgumentCase {
  readonly id: string;
  readonly library: PeerLibraryName;
  readonly className: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: PeerContext;
  readonly predictions: readonly Tensor[];
  readonly target: Tensor;
  readonly mask?: Tensor;
  /** Where nnU-Net's target has its ignore channel. */
  readonly ignoreChannel?: readonly number[];
  readonly levelTargets?: readonly Tensor[];
  readonly value: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/** The libraries that were run. */
export const runLibraries = ['monai', 'nnunet', 'smp'] as const;

/** The cases of a library. */
export function argumentCases(library: (typeof runLibraries)[number]): readonly ArgumentCase[] {
  const file = new URL(`argument-cases/${library}.golden.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly ArgumentCase[];
}

/** The numbers of a case by its importer and the reference. */
export function numbersOfCase(one: ArgumentCase): Pick<ArgumentCase, 'value' | 'gradients'> {
  const { predictions, target, levelTargets = [target] } = one;
  const result = fromPeer(one.library, one.className, one.args, one.context);
  if (result.kind === 'levels') {
    const { loss, gradients } = evaluateLevels(result.spec, { predictions, targets: levelTargets });
    return numbers(loss, gradients);
  }
  const [prediction] = predictions;
  if (prediction === undefined) throw new TypeError(`${one.id} has no prediction`);
  const { loss, gradient } = evaluate(result.spec, {
    prediction,
    ...inputsOf(one, planOf(result.spec).voxels.kind),
  });
  return numbers(loss, [gradient]);
}

function numbers(
  loss: Tensor,
  gradients: readonly Tensor[],
): Pick<ArgumentCase, 'value' | 'gradients'> {
  return {
    value: Array.from(loss.data),
    gradients: gradients.map(({ data }) => Array.from(data)),
  };
}

/** Target and mask as the spec takes them. */
function inputsOf(
  { args, target, mask, ignoreChannel }: ArgumentCase,
  voxels: string,
): { readonly target: Tensor; readonly mask?: Tensor } {
  const [samples = 1, , ...spatial] = target.shape;
  if (ignoreChannel !== undefined) {
    const data = ignoreChannel.map((ignored) => 1 - ignored);
    return { target, mask: { shape: [samples, 1, ...spatial], data } };
  }
  if (voxels === 'channel-mask') {
    const values = Array.from(target.data);
    const kept = (value: number): boolean => value !== args['ignore_index'];
    return {
      target: { shape: target.shape, data: values.map((t) => (kept(t) ? t : 0)) },
      mask: { shape: target.shape, data: values.map((t) => (kept(t) ? 1 : 0)) },
    };
  }
  return { target, ...(mask === undefined || voxels === 'all' ? {} : { mask }) };
}
