import { lastOf, meanOf, type Outcome, spreadOf } from './outcome.js';
import type { Slices } from './slices.js';

/** The trainings of one loss. */
export interface Trained {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

/** Held-out Dice of every class and their mean, mean ± standard deviation over the seeds. */
export function diceTable(all: readonly Trained[], classNames: readonly string[]): string {
  const foreground = classNames.slice(1);
  const rows = all.map(({ name, outcomes }) => [
    name,
    spread(
      outcomes.map((outcome) => meanOf(lastOf(outcome).dice)),
      2,
    ),
    ...foreground.map((_, at) =>
      spread(
        outcomes.map((outcome) => lastOf(outcome).dice[at] ?? Number.NaN),
        2,
      ),
    ),
  ]);
  return table(['loss', 'mean', ...foreground], rows);
}

/**
 * What becomes of one small class: its Dice, how many voxels are given to it, in how many of the slices
 * without it some are, and in how many trainings it is found at all.
 */
export function rareTable(all: readonly Trained[], heldOut: Slices, label: number): string {
  const size = heldOut.height * heldOut.width;
  const inSlice = (labels: ArrayLike<number>, at: number): number => {
    let count = 0;
    for (let voxel = at * size; voxel < (at + 1) * size; voxel += 1) {
      if (labels[voxel] === label) count += 1;
    }
    return count;
  };
  const slices = Array.from({ length: heldOut.count }, (_, at) => at);
  const truth = slices.map((at) => inSlice(heldOut.labels, at));
  const without = slices.filter((at) => truth[at] === 0);
  const total = truth.reduce((sum, count) => sum + count, 0);
  const rows = all.map(({ name, outcomes }) => {
    const given = outcomes.map((outcome) => {
      const counts = slices.map((at) => inSlice(lastOf(outcome).labels, at));
      return {
        dice: lastOf(outcome).dice[label - 1] ?? Number.NaN,
        voxels: counts.reduce((sum, count) => sum + count, 0),
        alarms: without.filter((at) => (counts[at] ?? 0) > 0).length,
      };
    });
    return [
      name,
      spread(
        given.map(({ dice }) => dice),
        2,
      ),
      `${given.filter(({ voxels }) => voxels > 0).length} of ${given.length}`,
      spread(
        given.map(({ voxels }) => voxels),
        0,
      ),
      spread(
        given.map(({ alarms }) => alarms),
        1,
      ),
    ];
  });
  const heads = [
    'loss',
    'Dice',
    'found in',
    `voxels (true: ${total})`,
    `false slices (of ${without.length})`,
  ];
  return table(heads, rows);
}

function spread(values: readonly number[], digits: number): string {
  const { mean, deviation } = spreadOf(values);
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}

/** A Markdown table, aligned so that it reads well in a terminal too. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}
