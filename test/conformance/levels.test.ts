import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelsCases } from '../arbitraries/levels.js';
import { float64 } from '../tolerance/precision.js';
import { disagreement } from './compare.js';
import { interpreter } from './interpreter.js';
import { levelsBounds } from './levels-bounds.js';
import { graphTarget, inNode, onnxruntime } from './onnxruntime.js';
import { reference } from './reference.js';
import type { LevelsTarget } from './target.js';
import { tfjs } from './tfjs.js';

const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

const other = graphTarget('onnxruntime-node, channels last, float64', inNode, {
  layout: 'channelsLast',
  dtype: 'float64',
  form: 'function',
  opset: 26,
  labels: 'int64',
});

const targets: readonly LevelsTarget[] = [
  interpreter,
  tfjs('cpu', 'channelsLast'),
  tfjs('wasm', 'channelsFirst', 'auto'),
  onnxruntime,
  other,
];

describe.each(targets)('levels on $name', (target) => {
  const runs = target === interpreter ? 200 : target === onnxruntime || target === other ? 30 : 60;
  it(`agree with the reference within derived bounds (${runs} cases)`, async () => {
    let sharp = 0;
    await fc.assert(
      fc.asyncProperty(levelsCases, async ({ spec, inputs }) => {
        const [received, expected] = [
          await target.evaluateLevels(spec, inputs),
          await reference.evaluateLevels(spec, inputs),
        ];
        const bounds = [target.precision, float64].map((one) => levelsBounds(spec, inputs, one));
        const ofLoss = bounds.map(({ loss }) => ({
          value: { axes: [], shape: [], data: Float64Array.of(0) },
          error: Float64Array.of(loss),
        }));
        const found = [
          disagreement('loss', received.loss, expected.loss, ...ofLoss),
          ...expected.gradients.map((wanted, at) => {
            const got = received.gradients[at];
            if (got === undefined) throw new Error(`no gradient ${at}`);
            const ofLevel = bounds.flatMap(({ gradients }) => gradients[at] ?? []);
            return disagreement(`gradient.${at}`, got, wanted, ...ofLevel);
          }),
        ];
        if (found.every(({ bound }) => bound <= 1e-3)) sharp += 1;
        expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
      }),
      { numRuns: runs, seed },
    );
    expect(sharp / runs).toBeGreaterThan(0.8);
  });
});
