import {
  combine,
  crossEntropy,
  deepSupervision,
  dice,
  generalizedDice,
  jaccard,
  type LossSpec,
  levelWeights,
  logCoshDice,
  softDice,
  tversky,
} from '@softdice/core';
import { type Conversion, convert } from '@softdice/core/convert';
import { diff } from '@softdice/core/diff';
import { fromPeer, importCall, type PeerLibraryName, peerClasses } from '@softdice/core/peers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentValues } from '../peers/argument-arbitrary.js';
import { goldenCases } from '../peers/golden-case.js';
import { contextOf } from '../peers/imported-case.js';

const context = { channels: 3, rank: 2 };
const classes = { target: 'labels', activation: 'softmax' } as const;

/** The call that was found. */
function found(conversion: Conversion): Extract<Conversion, { readonly found: true }>['call'] {
  if (!conversion.found) throw new TypeError(conversion.reason);
  return conversion.call;
}

describe('a spec in another library', () => {
  it.each([
    ['monai', dice(classes), 'DiceLoss', { to_onehot_y: true, softmax: true }],
    [
      'monai',
      jaccard({
        ...classes,
        classes: 'foreground',
        smoothing: { numerator: 0.5, denominator: 0.5 },
      }),
      'DiceLoss',
      {
        include_background: false,
        to_onehot_y: true,
        softmax: true,
        jaccard: true,
        smooth_nr: 1,
        smooth_dr: 1,
      },
    ],
    [
      'monai',
      tversky({ ...classes, alpha: 0.3, beta: 0.7 }),
      'TverskyLoss',
      { to_onehot_y: true, softmax: true, alpha: 0.3, beta: 0.7 },
    ],
    ['monai', softDice({ activation: 'sigmoid' }), 'DiceLoss', { sigmoid: true, soft_label: true }],
    [
      'monai',
      generalizedDice(classes),
      'GeneralizedDiceLoss',
      { to_onehot_y: true, softmax: true },
    ],
    [
      'monai',
      combine([
        [0.5, dice(classes)],
        [2, crossEntropy(classes)],
      ]),
      'DiceCELoss',
      { to_onehot_y: true, softmax: true, lambda_dice: 0.5, lambda_ce: 2 },
    ],
    [
      'nnunet',
      combine([
        [
          1,
          dice({
            ...classes,
            per: 'batch',
            classes: 'foreground',
            transform: 'negative',
            smoothing: { numerator: 1e-5, denominator: 1e-5, floor: 1e-8 },
          }),
        ],
        [1, crossEntropy(classes)],
      ]),
      'DC_and_CE_loss',
      { soft_dice_kwargs: { batch_dice: true, do_bg: false, smooth: 1e-5 } },
    ],
    [
      'smp',
      tversky({
        ...classes,
        counting: 'minimum',
        per: 'batch',
        alpha: 0.3,
        beta: 0.7,
        absent: 'zero',
        smoothing: { numerator: 0, denominator: 0, floor: 1e-7 },
        power: { reduced: 1, floor: 0 },
      }),
      'TverskyLoss',
      { mode: 'multiclass', alpha: 0.3, beta: 0.7 },
    ],
    [
      'keras',
      dice({ per: 'everything', smoothing: { numerator: 0, denominator: 1e-7 } }),
      'Dice',
      {},
    ],
  ] as const)('%s: %#', (library, spec, className, args) => {
    const call = found(convert(spec as LossSpec, library, context));
    expect(call).toMatchObject({ library, className, args });
    const { kind } = importCall(call);
    expect(kind).toBe('loss');
    expect(diff(call, spec as LossSpec).verdict).toBe('equal');
  });

  it('has levels by a wrapper', () => {
    const call = found(
      convert(deepSupervision(dice(classes), levelWeights.exp(3)), 'monai', context),
    );
    expect(call).toMatchObject({
      className: 'DeepSupervisionLoss',
      args: { loss: { class: 'DiceLoss', args: { softmax: true } }, weights: [1, 0.5, 0.25] },
    });
    const given = deepSupervision(
      {
        ...dice({
          ...classes,
          transform: 'negative',
          smoothing: { numerator: 1, denominator: 1, floor: 1e-8 },
        }),
      },
      [0.75, 0.25],
      { targets: 'given' },
    );
    expect(found(convert(given, 'nnunet', context)).className).toBe('DeepSupervisionWrapper');
  });

  it('or there is none, and the nearest says what differs', () => {
    const none = convert(logCoshDice(classes), 'monai', context);
    expect(none).toMatchObject({
      found: false,
      reason:
        "nearest is DiceLoss, which has terms.overlap.transform.kind 'complement' instead of 'log-cosh'",
      nearest: { call: { className: 'DiceLoss', args: { to_onehot_y: true, softmax: true } } },
    });
    expect(convert(dice({ ...classes, absent: 'skip' }), 'smp', context).found).toBe(false);
    const many = [
      { weight: 1, loss: dice(classes) },
      { weight: 1, loss: jaccard(classes) },
    ];
    expect(convert({ levels: many }, 'monai', context).found).toBe(false);
    // Soft targets are more than labels can hold.
    const soft = convert(dice({ target: 'soft', activation: 'softmax' }), 'nnunet', context);
    expect(soft.found && importCall(soft.call).spec).not.toMatchObject({
      target: { kind: 'labels' },
    });
  });
});

describe("a library's own loss", () => {
  const files: readonly (readonly [PeerLibraryName, string])[] = [
    ...['dice', 'dice_ce', 'tversky', 'masked_dice', 'generalized_dice'].map(
      (name) => ['monai', `monai.${name}`] as const,
    ),
    ['nnunet', 'nnunet.soft_dice'],
    ['nnunet', 'nnunet.dc_and_ce'],
    ['smp', 'smp.dice'],
    ['smp', 'smp034.tversky'],
    ['smp', 'smp.focal'],
    ['keras', 'keras.dice'],
    ['keras', 'keras.tversky'],
  ];

  it.each(files)('%s is found again: %s', (library, name) => {
    const cases = goldenCases(name);
    // A few of many, spread over the file.
    const chosen = cases.filter((_, at) => at % Math.ceil(cases.length / 3) === 0);
    let done = 0;
    for (const golden of chosen) {
      const { target: _, ...rest } = contextOf(golden);
      const peer = attempted(() =>
        fromPeer(library, golden.callable, golden.args, contextOf(golden)),
      );
      if (peer?.kind !== 'loss') continue;
      const call = found(convert(peer.spec, library, rest));
      const again = importCall(call);
      expect(again.kind === 'loss' && diff(again.spec, peer.spec, { draws: 0 }).verdict).toBe(
        'equal',
      );
      done += 1;
    }
    expect(done).toBeGreaterThan(0);
  });

  it('is found again for any arguments (20 random ones)', () => {
    const drawn = fc
      .record({
        chosen: fc.constantFrom(
          ...peerClasses.filter(({ arguments: table }) => !('loss' in table)),
        ),
        context: fc.record({
          channels: fc.integer({ min: 1, max: 3 }),
          rank: fc.constantFrom(2, 3),
        }),
      })
      .chain(({ chosen, context: own }) =>
        fc.tuple(
          fc.constant(chosen),
          argumentValues(chosen.arguments, own.channels),
          fc.constant(own),
        ),
      );
    let done = 0;
    fc.assert(
      fc.property(drawn, ([{ library, name }, args, own]) => {
        const peer = attempted(() => fromPeer(library, name, args, own));
        if (done === 20 || peer?.kind !== 'loss') return;
        const again = importCall(found(convert(peer.spec, library, own)));
        expect(again.kind === 'loss' && diff(again.spec, peer.spec, { draws: 0 }).verdict).toBe(
          'equal',
        );
        done += 1;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(done).toBe(20);
  });

  it('is found again by its defaults, for every class that has them', () => {
    const without = peerClasses.filter(({ arguments: table }) => !('loss' in table));
    for (const { library, name } of without) {
      const peer = attempted(() => fromPeer(library, name, {}, { channels: 2, rank: 2 }));
      if (peer?.kind !== 'loss') continue;
      const call = found(convert(peer.spec, library, { channels: 2, rank: 2 }));
      expect(diff(importCall(call).spec as LossSpec, peer.spec, { draws: 0 }).verdict).toBe(
        'equal',
      );
    }
  });
});

function attempted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
