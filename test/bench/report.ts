import { type Problem, shapeText } from './problem.js';
import { type Measured, median, quantile, ratios } from './rounds.js';

/** The rival that the others are compared with. */
export const subject = 'softdice fused, tfjs-wasm, channelsFirst';

/** What was measured on one shape, as a table. */
export function tableOf(problem: Problem, all: readonly Measured[]): string {
  const fused = named(all, subject);
  const rows = all.map((measured) => {
    const { name, rounds, loss, extra } = measured;
    const ratio = ratios(measured, fused);
    const spread = `${number(quantile(ratio, 0.25))}–${number(quantile(ratio, 0.75))}`;
    const memory = extra === undefined ? '' : extra.toFixed(2);
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
