import { type Builder, builder } from '../expression/builder.js';
import { pullback } from '../expression/gradient.js';
import type { Node } from '../expression/node.js';
import { substitute } from '../expression/rebuild.js';
import { termRule } from '../lower/term.js';
import { declaredInputs, voxelInputs } from '../lower/voxels.js';
import { type Plan, planOf } from '../plan/plan.js';
import { spatialRankOf } from '../plan/spatial-rank.js';
import type { LossSpec } from '../spec/loss.js';
import { additiveOver } from './additive.js';
import {
  coefficientInput,
  type Head,
  type Named,
  type Program,
  type Statistic,
  statisticInput,
} from './program.js';

/** What a program may need to know beside its loss. */
export interface CompileOptions {
  /** Number of spatial axes, 2 or 3; only losses that look at neighbouring voxels need it. */
  readonly spatialRank?: number;
}

/**
 * Compiles a loss to a program: the same for every layout and backend, and for every spatial rank
 * unless the loss looks at neighbouring voxels.
 *
 * @throws SpecError - listing every violation at once.
 * @throws InputError - where the loss looks at neighbours and the spatial rank is not 2 or 3.
 */
export function compile(spec: LossSpec, options: CompileOptions = {}): Program {
  return compilePlan(planOf(spec), options);
}

/**
 * {@link compile} for what `planOf` has made, which is not checked again; a page that ships plans needs
 * no parser.
 *
 * @throws InputError - where the loss looks at neighbours and the spatial rank is not 2 or 3.
 */
export function compilePlan(plan: Plan, options: CompileOptions = {}): Program {
  const spatialRank = spatialRankOf(plan, options.spatialRank);
  const b = builder();
  const inputs = declaredInputs(b, plan);
  const read = voxelInputs(b, plan, inputs);
  const terms = plan.terms.map((term) => {
    const rule = termRule(term);
    const sums = Object.entries(rule.statistics(b, plan, term, read, spatialRank)).map(
      ([symbol, node]) => ({
        name: `${term.name}.${symbol}`,
        node,
      }),
    );
    const leaf = (symbol: string): Node => {
      const name = `${term.name}.${symbol}`;
      const sum = sums.find((statistic) => statistic.name === name);
      if (sum === undefined) throw new TypeError(`no statistic ${name}`);
      return b.input(statisticInput(name), sum.node.axes);
    };
    return { name: term.name, weight: term.weight, sums, ...rule.head(b, term, leaf) };
  });
  const statistics = terms.flatMap(({ sums }) => sums);
  const loss = terms
    .map(({ weight, loss }) =>
      // A weight of 0 must not fold the axes of the loss away.
      weight === 0 ? b.sub(loss, loss) : b.mul(b.real(weight), loss),
    )
    .reduce((sum, part) => b.add(sum, part));
  const head: Head = {
    loss,
    terms: terms.map(({ name, loss, scores, weights }) => ({
      name,
      loss,
      scores,
      ...(weights === undefined ? {} : { weights }),
    })),
    coefficients: coefficientsOf(b, loss, statistics, inputs.prediction),
  };
  const gradient = gradientOf(b, head.coefficients, statistics, inputs.prediction);
  return Object.freeze({
    plan,
    inputs: Object.values(inputs),
    statistics,
    head,
    pullback: gradient,
    whole: composed(b, statistics, head, gradient),
    additive: additiveOver(plan),
  });
}

/** d loss / d statistic for the statistics through which the prediction acts. */
function coefficientsOf(
  b: Builder,
  loss: Node,
  statistics: readonly Statistic[],
  prediction: Node,
): readonly Named[] {
  const acting = statistics.filter(({ node }) => {
    const [gradient] = pullback(b, [{ output: node, cotangent: b.real(1) }], [prediction]);
    return gradient !== undefined;
  });
  const leaves = acting.map(({ name, node }) => b.input(statisticInput(name), node.axes));
  const cotangent = b.input('cotangent', loss.axes);
  const found = pullback(b, [{ output: loss, cotangent }], leaves);
  return acting.flatMap(({ name }, at) => {
    const node = found[at];
    return node === undefined ? [] : [{ name, node }];
  });
}

/** Sum over the statistics of coefficient times d statistic / d prediction. */
function gradientOf(
  b: Builder,
  coefficients: readonly Named[],
  statistics: readonly Statistic[],
  prediction: Node,
): Node {
  const seeds = coefficients.flatMap(({ name, node }) => {
    const statistic = statistics.find((candidate) => candidate.name === name);
    const cotangent = b.input(coefficientInput(name), node.axes);
    return statistic === undefined ? [] : [{ output: statistic.node, cotangent }];
  });
  const [gradient] = pullback(b, seeds, [prediction]);
  if (gradient === undefined || gradient.axes.join() !== prediction.axes.join()) {
    throw new TypeError('the gradient has other axes');
  }
  return gradient;
}

function composed(
  b: Builder,
  statistics: readonly Statistic[],
  head: Head,
  gradient: Node,
): Program['whole'] {
  const sums = new Map(statistics.map(({ name, node }) => [statisticInput(name), node]));
  const whole = (node: Node): Node => substitute(b, node, (input) => sums.get(input));
  const coefficients = head.coefficients.map(({ name, node }) => ({ name, node: whole(node) }));
  const factors = new Map(coefficients.map(({ name, node }) => [coefficientInput(name), node]));
  return {
    loss: whole(head.loss),
    terms: head.terms.map(({ name, loss, scores }) => ({
      name,
      loss: whole(loss),
      scores: whole(scores),
    })),
    coefficients,
    gradient: substitute(b, gradient, (input) => factors.get(input)),
  };
}
