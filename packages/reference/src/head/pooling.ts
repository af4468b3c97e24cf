import type { OverlapTerm } from '../terms/overlap-term.js';

/** Which axes of the grid [N, C'] are summed before the score. */
export interface Pooling {
  readonly samples: boolean;
  readonly classes: boolean;
}

const poolings: { readonly [K in OverlapTerm['per']]: Pooling } = {
  image: { samples: false, classes: false },
  batch: { samples: true, classes: false },
  'merged-image': { samples: false, classes: true },
  everything: { samples: true, classes: true },
};

/** The axes that share one score. */
export function poolingOf(per: OverlapTerm['per']): Pooling {
  return poolings[per];
}

/** Shape of the statistics: `[N, C']`, or `[C']` where samples are pooled. */
export function statisticsShape(
  { samples }: Pooling,
  count: number,
  classes: number,
): readonly number[] {
  return samples ? [classes] : [count, classes];
}

/** Shape of the scores: `[N, C']`, `[C']`, `[N]` or `[]`. */
export function gridShape(pooling: Pooling, count: number, classes: number): readonly number[] {
  return [...(pooling.samples ? [] : [count]), ...(pooling.classes ? [] : [classes])];
}
