import { builder } from '../expression/builder.js';
import type { Node, NodeOf } from '../expression/node.js';
import { substitute } from '../expression/rebuild.js';
import { hardCounts, metricInputs } from '../lower/hard-counts.js';
import { type HardScore, hardScore, type Scored } from '../lower/hard-score.js';
import type { Additive } from '../lower/term.js';
import { type MetricPlan, metricPlanOf } from '../plan/metric.js';
import type { MetricSpec } from '../spec/metric.js';
import { type Statistic, statisticInput } from './program.js';

/**
 * A hard score as expressions: a program without a gradient.
 *
 * ```
 * prediction, target, mask ─ statistics ─→ counts I, P, T ─ head ─→ scores, score
 * ```
 */
export interface MetricProgram {
  readonly metric: MetricPlan;
  /** What its numbers can be compared in. */
  readonly precision: 'float32' | 'float64';
  /** prediction, target and, where the metric takes one, mask. */
  readonly inputs: readonly NodeOf<'input'>[];
  /** The counts I, P and T, on the grid [sample, class] or [class]. */
  readonly statistics: readonly Statistic[];
  /** Over inputs `statistic:I` and so on. */
  readonly head: HardScore;
  /** The same over the inputs alone. */
  readonly whole: HardScore;
  /** Counts of tiles add. */
  readonly additive: Additive;
}

/** How a hard score is compiled. */
export interface CompileMetricOptions {
  /**
   * What the prediction is read as; `'float64'` by default. A threshold that float32 does not have is
   * the next lower one it has: the same numbers are above both.
   */
  readonly precision?: MetricProgram['precision'];
  /** The only class to score, by its position among the scored ones; all by default. */
  readonly only?: number;
}

/**
 * Compiles a hard score to a program: the same for every spatial rank, layout and backend.
 *
 * @throws SpecError - listing every violation at once.
 */
export function compileMetric(
  metric: MetricSpec,
  { precision = 'float64', only }: CompileMetricOptions = {},
): MetricProgram {
  const plan = metricPlanOf(metric);
  const b = builder();
  const inputs = metricInputs(b, plan);
  const limit = plan.decide.kind === 'threshold' ? plan.decide.threshold : 0;
  const threshold = precision === 'float32' ? atMost(limit) : limit;
  const counts = hardCounts(b, plan, inputs, { threshold, only });
  const leaf = (symbol: string, { axes }: Node): Node => b.input(statisticInput(symbol), axes);
  const head = hardScore(b, plan, {
    I: leaf('I', counts.I),
    P: leaf('P', counts.P),
    T: leaf('T', counts.T),
  });
  const sums = new Map(
    Object.entries(counts).map(([symbol, node]) => [statisticInput(symbol), node as Node]),
  );
  const whole = (node: Node): Node => substitute(b, node, (input) => sums.get(input));
  const composed = ({ value, defined }: Scored): Scored => ({
    value: whole(value),
    defined: whole(defined),
  });
  return Object.freeze({
    metric: plan,
    precision,
    inputs: Object.values(inputs),
    statistics: [
      { name: 'I', node: counts.I },
      { name: 'P', node: counts.P },
      { name: 'T', node: counts.T },
    ],
    head,
    whole: { scores: composed(head.scores), score: composed(head.score) },
    additive: 'voxels',
  });
}

/** The largest float32 that is at most x. */
function atMost(x: number): number {
  const near = Math.fround(x);
  if (near <= x) return near;
  const bits = new Int32Array(Float32Array.of(near).buffer);
  // Numbers of one sign are ordered like their bits; the one below the smallest positive is 0.
  bits[0] = (bits[0] ?? 0) + (near > 0 ? -1 : 1);
  return new Float32Array(bits.buffer)[0] ?? near;
}
