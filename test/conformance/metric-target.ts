import type { MetricPlan } from '@softdice/core';
import type { Batch } from '../arbitraries/batch.js';
import type { Precision } from '../tolerance/precision.js';
import type { Result } from './target.js';

/** Everything that a backend says about a hard score. */
export interface MetricOutcome {
  readonly score: Result;
  readonly scores: Result;
  /** I, P and T on the grid [N, C'] or [C']. */
  readonly statistics: Readonly<Record<string, Result>>;
}

/** A backend under test, channels first at this border. */
export interface MetricTarget {
  readonly name: string;
  readonly precision: Precision;
  readonly evaluateMetric: (metric: MetricPlan, batch: Batch) => Promise<MetricOutcome>;
}
