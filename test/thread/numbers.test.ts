import { score } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { backends } from '../../docs/examples/thread/backends.js';
import { formulas } from '../../docs/examples/thread/formulas.js';
import { digits } from '../../docs/examples/thread/number-text.js';
import { reasonOf } from '../../docs/examples/thread/report.js';
import { compiledOf } from './agreement.js';

const answers = formulas.flatMap(({ letter, inputs, answers }) =>
  answers.map((answer) => ({ name: `${letter}: ${answer.formula}`, inputs, answer })),
);

describe('the numbers of the page', () => {
  it('are of inputs that float32 holds', () => {
    for (const { inputs } of formulas) {
      for (const { data } of [inputs.prediction, inputs.target]) {
        expect(Array.from(data, Math.fround)).toEqual(Array.from(data));
      }
    }
  });

  it.each(answers)('$name', async ({ answer, inputs }) => {
    switch (answer.kind) {
      case 'refused':
        expect(reasonOf(answer.json)).toBe(answer.expected);
        return;
      case 'metric':
        expect(digits(score(answer.metric, inputs).data)).toBe(answer.expected);
        return;
      case 'loss': {
        const outcomes = [];
        for (const { run } of backends) outcomes.push(await run(answer.spec, inputs));
        const [reference, ...others] = outcomes;
        if (reference === undefined) throw new RangeError('no backend');
        expect(digits(reference.loss)).toBe(answer.expected);
        const { prediction, target } = inputs;
        const compiled = compiledOf(answer.spec, {
          prediction: { ...prediction, data: Array.from(prediction.data) },
          target: { ...target, data: Array.from(target.data) },
        });
        expect(digits(compiled.loss)).toBe(answer.expected);
        for (const other of others) {
          for (const what of ['loss', 'scores', 'gradient'] as const) {
            expect(other[what].length).toBe(reference[what].length);
            other[what].forEach((value, at) => {
              // A few units in the last place of float32, at values of at most 3.
              expect(Math.abs(value - (reference[what][at] ?? Number.NaN))).toBeLessThan(1e-6);
            });
          }
        }
      }
    }
  });
});
