import { compile } from '@softdice/core';
import { exportLoss, type LabelType, type Opset, type SpatialRank } from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import { bound, difference, feedsFor, interpreted, run } from './session.js';
import { specs } from './specs.js';

const spatial = [[], [37], [5, 7], [3, 4, 5]] as const;
const labelTypes: readonly LabelType[] = ['int64', 'int32', 'uint8'];
const outputs = ['loss', 'gradient', 'scores', 'statistics'] as const;

describe('agreement with the interpreter in float64', () => {
  for (const [name, [channels, spec]] of Object.entries(specs)) {
    it.each([0, 1, 2, 3] as const)(`${name}, %i spatial axes`, async (spatialRank: SpatialRank) => {
      const { plan } = compile(spec);
      const opset: Opset = spatialRank % 2 === 0 ? 17 : 18;
      const labels = plan.target.kind === 'labels' ? labelTypes[spatialRank % 3] : undefined;
      const shape = [2, channels, ...spatial[spatialRank]];
      const feeds = feedsFor(plan, shape, 7 + spatialRank);
      const options = { spatialRank, outputs, opset, ...(labels && { labels }) };
      const found = await run(exportLoss(spec, options), feeds, labels);
      const expected = interpreted(spec, feeds);
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      expect(found['gradient']?.shape).toEqual(shape);
      for (const [output, wanted] of Object.entries(expected)) {
        const received = found[output];
        if (received === undefined) throw new Error(`no output ${output}`);
        if (output !== 'gradient') expect([output, received.shape]).toEqual([output, wanted.shape]);
        const worst = difference(received, wanted, output === 'gradient' ? 1e-3 : 1);
        expect.soft([output, worst < bound, worst]).toEqual([output, true, worst]);
      }
    });
  }
});
