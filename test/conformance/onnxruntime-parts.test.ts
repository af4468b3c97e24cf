import { compile, merge, type Statistics } from '@softdice/core';
import { exportParts, type PartKind, readCoefficients, readStatistics } from '@softdice/onnx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, type Case, cases } from '../arbitraries/batch.js';
import { boundsOf } from './bounds.js';
import { disagreements } from './compare.js';
import { halves } from './halves.js';
import { joined } from './joined.js';
import { mergeable } from './laws-merging.js';
import { largest } from './one-term.js';
import {
  channelsFirst,
  type Feeds,
  feeds,
  graphTarget,
  grid,
  inNode,
  ofSpec,
  rankOf,
  read,
  type Writing,
} from './onnxruntime.js';
import type { Outcome, Result } from './target.js';

const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

const writings: fc.Arbitrary<Writing> = fc.record({
  layout: fc.constantFrom('channelsFirst', 'channelsLast'),
  dtype: fc.constantFrom('float32', 'float64'),
  form: fc.constantFrom('inline', 'function'),
  opset: fc.constantFrom(17, 18, 26),
  labels: fc.constantFrom('int32', 'int64'),
});

describe('the parts of a loss', () => {
  it.each(['tiles', 'batches'] as const)('of %s make the whole', async (of) => {
    const axis = of === 'tiles' ? 'last' : 'first';
    const rank = of === 'tiles' ? fc.integer({ min: 1, max: 3 }) : fc.integer({ min: 0, max: 3 });
    const choices = fc.integer({ min: 0, max: 100 });
    await fc.assert(
      fc.asyncProperty(
        mergeable(of, { rank }),
        writings,
        choices,
        async (drawn, writing, choice) => {
          const { shape } = drawn.batch.prediction;
          const cut = choice % (shape.at(axis === 'first' ? 0 : -1) ?? 1);
          const pieces = cut === 0 ? [drawn.batch] : halves(drawn.batch, axis, cut);
          const found = await finished(drawn, pieces, of, writing);
          const target = graphTarget('onnxruntime-node', inNode, writing);
          const whole = await target.evaluate(drawn.spec, drawn.batch);
          const bounds = boundsOf(drawn, target.precision);
          // Each side is off by its own rounding.
          const both = { ...bounds, loss: largest(bounds.loss) };
          const off = disagreements(found, whole, both, both);
          expect(off.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
        },
      ),
      { numRuns: 20, seed },
    );
  });

  it('one part sums what the whole graph sums, bit by bit', async () => {
    await fc.assert(
      fc.asyncProperty(mergeable('batches'), writings, async (drawn, writing) => {
        const found = await finished(drawn, [drawn.batch], 'batches', writing);
        const target = graphTarget('onnxruntime-node', inNode, writing);
        const whole = await target.evaluate(drawn.spec, drawn.batch);
        expect(plainOf(found.statistics)).toEqual(plainOf(whole.statistics));
      }),
      { numRuns: 15, seed },
    );
  });

  it('are refused where the statistics of such parts do not add', () => {
    fc.assert(
      fc.property(cases(), fc.constantFrom('tiles', 'batches'), ({ spec, batch }, of) => {
        const spatialRank = rankOf(batch.prediction);
        const { additive } = compile(spec, { spatialRank });
        const adds = additive === 'voxels' || (additive === 'samples' && of === 'batches');
        const make = () => exportParts(spec, { spatialRank, of });
        if (adds) expect(make).not.toThrow();
        else expect(make).toThrow(/^\[softdice\] Invalid of: expected .* \(E4\); .+$/);
      }),
      { numRuns: 100, seed },
    );
  });
});

/** Statistics of each part, merged, then the head, then the gradient of each part. */
async function finished(
  { spec }: Case,
  pieces: readonly Batch[],
  of: PartKind,
  writing: Writing,
): Promise<Outcome> {
  const [first] = pieces;
  if (first === undefined) throw new Error('no part');
  const spatialRank = rankOf(first.prediction);
  const program = compile(spec, { spatialRank });
  const parts = exportParts(spec, {
    ...ofSpec(writing, program.plan.target.kind === 'labels'),
    spatialRank,
    of,
  });
  const sums: Statistics[] = [];
  for (const piece of pieces) {
    const results = await inNode(parts.statistics, feeds(spec, piece, undefined, writing));
    sums.push(readStatistics(program, results));
  }
  const statistics = merge(sums, of, program);
  const head = await inNode(parts.head, tensors(statistics, writing));
  const gradients: Result[] = [];
  let from = 0;
  for (const piece of pieces) {
    const to = from + (piece.prediction.shape[0] ?? 1);
    const own = readCoefficients(program, head, of === 'batches' ? { from, to } : undefined);
    from = to;
    const inputs = { ...feeds(spec, piece, undefined, writing), ...tensors(own, writing) };
    const results = await inNode(parts.pullback, inputs);
    gradients.push(channelsFirst(read(results, 'gradient'), writing.layout));
  }
  return {
    loss: read(head, 'loss'),
    scores: read(head, 'scores'),
    gradient: joined(gradients, of === 'tiles' ? 'last' : 'first'),
    statistics,
  };
}

function tensors(arrays: Statistics, writing: Writing): Feeds {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [
      name,
      grid({ shape, data: Array.from(data) }, writing),
    ]),
  );
}

function plainOf(statistics: Outcome['statistics']): object {
  return Object.fromEntries(
    Object.entries(statistics).map(([name, { shape, data }]) => [name, [shape, Array.from(data)]]),
  );
}
