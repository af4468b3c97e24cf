import {
  ConfigError,
  readHydra,
  readKeras,
  readMonaiBundle,
  readNnunet,
} from '@softdice/core/configs';
import { importCall, PeerError } from '@softdice/core/peers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../core/mutations.js';
import { fixture } from './fixture.js';

const context = { channels: 2, rank: 2 };
const monai = (loss: object, rest: object = {}) =>
  readMonaiBundle({ loss: { _target_: 'DiceLoss', ...loss }, ...rest }, { at: 'loss', context });
const hydra = (loss: object, rest: object = {}) =>
  readHydra(
    { loss: { _target_: 'monai.losses.DiceLoss', ...loss }, ...rest },
    { at: 'loss', context },
  );
/** An interpolation of Hydra. */
const interpolated = (place: string): string => `\${${place}}`;
const files = { dataset: fixture('nnunet-dataset.json'), plans: fixture('nnunet-plans.json') };

describe('a config is refused by name', () => {
  it.each([
    ['an expression', () => monai({ weight: '$torch.ones(2)' }), 'loss::weight', 'never evaluated'],
    [
      'code in a value',
      () => monai({ batch: '$__import__("os").system("true")' }),
      'loss::batch',
      '',
    ],
    ['arithmetic', () => monai({ smooth_nr: '$1e-5 * 2' }), 'loss::smooth_nr', ''],
    [
      'a method of a reference',
      () => monai({ weight: '$@w.cpu()' }, { w: [1] }),
      'loss::weight',
      '',
    ],
    ['another file', () => monai({ batch: '%/etc/config.json#batch' }), 'loss::batch', 'merge'],
    ['a missing reference', () => monai({ batch: '@nowhere' }), 'loss::batch', '@nowhere'],
    ['a circle', () => monai({ batch: '@a' }, { a: '@b', b: '@a' }), 'b', 'a -> b -> a'],
    ['a loss of itself', () => monai({ batch: '@loss' }), 'loss::batch', 'circle'],
    ['a disabled loss', () => monai({ _disabled_: true }), 'loss::_disabled_', ''],
    ['a mode', () => monai({ _mode_: 'callable' }), 'loss::_mode_', 'a function'],
    ['an object', () => monai({ weight: { _target_: 'Weights' } }), 'loss: weight', 'never made'],
    ['a prototype', () => monai({ batch: '@__proto__::polluted' }), 'loss::batch', ''],
    ['a constructor', () => monai({ batch: '@constructor' }), 'loss::batch', ''],
    ['no class of a loss', () => monai({ _target_: 'torch.nn.CrossEntropyLoss' }), 'loss', 'MONAI'],
    ['a partial', () => hydra({ _partial_: true }), 'loss._partial_', 'a function'],
    [
      'a resolver',
      () => hydra({ batch: interpolated('oc.env:BATCH') }),
      'loss.batch',
      'write the value',
    ],
    [
      'a text around',
      () => hydra({ reduction: `me${interpolated('x')}` }, { x: 'an' }),
      'loss.reduction',
      '',
    ],
    [
      'a circle of interpolations',
      () => hydra({ batch: interpolated('a') }, { a: interpolated('a') }),
      'a',
      'circle',
    ],
    ['a missing value', () => hydra({ batch: '???' }), 'loss.batch', 'missing'],
    ['a short name', () => hydra({ _target_: 'DiceLoss' }), 'loss', ''],
    ['arguments that are too many', () => hydra({ _args_: Array(40).fill(1) }), 'loss', '40'],
    [
      'two losses',
      () => readMonaiBundle({ a: { _target_: 'DiceLoss' }, b: { _target_: 'FocalLoss' } }),
      'config',
      'a, b',
    ],
    ['no loss', () => readMonaiBundle('lr: 0.1'), 'config', 'none'],
    ['no channels', () => readMonaiBundle({ _target_: 'DiceLoss' }), 'context.channels', ''],
    ['no YAML', () => readMonaiBundle('a: [1, 2'), 'config', 'JSON or YAML'],
    [
      'a foreign class',
      () => readKeras({ module: 'my.losses', class_name: 'Dice', config: {} }, context),
      'config.class_name',
      'my.losses.Dice',
    ],
    [
      'a registered class',
      () => readKeras({ class_name: 'Dice', config: {}, registered_name: 'mine>Dice' }, context),
      'config.registered_name',
      'mine>Dice',
    ],
    ['a loss by name', () => readKeras({ loss: 'binary_crossentropy' }, context), 'loss', ''],
    [
      'an unknown trainer',
      () => readNnunet({ ...files, trainer: 'nnUNetTrainerMine' }),
      'trainer',
      'nnUNetTrainerMine',
    ],
    [
      'a trainer by prototype',
      () => readNnunet({ ...files, trainer: 'constructor' }),
      'trainer',
      'constructor',
    ],
    [
      'an unknown configuration',
      () => readNnunet({ ...files, configuration: '4d' }),
      'plans.configurations.4d',
      '3d_fullres',
    ],
    [
      'regions without order',
      () => readNnunet({ ...files, dataset: { labels: { background: 0, a: [1, 2], b: 2 } } }),
      'dataset.regions_class_order',
      '',
    ],
    [
      'no background',
      () => readNnunet({ ...files, dataset: { labels: { a: 1 } } }),
      'dataset.labels.background',
      '',
    ],
    [
      'a low ignore label',
      () => readNnunet({ ...files, dataset: { labels: { background: 0, a: 2, ignore: 1 } } }),
      'dataset.labels.ignore',
      '',
    ],
    [
      'regions of a cross-entropy',
      () =>
        readNnunet({
          ...files,
          dataset: fixture('nnunet-regions-dataset.json'),
          trainer: 'nnUNetTrainerCELoss',
        }),
      'dataset.labels',
      'regions',
    ],
    [
      'a circle of configurations',
      () =>
        readNnunet({
          ...files,
          plans: { configurations: { a: { inherits_from: 'b' }, b: { inherits_from: 'a' } } },
          configuration: 'a',
        }),
      'plans.configurations.a',
      'a -> b -> a',
    ],
  ] as const)('%s', (_, read, path, part) => {
    const error = caught(read);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems[0]?.path).toBe(path);
    expect((error as ConfigError).message).toContain(part);
  });

  it('before it explodes: aliases of aliases, references to lists of references, deep nesting', () => {
    const names = 'abcdefgh'.split('');
    const aliases = names.map((name, at) => {
      const before = names[at - 1];
      return `${name}: &${name} [${before === undefined ? '1' : Array(9).fill(`*${before}`).join(', ')}]`;
    });
    const lists = Object.fromEntries(
      names.map((name, at) => [name, Array(9).fill(at === 0 ? 1 : `@${names[at - 1]}`)]),
    );
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    expect(caught(() => readMonaiBundle(aliases.join('\n'), { at: 'h', context }))).toBeInstanceOf(
      ConfigError,
    );
    expect(caught(() => monai({ weight: '@h' }, lists))).toBeInstanceOf(ConfigError);
    expect(caught(() => readMonaiBundle(deep, { context }))).toBeInstanceOf(ConfigError);
    expect(caught(() => monai({ weight: JSON.parse(deep) }))).toBeInstanceOf(ConfigError);
    const chain = Object.fromEntries(
      Array.from({ length: 3000 }, (_, at) => [`k${at}`, `@k${at + 1}`]),
    );
    expect(caught(() => monai({ batch: '@k0' }, chain))).toBeInstanceOf(ConfigError);
  });

  it('and pollutes nothing', () => {
    const text =
      '{"__proto__": {"polluted": 1}, "loss": {"_target_": "DiceLoss", "__proto__": {"softmax": true}}}';
    const read = caught(() => importCall(readMonaiBundle(text, { context })));
    expect(read).toBeInstanceOf(PeerError);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('reading throws nothing but errors of configs and peers', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.anything(), fc.string());
  const fixtures = [
    'spleen-bundle.json',
    'keras-config.json',
    'nnunet-dataset.json',
    'nnunet-plans.json',
  ];
  const broken = mutated(
    fc.constantFrom(...fixtures.map((name) => JSON.parse(fixture(name)) as object)),
    fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('@loss', '$True', '%train', interpolated('a'), null, [], {}),
    ),
  );

  it('of anything at all, and of configs in which one place is another', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(anything, broken), (config) => {
        const reads = [
          () => readMonaiBundle(config, { context }),
          () => readHydra(config, { at: 'loss', context }),
          () => readKeras(config, context),
          () => readNnunet({ ...files, dataset: config }),
          () => readNnunet({ ...files, plans: config }),
        ];
        for (const read of reads) {
          const error = caught(() => importCall(read()));
          const name = error instanceof Error ? error.name : 'none';
          expect(['none', 'ConfigError', 'PeerError'], String(error)).toContain(name);
          seen.add(name);
        }
      }),
      { numRuns: 400, seed: 9 },
    );
    expect(seen.size).toBeGreaterThan(1);
  });
});

function caught(read: () => unknown): unknown {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
}
