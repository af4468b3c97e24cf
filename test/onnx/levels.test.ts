import {
  deepSupervision,
  dice,
  exportLevels,
  exportLoss,
  InputError,
  levelsPlanOf,
  levelWeights,
  readLevels,
  readSpec,
} from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import { decoded } from './model.js';

const loss = dice({ target: 'labels', activation: 'softmax', voxels: 'mask' });
const spec = deepSupervision(loss, levelWeights.exp(2));

const named = (list: readonly { readonly name: string }[] | undefined): readonly string[] =>
  list?.map(({ name }) => name) ?? [];

describe('a model of several levels', () => {
  it('has a prediction and a gradient per level, and one target and mask for all', () => {
    const { graph } = decoded(exportLevels(spec, { spatialRank: 2 }));
    expect(named(graph?.input)).toEqual(['prediction.0', 'target', 'mask', 'prediction.1']);
    expect(named(graph?.output)).toEqual(['loss', 'gradient.0', 'gradient.1']);
  });

  it('has targets and masks of their own where they are given', () => {
    const given = deepSupervision(loss, [1, 1], { targets: 'given' });
    const { graph } = decoded(exportLevels(given, { spatialRank: 2, outputs: ['loss'] }));
    expect(named(graph?.input)).toEqual([
      'prediction.0',
      'target.0',
      'mask.0',
      'prediction.1',
      'target.1',
      'mask.1',
    ]);
    expect(named(graph?.output)).toEqual(['loss']);
  });

  it('gives the levels back, and the same bytes from them', () => {
    const bytes = exportLevels(spec, { spatialRank: 3 });
    expect(readLevels(bytes)).toEqual(JSON.parse(JSON.stringify(levelsPlanOf(spec))));
    expect(exportLevels(readLevels(bytes), { spatialRank: 3 })).toEqual(bytes);
    expect(() => readSpec(bytes)).toThrow(/use readLevels/);
    expect(() => readLevels(exportLoss(loss, { spatialRank: 2 }))).toThrow(InputError);
  });

  it('refuses what only a single loss has', () => {
    const strange = { spatialRank: 2, outputs: ['scores'], cotangent: 'input' } as const;
    expect(() => exportLevels(spec, strange as never)).toThrow(/outputs.*\n.*cotangent/);
    const planes = deepSupervision(dice(), [1]);
    expect(() => exportLevels(planes, { spatialRank: 2, labels: 'int32' })).toThrow(
      /Invalid labels/,
    );
  });
});
