import { readdirSync, readFileSync } from 'node:fs';
import * as core from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { termKinds } from '../../docs/examples/variants/choices.js';
import { curvesOf, onLogits, type Point } from '../../docs/examples/variants/curves.js';
import { drawable } from '../../docs/examples/variants/drawable.js';
import { presets } from '../../docs/examples/variants/named.js';
import { page } from '../../docs/examples/variants/page.js';
import { drawn } from '../../docs/examples/variants/picture.js';

const docs = new URL('../../docs/', import.meta.url);
const pictures = new URL('pictures/variants/', docs);
const variants = [
  ...presets,
  ...termKinds.flatMap(({ standard, choices }) => [
    standard,
    ...choices.flatMap((choice) => choice.variants),
  ]),
];

/** Whether a function of core is a preset: without choices it gives a loss. */
function isPreset(candidate: unknown): boolean {
  try {
    core.parseSpec((candidate as (options: object) => unknown)({}));
    return true;
  } catch {
    return false;
  }
}

describe('docs/variants.md', () => {
  it('is what `npm run variants` writes', () => {
    expect(readFileSync(new URL('variants.md', docs), 'utf8')).toBe(page());
  });

  it('shows every preset', () => {
    const shown = presets.map(({ slug }) => slug.replace('preset-', ''));
    const unknown = shown.filter((name) => !(name in core));
    expect(unknown).toEqual([]);
    const forgotten = Object.entries(core)
      .filter(([name, value]) => name !== 'parseSpec' && isPreset(value))
      .map(([name]) => name)
      .filter((name) => !shown.includes(name));
    expect(forgotten).toEqual([]);
  });

  it('has a picture for each variant, and no other', () => {
    const slugs = variants.map(({ slug }) => `${slug}.svg`);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(readdirSync(pictures).toSorted()).toEqual(slugs.toSorted());
  });

  it.each(variants.map(({ slug, spec }) => [slug, spec] as const))(
    'draws %s as it is on file',
    async (slug, spec) => {
      const file = readFileSync(new URL(`${slug}.svg`, pictures), 'utf8');
      expect(await drawn(drawable(spec))).toBe(file);
    },
  );
});

describe('the curves', () => {
  it.each(variants.map(({ slug, spec }) => [slug, drawable(spec)] as const))(
    'of %s have the slope that is drawn beside them',
    (_, spec) => {
      const points = curvesOf(spec);
      expect(points.filter(({ loss }) => !Number.isFinite(loss))).toEqual([]);
      // A p of the class moves the background too; a logit does not.
      if (!onLogits(spec)) return;
      expect(points.filter((point, at) => isSteeper(point, points[at + 1]))).toEqual([]);
    },
  );
});

/** Whether the loss between two points changes by more than their slopes allow. */
function isSteeper(point: Point, next: Point | undefined): boolean {
  if (next === undefined || next.scene !== point.scene) return false;
  const [low, high] = [point.gradient, next.gradient].toSorted((a, b) => a - b);
  const slope = (next.loss - point.loss) / (next.x - point.x);
  // Between two points a slope may pass an extremum.
  const slack = 0.35 * ((high ?? 0) - (low ?? 0)) + 0.01 * Math.abs(point.gradient) + 1e-6;
  return slope < (low ?? 0) - slack || slope > (high ?? 0) + slack;
}
