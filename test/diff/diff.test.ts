import {
  clDice,
  crossEntropy,
  dice,
  fBeta,
  generalizedDice,
  jaccard,
  type LossSpec,
  noiseRobustDice,
  type OverlapOptions,
  parseSpec,
  SpecError,
  softDice,
  tversky,
} from '@softdice/core';
import { type Diff, diff } from '@softdice/core/diff';
import { evaluate } from '@softdice/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { overlapSpecs } from '../arbitraries/spec.js';

const classes = { target: 'labels', activation: 'softmax' } as const;
const smooth = (numerator: number, denominator: number = numerator): OverlapOptions => ({
  smoothing: { numerator, denominator },
});

/** Both losses of a counterexample by the reference. */
function expectTrue(found: Diff, a: LossSpec, b: LossSpec): void {
  if (found.verdict !== 'differ') throw new TypeError(found.verdict);
  const { differs, ...sides } = found.counterexample;
  const worths = ([a, b] as const).map((spec, at) => {
    const { inputs, loss, gradient } = at === 0 ? sides.a : sides.b;
    const own = evaluate(spec, inputs);
    expectClose(loss, own.loss.data);
    expectClose(gradient, own.gradient.data);
    return { loss, gradient };
  });
  expect(worths[0]?.[differs]).not.toEqual(worths[1]?.[differs]);
}

describe('losses that are the same', () => {
  it.each([
    ['Dice and Tversky of halves', dice(smooth(2)), tversky(smooth(1))],
    ['Jaccard and Tversky of ones', jaccard(), tversky({ alpha: 1, beta: 1 })],
    ['Dice and F1', dice(classes), fBeta({ ...classes, beta: 1 })],
    ['labels and planes', dice(classes), dice({ ...classes, target: 'one-hot' })],
    [
      'weights of 1',
      dice(classes),
      dice({ ...classes, weights: { kind: 'given', values: [1, 1] } }),
    ],
    [
      'noise-robust counting by |p - t| and minima',
      noiseRobustDice({ ...smooth(1e-5), gamma: 1, per: 'image' }),
      softDice({ target: 'one-hot' }),
    ],
    [
      'averages over voxels that all count',
      crossEntropy(classes),
      crossEntropy({ ...classes, average: 'voxels' }),
    ],
  ] as const)('%s', (_, a, b) => {
    expect(diff(a, b).verdict).toBe('equal');
    expect(diff(b, a).verdict).toBe('equal');
  });

  it('are the same in every number (120 random losses, written in another way)', () => {
    let proved = 0;
    const drawn = cases({ values: ['moderate'], spec: overlapSpecs });
    fc.assert(
      fc.property(drawn, ({ spec, batch }) => {
        expect(diff(spec, parseSpec(spec)).verdict).toBe('equal');
        const other = rewritten(spec);
        if (other === undefined || diff(spec, other, { draws: 1 }).verdict !== 'equal') return;
        proved += 1;
        const [one, same] = [evaluate(spec, batch), evaluate(other, batch)];
        expectClose(same.loss.data, one.loss.data);
        expectClose(same.gradient.data, one.gradient.data);
      }),
      { numRuns: 120, seed: 3 },
    );
    expect(proved).toBeGreaterThan(20);
  });
});

describe('a proof', () => {
  it('is true where one field is that of another loss (400 random pairs)', () => {
    let proved = 0;
    const drawn = fc.tuple(
      cases({ values: ['moderate'], spec: overlapSpecs, channels: fc.constant(2) }),
      overlapSpecs(2),
      fc.nat(),
    );
    fc.assert(
      fc.property(drawn, ([{ spec, batch }, other, nat]) => {
        const changed = crossed(spec, other, nat);
        if (changed === undefined || diff(spec, changed, { draws: 0 }).verdict !== 'equal') return;
        proved += 1;
        const [one, same] = [evaluate(spec, batch), evaluate(changed, batch)];
        expectClose(same.loss.data, one.loss.data);
        expectClose(same.gradient.data, one.gradient.data);
      }),
      { numRuns: 400, seed: 8 },
    );
    expect(proved).toBeGreaterThan(50);
  });
});

/** A loss with one field, or a part of it, of the first term of another. */
function crossed(spec: LossSpec, other: LossSpec, nat: number): LossSpec | undefined {
  const [[term], [second]] = [parseSpec(spec).terms, parseSpec(other).terms];
  try {
    return parseSpec({ ...spec, terms: [mixed(term, second, nat), ...spec.terms.slice(1)] });
  } catch {
    return undefined;
  }
}

function mixed(one: unknown, other: unknown, nat: number): unknown {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return other;
  const keys = Object.keys(one).filter((key) => key !== 'kind' && key !== 'name');
  const key = keys[nat % keys.length];
  if (key === undefined) return other;
  return { ...one, [key]: mixed(Reflect.get(one, key), Reflect.get(other, key), nat >> 4) };
}

/** Equal but for rounding of numbers as large as theirs. */
function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  const size = Math.max(1e-6, ...Array.from(wanted, Math.abs));
  const apart = Array.from(wanted, (value, at) => Math.abs((found[at] ?? 0) - value));
  expect(Math.max(...apart)).toBeLessThan(1e-9 * size);
}

describe('losses that differ', () => {
  it('come with an input as small as can be, and what the reference gives for it', () => {
    const [a, b] = [dice(smooth(1e-5)), dice(smooth(1))];
    const found = diff(a, b);
    expect(found).toMatchObject({
      verdict: 'differ',
      counterexample: {
        differs: 'loss',
        a: { inputs: { prediction: { shape: [1, 1, 1, 1], data: [0] }, target: { data: [1] } } },
        b: { loss: [0.5] },
      },
    });
    expectTrue(found, a, b);
  });

  it.each([
    [
      'the same on hard targets',
      dice({ target: 'soft' }),
      softDice(),
      ['hard targets', 'predictions in (0, 1)'],
    ],
    [
      'the same without absent classes',
      dice(classes),
      dice({ ...classes, absent: 'skip' }),
      ['no absent class'],
    ],
    ['the same for one sample', dice(classes), dice({ ...classes, per: 'batch' }), ['one sample']],
    [
      'the same where nothing is masked',
      crossEntropy({ ...classes, voxels: 'mask' }),
      crossEntropy({ ...classes, voxels: 'mask', average: 'voxels' }),
      ['nothing masked'],
    ],
    [
      'the same for one channel',
      dice({ activation: 'sigmoid' }),
      dice({ activation: 'sigmoid', reduction: 'sum' }),
      ['one sample', 'one channel'],
    ],
    [
      'the same for a single class of p',
      dice({ per: 'merged-image' }),
      dice({ per: 'everything' }),
      ['one sample'],
    ],
  ] as const)('can be %s', (_, a, b, conditions) => {
    const found = diff(a, b, { draws: 100 });
    expect(found.verdict === 'differ' && found.equalWhere?.conditions).toEqual(conditions);
    expectTrue(found, a, b);
  });

  it.each([
    ['Dice and Jaccard', dice(classes), jaccard(classes)],
    ['softmax and sigmoid', dice(classes), dice({ ...classes, activation: 'sigmoid' })],
    ['Dice and generalised Dice', dice(classes), generalizedDice(classes)],
    ['background or not', dice(classes), dice({ ...classes, classes: 'foreground' })],
    ['skeletons of 1 and 2 erosions', clDice(classes), clDice({ ...classes, iterations: 1 })],
  ] as const)('everywhere: %s', (_, a, b) => {
    const found = diff(a, b, { draws: 30 });
    expect(found).not.toHaveProperty('equalWhere');
    expectTrue(found, a, b);
  });

  it('by a constant or a factor train the same', () => {
    expect(diff(dice(), dice({ transform: 'negative' }), { draws: 60 })).toMatchObject({
      relation: { kind: 'constant', value: -1 },
    });
    const parts = dice({ ...classes, weight: 0.25 });
    expect(diff(dice(classes), parts, { draws: 60 })).toMatchObject({
      relation: { kind: 'factor', value: 0.25 },
    });
  });

  it('never differ for a seed and then not (the same result twice)', () => {
    const both = [dice(classes), jaccard({ ...classes, classes: 'foreground' })] as const;
    expect(diff(...both, { seed: 7, draws: 60 })).toEqual(diff(...both, { seed: 7, draws: 60 }));
  });
});

describe('diff', () => {
  it('says where no network fits both', () => {
    expect(diff(dice({ target: 'binary' }), dice(classes)).verdict).toBe('not comparable');
  });

  it('claims nothing but what it drew, where nothing is proved', () => {
    // 1 - (1 - s) in another form: no normal form knows it.
    const a = dice({ ...classes, transform: 'complement' });
    const b = dice({ ...classes, transform: { kind: 'power-complement', exponent: 1 } });
    const found = diff(a, b, { draws: 50 });
    expect(['equal', 'no difference found']).toContain(found.verdict);
    if (found.verdict === 'no difference found') expect(found.draws).toBe(50);
  });

  it('takes the arguments of a library', () => {
    const monai = {
      library: 'monai',
      className: 'DiceLoss',
      args: { softmax: true, to_onehot_y: true },
      context: { channels: 3, rank: 2 },
    } as const;
    expect(diff(monai, dice(classes)).verdict).toBe('equal');
    const jaccards = { ...monai, args: { ...monai.args, jaccard: true } };
    expect(diff(monai, jaccards, { draws: 50 }).verdict).toBe('differ');
  });

  it('refuses what is no loss, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (json) => {
        try {
          diff(json as LossSpec, dice(), { draws: 1 });
        } catch (error) {
          expect(['SpecError', 'PeerError']).toContain((error as Error).name);
        }
      }),
      { numRuns: 200, seed: 4 },
    );
    expect(() => diff({ levels: [] } as never, dice())).toThrow(SpecError);
  });
});

/** The same overlap by another index, where there is one. */
function rewritten(spec: LossSpec): LossSpec | undefined {
  const [term, ...others] = parseSpec(spec).terms;
  if (others.length > 0 || typeof term !== 'object' || term.kind !== 'overlap') return undefined;
  const { index, smoothing } = term;
  if (typeof index !== 'object' || index.kind === 'tversky' || smoothing === undefined)
    return undefined;
  const { numerator = 0, denominator = 0, floor = 0 } = smoothing;
  const share =
    index.kind === 'dice' ? 2 : index.kind === 'jaccard' ? 1 : 1 + (index.beta ?? 1) ** 2;
  const beta =
    index.kind === 'jaccard' ? 1 : index.kind === 'dice' ? 0.5 : (index.beta ?? 1) ** 2 / share;
  const alpha = index.kind === 'jaccard' ? 1 : 1 / share;
  const divided = {
    numerator: numerator / share,
    denominator: denominator / share,
    floor: floor / share,
  };
  try {
    return parseSpec({
      ...spec,
      terms: [{ ...term, index: { kind: 'tversky', alpha, beta }, smoothing: divided }],
    });
  } catch {
    // Rules of one index that the other has not.
    return undefined;
  }
}
