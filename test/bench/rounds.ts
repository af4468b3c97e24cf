import { Bench } from 'tinybench';
import { grownBytes } from './memory/grown-bytes.js';
import type { Problem } from './problem.js';
import type { Entry, Rival } from './rival.js';

/** What was measured of one rival on one problem. */
export interface Measured {
  readonly name: string;
  /** Median milliseconds of each round. */
  readonly rounds: readonly number[];
  readonly loss: number;
  /** Memory beside prediction, target and gradient, in predictions; undefined if not known. */
  readonly extra: number | undefined;
}

/** Milliseconds that a rival may take of a round before it is measured once only. */
const share = 60;

/**
 * Measures rivals side by side: in every round each of them runs, warmed, in another order, so that
 * what disturbs the machine for a while disturbs all of them, and ratios are taken within a round.
 */
export async function measuredRounds(
  problem: Problem,
  entries: readonly Entry[],
  rounds: number,
  memory: 'memory too' | 'times alone',
): Promise<readonly Measured[]> {
  const started: { readonly name: string; readonly rival: Rival }[] = [];
  for (const { name, most = Number.POSITIVE_INFINITY, start } of entries) {
    if (problem.first.length > most) continue;
    const rival = await start(problem);
    if (rival !== undefined) started.push({ name, rival });
  }
  const contestants = [];
  for (const { name, rival } of started) {
    await rival.step();
    const before = performance.now();
    const { loss } = await rival.step();
    const iterations = Math.max(1, Math.min(5, Math.floor(share / (performance.now() - before))));
    contestants.push({ name, rival, loss, iterations, times: [] as number[] });
  }
  for (let round = 0; round < rounds; round++) {
    const turned = [
      ...contestants.slice(round % contestants.length),
      ...contestants.slice(0, round % contestants.length),
    ];
    for (const contestant of turned) contestant.times.push(await timed(contestant));
  }
  const measured: Measured[] = [];
  for (const { name, rival, loss, times } of contestants) {
    const { extraBytes = () => grownBytes(name, problem) } = rival;
    const bytes = memory === 'memory too' ? await extraBytes() : undefined;
    const extra = bytes === undefined ? undefined : Math.max(0, bytes) / problem.first.byteLength;
    measured.push({ name, rounds: times, loss, extra });
    await rival.close();
  }
  return measured;
}

/** The median of a few steps. */
async function timed({
  name,
  rival,
  iterations,
}: {
  readonly name: string;
  readonly rival: Rival;
  readonly iterations: number;
}): Promise<number> {
  const bench = new Bench({ iterations, time: 0, warmup: false, throws: true });
  bench.add(name, async () => {
    const { milliseconds } = await rival.step();
    return milliseconds === undefined ? {} : { overriddenDuration: milliseconds };
  });
  const [task] = await bench.run();
  if (task === undefined || !('latency' in task.result))
    throw new Error(`${name} was not measured`);
  return task.result.latency.p50;
}

/** The middle of numbers. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = at * (sorted.length - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  const [a = Number.NaN, b = Number.NaN] = [sorted[low], sorted[high]];
  return a + (place - low) * (b - a);
}

/** How many times as long as another one it takes, round by round. */
export function ratios(of: Measured, to: Measured): readonly number[] {
  return of.rounds.map((time, round) => time / (to.rounds[round] ?? Number.NaN));
}
