import { dice, planOf } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import { expect, it } from 'vitest';
import type { Tensor } from '../arbitraries/batch.js';
import { boundsOf } from '../conformance/bounds.js';
import { disagreement } from '../conformance/compare.js';
import { float32, float32Shader } from './precision.js';

const spec = dice({ target: 'soft', counting: 'minimum' });
const prediction: Tensor = { shape: [1, 1, 4], data: [0.1 + 1e-10, 0.7, 0.3, 0.9] };
const target: Tensor = { shape: [1, 1, 4], data: [0.1, 0.6, 0.4, 0.2] };

const rounded = ({ shape, data }: Tensor): Tensor => ({ shape, data: data.map(Math.fround) });

it('bounds hold for inputs that float32 rounds, also onto a kink', () => {
  const exact = evaluate(spec, { prediction, target });
  const batch = { prediction: rounded(prediction), target: rounded(target) };
  const near = evaluate(spec, batch);
  // In float32 the first prediction is its target, where |p - t| has no slope.
  expect(Math.abs((near.gradient.data[0] ?? 0) - (exact.gradient.data[0] ?? 0))).toBeGreaterThan(
    0.1,
  );
  const ofInputs = { spec, plan: planOf(spec), batch: { prediction, target } };
  const bounds = boundsOf(ofInputs, float32);
  const found = disagreement('gradient', near.gradient, exact.gradient, bounds.gradient);
  expect(found.inBounds).toBeLessThan(1);
  expect(bounds.gradient.error[1]).toBeLessThan(1e-5);

  const ofRounded = boundsOf({ ...ofInputs, batch }, float32);
  const missed = disagreement('gradient', near.gradient, exact.gradient, ofRounded.gradient);
  expect(missed.inBounds).toBeGreaterThan(1e3);
});

it('bounds of shaders hold where a subnormal number is read as 0, onto a kink too', () => {
  const tiny: Tensor = { shape: [1, 1, 4], data: [2 ** -140, 0.7, 0.3, 0.9] };
  const flushed: Tensor = { ...tiny, data: [0, 0.7, 0.3, 0.9] };
  const none: Tensor = { ...target, data: [0, 0.6, 0.4, 0.2] };
  const exact = evaluate(spec, { prediction: tiny, target: none });
  const near = evaluate(spec, { prediction: flushed, target: none });
  const drawn = { spec, plan: planOf(spec), batch: { prediction: tiny, target: none } };
  const inBounds = (precision: typeof float32): number => {
    const { gradient } = boundsOf(drawn, precision);
    return disagreement('gradient', near.gradient, exact.gradient, gradient).inBounds;
  };
  expect(inBounds(float32Shader)).toBeLessThan(1);
  expect(inBounds(float32)).toBeGreaterThan(1e3);
});
