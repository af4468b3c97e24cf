import { type Problem, shapeText } from './problem.js';
import { type Measured, median, quantile, ratios } from './rounds.js';

/** The rival that the others are compared with. */
export const subject = 'softdice fused, tfjs-wasm, channelsFirst';

/** What was measured on one shape, as a table. */
export function tableOf(problem: Problem, all: readonly Measured[]): string {
  const fused = named(all, subject);
  const rows = all.map((measured) => {
    const { name, rounds, loss, extraBytes } = measured;
    const ratio = ratios(measured, fused);
    const spread = `${number(quantile(ratio, 0.25))}–${number(quantile(ratio, 0.75))}`;
    const memory =
      extraBytes === undefined ? '' : number(Math.max(0, extraBytes) / (4 * problem.first.length));
    return `| ${name} | ${number(median(rounds))} | ${number(median(ratio))} (${spread}) | ${memory} | ${loss.toFixed(6)} |`;
  });
  return [
    `### ${shapeText(problem)}`,
    '',
    '| | median ms | times the fused path (quartiles) | extra memory / prediction | loss |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
  ].join('\n');
}

/** A goal with what was measured. */
export interface Gate {
  readonly what: string;
  readonly of: string;
  readonly to: string;
  readonly bound: { readonly least: number } | { readonly most: number };
}

/** Whether goals were met: a line each. */
export function gatesOf(all: readonly Measured[], gates: readonly Gate[]): readonly string[] {
  return gates.map(({ what, of, to, bound }) => {
    const [one, other] = [all.find(({ name }) => name === of), all.find(({ name }) => name === to)];
    const wanted = 'least' in bound ? `at least ${bound.least}×` : `at most ${bound.most}×`;
    if (one === undefined || other === undefined) return `| ${what} | ${wanted} | not here | |`;
    const found = median(ratios(one, other));
    const met = 'least' in bound ? found >= bound.least : found <= bound.most;
    return `| ${what} | ${wanted} | ${number(found)}× | ${met ? 'met' : 'missed'} |`;
  });
}

function named(all: readonly Measured[], wanted: string): Measured {
  const found = all.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`${wanted} was not measured`);
  return found;
}

/** A number with three digits that matter. */
export function number(value: number): string {
  if (value === 0) return '0';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
