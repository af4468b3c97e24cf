import { describe, expect, it } from 'vitest';
import { addedBytes } from '../bundle-size.js';

const planned = "export { compilePlan } from '@softdice/core';";

describe('kernels for typed arrays', () => {
  it.each([
    ['the whole entry point', "export * from '@softdice/core/wasm';", 20],
    ['a loss from a plan', `export { fusedLoss } from '@softdice/core/wasm'; ${planned}`, 25],
  ])('add few bytes to a page: %s', async (name, code, most) => {
    const bytes = await addedBytes(code);
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB gzipped`);
    expect(bytes).toBeLessThanOrEqual(1000 * most);
  });
});
