import { compile, dice, exportLoss, type LossSpec, type NamedArray } from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import {
  bound,
  difference,
  type Feeds,
  feedsFor,
  filledPlain,
  interpreted,
  random,
  run,
} from './session.js';
import { specs } from './specs.js';

describe('saturated logits', () => {
  for (const [name, [channels, spec]] of Object.entries(specs)) {
    const { plan } = compile(spec);
    if (plan.terms.some(({ activation }) => activation === 'none')) continue;
    it(`${name}: finite and right at logits of 1e4`, async () => {
      const feeds = feedsFor(plan, [2, channels, 5, 7], 3, 1e4);
      const next = random(11);
      const shape = feeds['prediction']?.shape ?? [];
      const prediction = filledPlain(shape, () => (Math.round(next()) * 2 - 1) * 1e4);
      for (const extreme of [feeds, { ...feeds, prediction }]) {
        const labels = plan.target.kind === 'labels' ? 'int64' : undefined;
        const found = await run(exportLoss(spec, { spatialRank: 2 }), extreme, labels);
        const expected = interpreted(spec, extreme);
        for (const output of ['loss', 'gradient'] as const) {
          expect.soft(worst(found, expected, output)).toBeLessThan(bound);
        }
      }
    });
  }
});

describe('cotangent', () => {
  it.each(['dice of labels', 'grid of losses', 'grid of losses per batch', 'combined'])(
    '%s: multiplies the gradient',
    async (name) => {
      const [channels = 3, spec = dice()] = specs[name] ?? [];
      const feeds = feedsFor(compile(spec).plan, [2, channels, 6], 5);
      const next = random(17);
      const shape = interpreted(spec, feeds)['loss']?.shape ?? [];
      const given = { ...feeds, cotangent: filledPlain(shape, () => next() * 4 - 2) };
      const model = exportLoss(spec, { spatialRank: 1, cotangent: 'input' });
      const found = await run(model, given, 'int64');
      expect(worst(found, interpreted(spec, given), 'gradient')).toBeLessThan(bound);
    },
  );
});

describe('labels', () => {
  it('do not wrap around beside more than 256 channels', async () => {
    const spec = dice({ target: 'labels', activation: 'softmax' });
    const feeds = {
      prediction: filledPlain([1, 300, 4], (at) => Math.sin(at)),
      target: filledPlain([1, 4], () => 1),
    };
    const model = exportLoss(spec, { spatialRank: 1, labels: 'uint8', outputs: ['statistics'] });
    const found = await run(model, feeds, 'uint8');
    const targeted = [...(found['dice.T']?.data ?? [])];
    expect(targeted).toEqual(Array.from({ length: 300 }, (_, at) => (at === 1 ? 4 : 0)));
  });

  it('that are no channel are an error where a region names them', async () => {
    const spec: LossSpec = dice({
      target: 'labels',
      activation: 'softmax',
      classes: { kind: 'regions', regions: [[1, 2], [7]] },
    });
    const feeds = feedsFor(compile(spec).plan, [1, 3, 4], 1);
    await expect(run(exportLoss(spec, { spatialRank: 1 }), feeds, 'int64')).rejects.toThrow();
  });
});

function worst(
  found: Feeds,
  expected: Readonly<Record<string, NamedArray>>,
  output: string,
): number {
  const [received, wanted] = [found[output], expected[output]];
  if (received === undefined || wanted === undefined) throw new Error(`no output ${output}`);
  return difference(received, wanted, 1e-3);
}
