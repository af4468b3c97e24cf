import { describe, expect, it } from 'vitest';
import { addedBytes } from '../bundle-size.js';

const kernels = "export { fusedLoss } from '@softdice/core/wasm';";

describe('kernels for typed arrays', () => {
  it.each([
    ['the whole entry point', "export * from '@softdice/core/wasm';", 17],
    ['a loss from a plan', `${kernels} export { compilePlan } from '@softdice/core';`, 23],
    [
      'a score from a metric',
      "export { fusedScore } from '@softdice/core/wasm-score'; export { compileMetric } from '@softdice/core';",
      22,
    ],
    ['a loss from a spec', `${kernels} export { compile, dice } from '@softdice/core';`, 30],
  ])('add few bytes to a page: %s', async (name, code, most) => {
    const bytes = await addedBytes(code);
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB gzipped`);
    expect(bytes).toBeLessThanOrEqual(1000 * most);
  });
});
