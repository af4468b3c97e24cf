import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { ModelProtoSchema, ValueInfoProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { boundsOf } from './bounds.js';
import { disagreements } from './compare.js';
import { mergeable } from './laws-merging.js';
import { largest } from './one-term.js';
import { graphTarget, inNode, onnxruntime, plain, type Run } from './onnxruntime.js';

const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

describe('a loss in blocks', () => {
  it('is that of all voxels at once, however small the blocks', async () => {
    const counts = new Set<number>();
    const rank = fc.integer({ min: 1, max: 3 });
    const sizes = fc.integer({ min: 1, max: 64 });
    await fc.assert(
      fc.asyncProperty(mergeable('tiles', { rank }), sizes, async (drawn, blockSize) => {
        const { spec, batch } = drawn;
        const target = graphTarget('blocks', counting(counts), { ...plain, blockSize });
        const found = await target.evaluate(spec, batch);
        const whole = await onnxruntime.evaluate(spec, batch);
        const bounds = boundsOf(drawn, target.precision);
        // Each side is off by its own rounding.
        const both = { ...bounds, loss: largest(bounds.loss) };
        const off = disagreements(found, whole, both, both);
        expect(off.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
      }),
      { numRuns: 150, seed },
    );
    expect(Math.max(...counts)).toBeGreaterThan(8);
  });
});

/** Notes how many blocks there were. */
function counting(counts: Set<number>): Run {
  return async (bytes, given) => {
    const model = fromBinary(ModelProtoSchema, bytes);
    model.graph?.output.push(create(ValueInfoProtoSchema, { name: 'block/from' }));
    const results = await inNode(toBinary(ModelProtoSchema, model), given);
    counts.add(results['block/from']?.dims[0] ?? 0);
    return results;
  };
}
