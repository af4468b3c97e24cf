import {
  attachLoss,
  combine,
  deepSupervision,
  dice,
  exportLevels,
  exportLoss,
  exportMetric,
  exportParts,
  jaccard,
  type LossSpec,
  levelWeights,
  topK,
  tversky,
} from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import { decoded } from './model.js';

const labelled: LossSpec = dice({ target: 'labels', activation: 'softmax' });

function refusal(spec: LossSpec, options: object): string {
  try {
    exportLoss(spec, options as Parameters<typeof exportLoss>[1]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'exported';
}

function ports(spec: LossSpec, options: Parameters<typeof exportLoss>[1]): readonly string[] {
  const { graph } = decoded(exportLoss(spec, options));
  return [...(graph?.input ?? []), ...(graph?.output ?? [])].map(({ name, type }) => {
    const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
    const dims = tensor?.shape?.dim.map(({ value }) => String(value.value));
    return `${name}: ${tensor?.elemType} [${dims?.join(', ')}]`;
  });
}

describe('options', () => {
  it('lists everything that is wrong at once', () => {
    const wrong = { rank: 2, outputs: ['los'], opset: 13, labels: 'uint8', cotangent: true };
    expect(refusal(dice(), wrong).split('\n')).toEqual([
      expect.stringMatching(/^\[softdice\] Invalid rank: expected no option but .*; remove it$/),
      expect.stringMatching(/^\[softdice\] Invalid spatialRank: .* received nothing; /),
      expect.stringMatching(/^\[softdice\] Invalid outputs: .* received \["los"\]; /),
      expect.stringMatching(
        /^\[softdice\] Invalid opset: expected one of 17, 18, .* received 13; /,
      ),
      expect.stringMatching(/^\[softdice\] Invalid cotangent: .* received true; /),
      expect.stringMatching(
        /^\[softdice\] Invalid labels: expected none with target 'one-hot' .* \(E1\); /,
      ),
    ]);
  });

  it.each([
    [{ spatialRank: 4 }, 'spatialRank'],
    [{ spatialRank: '2' }, 'spatialRank'],
    [{ spatialRank: 2, outputs: [] }, 'outputs'],
    [{ spatialRank: 2, outputs: 'loss' }, 'outputs'],
    [{ spatialRank: 2, outputs: ['loss', 'loss'] }, 'outputs'],
    [{ spatialRank: 2, labels: 'int16' }, 'labels'],
    [{ spatialRank: 2, layout: 'channels-last' }, 'layout'],
    [{ spatialRank: 2, dtype: 'bfloat16' }, 'dtype'],
    [{ spatialRank: 2, form: 'call' }, 'form'],
    [{ spatialRank: 2, opset: 27 }, 'opset'],
    [{ spatialRank: 2, outputs: ['loss'], cotangent: 'input' }, 'cotangent'],
    [{ spatialRank: 2, blockSize: 0 }, 'blockSize'],
    [{ spatialRank: 2, blockSize: 2.5 }, 'blockSize'],
    [{ spatialRank: 2, blockSize: 'one' }, 'blockSize'],
    [{ spatialRank: 0, blockSize: 64 }, 'blockSize'],
  ])('%j is refused', (options, path) => {
    const message = refusal(labelled, options);
    expect(message).toMatch(new RegExp(`^\\[softdice\\] Invalid ${path}: .*; .+$`));
  });

  it('refuses label types that cannot hold a label of the spec', () => {
    const ignoring = dice({ target: { kind: 'labels', ignore: -1 }, activation: 'softmax' });
    expect(refusal(ignoring, { spatialRank: 2, labels: 'uint8' })).toMatch(/holds the label -1 /);
    expect(refusal(ignoring, { spatialRank: 2, labels: 'int32' })).toBe('exported');
  });

  it('refuses blocks of what does not add over voxels, and where there is no loop', () => {
    const hardest = topK({ target: 'labels', activation: 'softmax' });
    expect(refusal(hardest, { spatialRank: 2, blockSize: 64 })).toMatch(
      /Invalid blockSize: expected 'all' of a loss whose statistics do not add .* but received 64 \(E5\); /,
    );
    expect(refusal(hardest, { spatialRank: 2, blockSize: 'all' })).toBe('exported');
    expect(refusal(labelled, { spatialRank: 2, blockSize: 64 })).toBe('exported');
    const blocks = { spatialRank: 2, blockSize: 64 } as const;
    const none = /^\[softdice\] Invalid blockSize: expected no.* but received 64; remove it/;
    const levels = deepSupervision(labelled, levelWeights.two(2));
    expect(() => exportParts(labelled, blocks as never)).toThrow(none);
    expect(() => exportLevels(levels, blocks as never)).toThrow(none);
    expect(() => exportMetric({ target: 'labels' }, blocks as never)).toThrow(none);
    const attached = { prediction: 'gradient', blockSize: 64 } as never;
    expect(() => attachLoss(exportLoss(dice(), { spatialRank: 2 }), dice(), attached)).toThrow(
      none,
    );
  });

  it('refuses what is no spec', () => {
    expect(
      refusal({ terms: [{ kind: 'overlap', per: 'voxel' }] } as never, { spatialRank: 2 }),
    ).toMatch(/Invalid terms\[0\]\.per/);
  });
});

describe('inputs and outputs', () => {
  it('declares types and sizes', () => {
    const weighted = tversky({
      target: 'labels',
      activation: 'softmax',
      voxels: 'weights',
      classes: 'foreground',
      reduction: 'none',
    });
    const outputs = ['gradient', 'statistics', 'scores', 'loss'] as const;
    const options = { spatialRank: 2, labels: 'uint8', cotangent: 'input', outputs } as const;
    expect(ports(weighted, options)).toEqual(
      [
        'prediction: 1 [N, C, D1, D2]',
        'target: 2 [N, D1, D2]',
        'mask: 1 [N, 1, D1, D2]',
        'cotangent: 1 [N, classes]',
        'gradient: 1 [N, C, D1, D2]',
        'tversky.I: 1 [N, classes]',
        'tversky.P: 1 [N, classes]',
        'tversky.T: 1 [N, classes]',
        'scores: 1 [N, classes]',
        'loss: 1 []',
      ].map((port) => port.replace('loss: 1 []', 'loss: 1 [N, classes]')),
    );
    const binary = dice({ target: 'binary', activation: 'sigmoid', per: 'batch' });
    expect(ports(binary, { spatialRank: 0 })).toEqual([
      'prediction: 1 [N, 1]',
      'target: 1 [N, 1]',
      'loss: 1 []',
      'gradient: 1 [N, 1]',
    ]);
  });

  it('declares what layout and element type ask for', () => {
    const options = { spatialRank: 2, layout: 'channelsLast', dtype: 'float16' } as const;
    const masked = dice({ activation: 'softmax', voxels: 'mask' });
    expect(ports(masked, { ...options, outputs: ['gradient', 'loss', 'scores'] })).toEqual([
      'prediction: 10 [N, D1, D2, C]',
      'target: 10 [N, D1, D2, C]',
      'mask: 10 [N, D1, D2, 1]',
      'gradient: 10 [N, D1, D2, C]',
      // Sums and what is made of them overflow half precision.
      'loss: 1 []',
      'scores: 1 [N, C]',
    ]);
    expect(ports(dice(), { spatialRank: 0, dtype: 'float64', outputs: ['loss'] })).toEqual([
      'prediction: 11 [N, C]',
      'target: 11 [N, C]',
      'loss: 11 []',
    ]);
  });

  it('gives a statistic that several terms share under each of their names', () => {
    const terms = [dice(), jaccard(), tversky()].map((spec) => [1, spec] as const);
    const names = ports(combine(terms), { spatialRank: 0, outputs: ['statistics'] });
    expect(names.map((port) => port.split(':')[0])).toEqual([
      'prediction',
      'target',
      ...['dice', 'jaccard', 'tversky'].flatMap((term) =>
        ['I', 'P', 'T'].map((s) => `${term}.${s}`),
      ),
    ]);
  });
});
