import { describe, expect, test } from 'vitest';
import type { LevelsTarget } from '../conformance/target.js';
import { agreement, expectedDifference } from './agreement.js';
import { peerLoss } from './builders.js';
import { deviationOf } from './deviations.js';
import { goldenCases, goldenNames } from './golden-case.js';

/** Every golden case by one judge: value and gradient as the peer has them, or a listed deviation. */
export function peerSuite(judge: LevelsTarget): void {
  describe.each(goldenNames)(`%s by ${judge.name}`, (name) => {
    test.each(goldenCases(name))('$id', async (golden) => {
      const loss = peerLoss(golden);
      const deviation = deviationOf(golden.id);
      if ('notOurs' in loss) {
        expect(deviation, loss.notOurs).toMatchObject({
          differs: 'no spec says it',
          reason: loss.notOurs,
        });
        return;
      }
      const deviates = deviation !== undefined;
      expect(deviation?.differs, 'a spec says it').not.toBe('no spec says it');
      const { value, gradient, errors } = await agreement(golden, loss, judge, deviates);
      const args = JSON.stringify(golden.args);
      const message = `${args}: errors of value and gradient ${errors}; ${golden.kink ?? 'no kink'}`;
      expect({ value, gradient }, message).toEqual(expectedDifference(golden, deviation, judge));
    });
  });
}
