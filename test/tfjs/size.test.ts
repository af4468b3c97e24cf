import { describe, expect, it } from 'vitest';
import { addedBytes } from '../bundle-size.js';

describe('the size of a page', () => {
  it.each([
    ['a plan, by ops', "export { lossFunction, valueAndGradient } from '@softdice/tfjs/plan';", 15],
    ['a spec, by kernels too', "export { dice, lossFunction } from '@softdice/tfjs';", 37.5],
    [
      'a spec, by shaders too',
      "export { dice, lossFunction } from '@softdice/tfjs'; export { shaders } from '@softdice/tfjs/webgpu';",
      42.5,
    ],
  ])('of %s', async (name, code, most) => {
    const bytes = await addedBytes(code);
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB gzipped beside tfjs`);
    expect(bytes).toBeLessThanOrEqual(1000 * most);
  });
});
