import { compile } from '@softdice/core';
import { exportLoss, type LabelType, type Opset, type SpatialRank } from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { boundsOf } from '../conformance/bounds.js';
import { disagreement } from '../conformance/compare.js';
import type { Bounded } from '../tolerance/bounded.js';
import { float32 } from '../tolerance/precision.js';
import { type Feeds, feedsFor, interpreted, type Plain, run } from './session.js';
import { specs } from './specs.js';

const spatial = [[], [37], [5, 7], [3, 4, 5]] as const;
const labelTypes: readonly LabelType[] = ['int64', 'int32', 'uint8'];
const outputs = ['loss', 'gradient', 'scores', 'statistics'] as const;

/** The feeds as the batch that bounds are derived for. */
function batchOf({ prediction, target, mask }: Feeds): Batch {
  if (prediction === undefined || target === undefined) throw new Error('no prediction or target');
  const plain = ({ shape, data }: Plain): Tensor => ({ shape, data: Array.from(data) });
  return {
    prediction: plain(prediction),
    target: plain(target),
    ...(mask === undefined ? {} : { mask: plain(mask) }),
  };
}

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
      const bounds = boundsOf({ spec, plan, batch: batchOf(feeds) }, float32);
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      expect(found['gradient']?.shape).toEqual(shape);
      for (const [output, wanted] of Object.entries(expected)) {
        const received = found[output];
        if (received === undefined) throw new Error(`no output ${output}`);
        if (output !== 'gradient') expect([output, received.shape]).toEqual([output, wanted.shape]);
        const allowed = { ...bounds, ...bounds.statistics }[output];
        if (allowed === undefined) throw new Error(`no bound of ${output}`);
        // The interpreter joins the spatial axes of the gradient.
        const expectedResult = { shape: received.shape, data: wanted.data };
        const { inBounds } = disagreement(output, received, expectedResult, allowed as Bounded);
        expect.soft([output, inBounds <= 1, inBounds]).toEqual([output, true, inBounds]);
      }
    });
  }
});
