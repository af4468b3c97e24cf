import { deepSupervision, dice, levelWeights, parseSpec } from '@softdice/core';
import { type Lintable, type LintFinding, lint, type Setting } from '@softdice/core/lint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specs } from '../arbitraries/spec.js';
import { mutated, oddJson } from '../core/mutations.js';
import { table } from '../explain/warning-examples.js';
import { claims } from './claims.js';
import type { Labelled } from './labelled.js';
import { labelledPeers } from './labelled-peers.js';
import { labelledSpecs } from './labelled-specs.js';

const all: readonly Labelled[] = [...labelledSpecs, ...labelledPeers];

const numbers = (findings: readonly LintFinding[]): readonly string[] =>
  findings.map(({ number }) => number).toSorted();
const order = (list: readonly string[]): readonly string[] => list.toSorted();

const settings = fc.record(
  {
    network: fc.constantFrom('logits', 'softmax', 'sigmoid'),
    target: fc.constantFrom('exclusive', 'multilabel', 'soft'),
    smallest: fc.constantFrom(1, 10, 1000),
    absent: fc.constantFrom('never', 'sometimes'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Setting>;

/** Texts and values as they are promised. */
function expectWellFormed(findings: readonly LintFinding[]): void {
  for (const { number, title, severity, reason, fix, consequence } of findings) {
    expect(number).toMatch(/^L[1-9]\d*$/);
    expect(title).not.toBe('');
    expect(['high', 'low', 'check']).toContain(severity);
    expect(reason).toMatch(/\.$/);
    expect(fix).not.toMatch(/\.$/);
    expect(JSON.parse(JSON.stringify(consequence ?? null))).toEqual(consequence ?? null);
  }
}

describe('the labelled losses', () => {
  it.each(all.map((one) => [one.name, one] as const))('%s', (_, labelled) => {
    const findings = lint(labelled.subject, labelled.setting);
    expect(numbers(findings)).toEqual(order(labelled.expected));
    expectWellFormed(findings);
    for (const { number, consequence } of findings) {
      const holds = claims[number];
      if (holds === undefined) expect(consequence).toBeUndefined();
      else
        expect(holds(consequence?.values.map(({ value }) => Number(value)) ?? []), number).toBe(
          true,
        );
    }
  });

  it('are right and wrong ones, and every number is among them', () => {
    expect(all.filter(({ expected }) => expected.length === 0).length).toBeGreaterThan(40);
    expect(all.filter(({ expected }) => expected.length > 0).length).toBeGreaterThan(60);
    const found = new Set(all.flatMap(({ expected }) => expected));
    expect([...found].toSorted()).toEqual(
      Array.from({ length: 34 }, (_, at) => `L${at + 1}`).toSorted(),
    );
  });
});

describe('lint', () => {
  it('measures every warning of explain, in the words of explain', () => {
    const setting: Readonly<Record<string, Setting>> = { W4: { channels: 1 } };
    for (const [warning, { with: having }] of Object.entries(table)) {
      const found = having.flatMap((spec) => lint(spec, setting[warning]));
      const own = found.filter((one) => one.warning === warning);
      expect(own.length, warning).toBeGreaterThan(0);
      expect(new Set(own.map(({ number }) => number)).size, warning).toBe(1);
      for (const { consequence } of own) expect(consequence, warning).toBeDefined();
    }
  });

  it('gives the worst first, and a level only where levels differ', () => {
    const [first, second] = [dice({ activation: 'softmax' }), dice()];
    const both = {
      levels: [
        { weight: 1, loss: first },
        { weight: 0.5, loss: second },
      ],
    };
    expect(lint(both).map(({ number, level }) => [number, level])).toEqual([['L2', 1]]);
    const same = deepSupervision(second, levelWeights.exp(2));
    expect(lint(same).map(({ number, level }) => [number, level])).toEqual([['L2', undefined]]);
    const worst = lint(dice({ target: 'soft', smoothing: { numerator: 2 } }));
    expect(worst.map(({ severity }) => severity)).toEqual(['high', 'low', 'low', 'check']);
  });

  it('refuses a setting that is none', () => {
    expect(() => lint(dice(), { channels: 0 })).toThrow('Invalid setting.channels');
  });

  it('takes any loss in any setting (100 random ones)', () => {
    const drawn = fc
      .integer({ min: 1, max: 3 })
      .chain((channels) => fc.tuple(specs(channels, undefined, 2), settings));
    fc.assert(
      fc.property(drawn, ([spec, setting]) => {
        const findings = lint(spec, setting);
        expectWellFormed(findings);
        expect(numbers(findings).filter((number) => number === 'L30' || number === 'L31')).toEqual(
          [],
        );
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('finds what the parser refuses, and throws for nothing', () => {
    const valid = fc.integer({ min: 1, max: 3 }).chain((channels) => specs(channels));
    const odd = fc.oneof(fc.jsonValue(), fc.anything(), mutated(valid, oddJson));
    let refused = 0;
    fc.assert(
      fc.property(odd, (json) => {
        const findings = lint(json as Lintable);
        expectWellFormed(findings);
        const accepted = accepts(json);
        if (!accepted) refused += 1;
        expect(findings.some(({ number }) => number === 'L30' || number === 'L31')).toBe(!accepted);
      }),
      { numRuns: 300, seed: 6 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('finds what importers refuse, and throws for nothing', () => {
    const any = fc.oneof(fc.jsonValue(), fc.anything());
    const calls = fc.record(
      {
        library: fc.oneof(fc.constantFrom('monai', 'nnunet', 'smp', 'keras', '__proto__'), any),
        className: fc.oneof(fc.constantFrom('DiceLoss', 'Dice', 'DC_and_CE_loss', 'toString'), any),
        args: fc.oneof(fc.constant({}), fc.dictionary(fc.string(), any), any),
        context: fc.oneof(fc.constant({ channels: 2, rank: 2 }), any),
      },
      { requiredKeys: ['library'] },
    );
    fc.assert(
      fc.property(calls, (odd) => {
        expectWellFormed(lint(odd as unknown as Lintable));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

function accepts(json: unknown): boolean {
  try {
    parseSpec(json);
    return true;
  } catch {
    return false;
  }
}
