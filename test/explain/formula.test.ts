import {
  combine,
  crossEntropy,
  dice,
  execute,
  explain,
  fBeta,
  focalTversky,
  generalizedDice,
  jaccard,
  type LossSpec,
  logCoshDice,
  type Node,
  softDice,
  topK,
  tversky,
  vnet,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { specs } from '../arbitraries/spec.js';
import { boundsOf, namedInputs, opsOf, programOf } from '../conformance/bounds.js';
import { float64 } from '../tolerance/precision.js';
import { readLoss } from './read-loss.js';
import { seed } from './run.js';

const text = (spec: LossSpec): string => explain(spec).formula.text;
const head = (spec: LossSpec): string => text(spec).split('\n')[0] ?? '';
const segmentation = { target: 'labels', activation: 'softmax' } as const;

describe('the printed formula', () => {
  it('of the presets', () => {
    expect(text(dice(segmentation))).toBe(
      [
        'loss = mean over sample, class of 1 - (2 I + 1e-5) / (P + T + 1e-5)',
        'I = sum over voxel of p t',
        'P = sum over voxel of p',
        'T = sum over voxel of t',
        'p = softmax over channel of prediction',
        't = [target = channel]',
      ].join('\n'),
    );
    expect(text(vnet({ classes: 'foreground', activation: 'sigmoid' }))).toBe(
      [
        'loss = mean over sample, class of 1 - (2 I + 1e-5) / (P + T + 1e-5)',
        'I = sum over voxel of p t',
        'P = sum over voxel of p^2',
        'T = sum over voxel of t^2',
        'p = sigmoid(prediction)',
        't = target',
        'class = every channel but 0',
      ].join('\n'),
    );
    expect(text(softDice())).toContain('I = sum over voxel of min(p, t)');
    expect(head(jaccard())).toBe(
      'loss = mean over sample, class of 1 - (I + 1e-5) / (P + T - I + 1e-5)',
    );
    expect(head(tversky())).toBe(
      'loss = mean over sample, class of 1 - (I + 1e-5) / (I + 0.5 (P - I) + 0.5 (T - I) + 1e-5)',
    );
    expect(head(fBeta({ beta: 2 }))).toBe(
      'loss = mean over sample, class of 1 - (5 I + 1e-5) / (5 I + 4 (T - I) + P - I + 1e-5)',
    );
    expect(head(focalTversky())).toBe(
      'loss = mean over sample, class of max(1 - (I + 1e-5) / (I + 0.3 (P - I) + 0.7 (T - I) + 1e-5), 1e-7)^0.75',
    );
    expect(head(logCoshDice())).toBe(
      'loss = mean over sample, class of log cosh(1 - (2 I + 1e-5) / (P + T + 1e-5))',
    );
  });

  it('of a sum of terms, which share p and t', () => {
    const { target, activation } = segmentation;
    const options = { target, activation };
    const spec = combine([
      [0.5, dice({ ...options, classes: 'foreground', absent: 'skip' })],
      [-2, jaccard({ ...options, counting: 'minimum', per: 'batch' })],
    ]);
    expect(text(spec)).toBe(
      [
        'loss = 0.5 dice - 2 jaccard',
        'dice = mean over sample, class by [0 < dice.M] of 1 - (2 dice.I + 1e-5) / (dice.P + dice.T + 1e-5)',
        'dice.I = sum over voxel of p t',
        'dice.P = sum over voxel of p',
        'dice.T = sum over voxel of t',
        'dice.M = sum over voxel of t',
        'p = softmax over channel of prediction',
        't = [target = channel]',
        'dice.class = every channel but 0',
        'jaccard = mean over class of 1 - (jaccard.I + 1e-5) / (jaccard.P + jaccard.T - jaccard.I + 1e-5)',
        'jaccard.I = sum over sample, voxel of min(p, t)',
        'jaccard.P = sum over sample, voxel of p',
        'jaccard.T = sum over sample, voxel of t',
      ].join('\n'),
    );
  });

  it('of classes merged with weights, on masked voxels and smoothed labels', () => {
    const spec = dice({
      activation: 'softmax',
      target: { kind: 'labels', ignore: 255 },
      voxels: 'mask',
      rescale: { scale: 0.9, offset: 0.05 },
      per: 'merged-image',
      weights: { kind: 'given', values: [1, 2.5], on: 'both-sums' },
    });
    expect(text(spec)).toBe(
      [
        'loss = mean over sample of 1 - (2 (sum over class of v I) + 1e-5) / ((sum over class of v P) + (sum over class of v T) + 1e-5)',
        'v = [1, 2.5]',
        'I = sum over voxel of w p t',
        'P = sum over voxel of w p',
        'T = sum over voxel of w t',
        'p = softmax over channel of prediction',
        't = 0.9 [target = channel] + 0.05',
        'w = (1 - [mask = 0]) (1 - [target = 255])',
      ].join('\n'),
    );
  });

  it('of a cross-entropy says what it is divided by', () => {
    const weights = { kind: 'given', values: [1, 2] } as const;
    const spec = crossEntropy({ target: 'labels', weights, average: 'class-weighted' });
    expect(text(spec)).toBe(
      [
        'loss = count(class) ((sum over sample, class of v X) / max(sum over sample, class of sum over class of v M, 1e-30))',
        'v = [1, 2]',
        'X = -(sum over voxel of [target = channel] (log softmax over channel of prediction))',
        'W = count(voxel)',
        'M = sum over voxel of [target = channel]',
      ].join('\n'),
    );
  });

  it('of the hardest voxels says by what they are ranked', () => {
    const weights = { kind: 'given', values: [1, 2] } as const;
    const spec = topK({ target: 'labels', weights, percent: 30, voxels: 'mask' });
    expect(text(spec)).toBe(
      [
        'loss = count(class) ((sum over sample, class of v X) / max(sum over sample, class of N, 1e-30))',
        'v = [1, 2]',
        'X = sum over voxel of s l',
        'N = (sum over sample, voxel of s) / count(sample)',
        's = hardest 30 % of sum over class of v l',
        'l = -(1 - [mask = 0]) [target = channel] (log softmax over channel of prediction)',
      ].join('\n'),
    );
    expect(explain(spec).formula.latex).toContain(
      '\\operatorname{hardest}_{30\\,\\%}\\left( \\sum_{c} v \\, l \\right)',
    );
    expect(explain(spec).gradient.cell).toContain('the mean over the hardest 30 % of the voxels');
    expect(explain(spec).sweeps).toBe(3);
  });

  it('of weights by volume', () => {
    expect(text(generalizedDice(segmentation)).split('\n').slice(0, 2)).toEqual([
      'loss = mean over sample of 1 - (2 (sum over class of v I) + 1e-5) / ((sum over class of v P) + (sum over class of v T) + 1e-5)',
      'v = [0 < M] / max(M, 1e-3)^2 + (1 - [0 < M]) (largest over class of [0 < M] / max(M, 1e-3)^2)',
    ]);
    const shares = dice({
      weights: {
        kind: 'volume',
        power: 1,
        over: 'batch',
        normalise: 'weighted-mean',
        absent: { kind: 'epsilon', epsilon: 0.5 },
      },
    });
    expect(text(shares).split('\n').slice(0, 2)).toEqual([
      'loss = sum over sample, class of (v / max((sum over class of v) count(sample), 1e-37)) (1 - (2 I + 1e-5) / (P + T + 1e-5))',
      'v = 1 / ((sum over sample of M) + 0.5)',
    ]);
  });

  it('reads back as the loss (200 random losses)', () => {
    fc.assert(
      fc.property(cases(), (drawn) => {
        const program = programOf(drawn);
        const inputs = namedInputs(drawn);
        const value = (loss: Node): readonly number[] => {
          const [result] = execute(opsOf(drawn.batch), [loss], (input) => inputs[input]);
          return [...(result?.data ?? [])];
        };
        const received = value(readLoss(text(drawn.spec), program.plan, drawn.drawn.rank));
        const { error } = boundsOf(drawn, float64).loss;
        const expected = value(program.whole.loss);
        expect(received).toHaveLength(expected.length);
        received.forEach((entry, at) => {
          const allowed = 4 * (error[at] ?? error[0] ?? 0) + 1e-12;
          expect(Math.abs(entry - (expected[at] ?? Number.NaN))).toBeLessThanOrEqual(allowed);
        });
      }),
      { numRuns: 200, seed },
    );
  });

  it('is balanced LaTeX (300 random losses)', () => {
    const pairs = fc.integer({ min: 1, max: 4 }).chain(specs);
    fc.assert(
      fc.property(pairs, (spec) => {
        const { latex } = explain(spec).formula;
        const count = (part: RegExp): number => latex.match(part)?.length ?? 0;
        expect(count(/(?<!\\)\{/g)).toBe(count(/(?<!\\)\}/g));
        expect(count(/\\left\b/g)).toBe(count(/\\right\b/g));
        expect(latex).toMatch(/^\\begin\{aligned\}\n\\text\{loss\} &= [\s\S]*\n\\end\{aligned\}$/);
      }),
      { numRuns: 300, seed },
    );
  });

  it('escapes what LaTeX or a reader could take for something else', () => {
    const [term] = dice().terms;
    const spec: LossSpec = {
      terms: [{ ...(term as object), kind: 'overlap', name: 'a_b 100%' }, 'overlap'],
    };
    const { text: lines, latex } = explain(spec).formula;
    expect(lines).toContain('loss = "a_b 100%" + dice\n');
    expect(lines).toContain('"a_b 100%".I = sum over voxel of p t');
    expect(latex).toContain('\\text{a\\_b 100\\%}');
  });
});
