import { readFileSync } from 'node:fs';
import type { Tensor } from '@softdice/reference';

/** A number as JSON holds it: NaN and infinities are words. */
export type Printed = number | 'NaN' | 'Infinity' | '-Infinity';

/** A value as a peer returned it. */
export type PrintedArray = Printed | readonly PrintedArray[];

/** What a peer's loss gave for its own constructor arguments and inputs. */
export interface GoldenCase {
  readonly id: string;
  /** The library with its version. */
  readonly peerVersion: string;
  /** Full name of the peer's class. */
  readonly callable: string;
  /** Whether the numbers come from running the peer in float64 or from the tables of its tests. */
  readonly mode: 'run' | 'run-shim' | 'test-table';
  readonly args: Readonly<Record<string, unknown>>;
  /** Layout of input and gradient; a target without channels lacks that letter. */
  readonly layout: string;
  readonly input: Tensor;
  readonly target: Tensor & { readonly kind: 'onehot' | 'sparse' | 'soft' };
  readonly mask?: Tensor;
  readonly sampleWeight?: Tensor;
  /** Predictions of the coarser levels of deep supervision. */
  readonly levels?: readonly Tensor[];
  /** Their targets, where the peer is given them. */
  readonly levelTargets?: readonly Tensor[];
  /** Number of processes, each with a part of the batch. */
  readonly worldSize?: number;
  readonly value: PrintedArray;
  /** d(sum of value) / d(input), row-major in the peer's layout. */
  readonly grad: readonly Printed[] | null;
  /** Why the gradient is one of several. */
  readonly kink?: string;
  /** Precision of a test table. */
  readonly tol?: { readonly rtol?: number; readonly atol?: number };
}

/** The files, by what they hold. */
export const goldenNames: readonly string[] = [
  'monai.dice',
  'monai-tests.dice',
  'monai.tversky',
  'monai-tests.tversky',
  'nnunet.soft_dice',
  'monai.dice_ce',
  'monai-tests.dice_ce',
  'monai.focal',
  'monai.dice_focal',
  'nnunet.dc_and_ce',
  'nnunet.dc_and_bce',
  'smp.dice',
  'smp-tests.dice',
  'smp.jaccard',
  'smp-tests.jaccard',
  'smp.tversky',
  'smp-tests.tversky',
  'smp-tests.score_functions',
  'smp034.dice',
  'smp034.jaccard',
  'smp034.tversky',
  'keras.dice',
  'keras-tests.dice',
  'keras.tversky',
  'keras-tests.tversky',
  'kornia.dice',
  'kornia-tests.dice',
  'kornia.tversky',
  'kornia-tests.tversky',
  'jdt.jdt',
  'jadon.dice_loss',
  'jadon.focal_tversky',
  'jadon.jacard_loss',
  'jadon.log_cosh_dice_loss',
  'jadon.tversky_loss',
  'monai.generalized_dice',
  'monai-tests.generalized_dice',
  'p3dunet.generalized_dice',
  'segloss.gdice',
  'segloss.gdice_v2',
  'nnunet.memory_efficient_soft_dice',
  'nnunet.ddp_soft_dice',
  'nnunet.ddp_memory_efficient_soft_dice',
  'nnunet.dc_and_topk',
  'segloss.soft_dice',
  'segloss.iou',
  'segloss.tversky',
  'segloss.focal_tversky',
  'segloss.asym',
  'segloss.dc_and_ce',
  'segloss.dc_and_topk',
  'optax.multiclass_generalized_dice_loss',
  'ufl.asym_unified_focal_loss',
  'ufl.asymmetric_focal_loss',
  'ufl.asymmetric_focal_tversky_loss',
  'ufl.combo_loss',
  'ufl.dice_loss',
  'ufl.focal_tversky_loss',
  'ufl.sym_unified_focal_loss',
  'ufl.symmetric_focal_loss',
  'ufl.symmetric_focal_tversky_loss',
  'ufl.tversky_loss',
  'monai.unified_focal',
  'monai-tests.unified_focal',
  'monai.asym_focal_tversky',
  'monai.generalized_dice_focal',
  'smp.focal',
  'sm-keras.binary_focal_dice',
  'sm-keras.categorical_focal',
  'sm-keras.categorical_focal_dice',
  'monai.deep_supervision',
  'monai-tests.deep_supervision',
  'nnunet.deep_supervision',
  'gwdl.gwdl',
  'gwdl-tests.generalized_wasserstein_dice',
  'monai.generalized_wasserstein_dice',
  'monai-tests.generalized_wasserstein_dice',
  'sm-keras.dice',
  'sm-keras.jaccard',
  'sm-keras.cce_dice',
  'sm-keras.cce_jaccard',
  'sm-keras.scaled_sum',
  'p3dunet.dice',
  'p3dunet.bce_dice',
  'optax.dice_loss',
  'optax.binary_dice_loss',
  'toolbelt.dice',
  'toolbelt.soft_f1',
  'monai.cldice',
  'monai-tests.cldice',
  'cldice.soft_cldice',
  'cldice.soft_dice_cldice',
  'monai.masked_dice',
  'monai-tests.masked_dice',
  'monai-tests.masked_loss',
  'segloss.penalty_gdice',
  'pymic.dice',
  'pymic.binary_dice',
  'pymic.group_dice',
  'pymic.focal_dice',
  'pymic.noise_robust_dice',
  'pymic.ars_tversky',
  'mmseg.dice',
  'mmseg.tversky',
  'pymic.explog',
  'segloss.explog',
  'segloss.ss',
];

/** The files of hard scores, which have no gradient. */
export const metricNames: readonly string[] = [
  'monai.metric_dice',
  'monai.metric_iou',
  'monai.metric_generalized_dice',
  'torchmetrics.metric_dice_score',
  'torchmetrics.metric_mean_iou',
  'torchmetrics.metric_generalized_dice',
  'sm-keras.metric_f_score',
  'sm-keras.metric_iou',
];

/** The cases of a file. */
export function goldenCases(name: string): readonly GoldenCase[] {
  const file = new URL(`golden/${name}.golden.json`, import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly GoldenCase[];
  return cases.map((golden) => ({
    ...golden,
    input: filledUp(golden.input),
    target: filledUp(golden.target),
  }));
}

/** A tensor that a file gives by one number for all elements. */
function filledUp<T extends Tensor>(tensor: T & { readonly fill?: number }): T {
  const { fill } = tensor;
  if (fill === undefined) return tensor;
  const size = tensor.shape.reduce((product, length) => product * length, 1);
  return { ...tensor, data: Array<number>(size).fill(fill) };
}

/** The numbers of a value in row-major order. */
export function numbersOf(value: PrintedArray): readonly number[] {
  return Array.isArray(value) ? value.flatMap(numbersOf) : [Number(value)];
}
