import { checkAttached } from '../check/check-attached.js';
import { checkExported } from '../check/check-exported.js';
import type { CheckedCase } from '../check/checked-case.js';
import { checkedModel } from '../check/checked-model.js';
import type { Difference } from '../check/judged.js';
import { loadRuntime } from '../check/runtime.js';
import type { Answer, Command } from '../command.js';
import { numbersByName, positiveNumber, wholeNumber } from '../numbers.js';
import { type Style, styleOf } from '../style.js';
import { textTable } from '../text-table.js';

/** What an output may be off by, relative to its scale, by the element type of the prediction. */
const tolerances = { float16: 2e-3, float32: 1e-5, float64: 1e-10 } as const;

/** Runs a model against the reference. */
export const check: Command = {
  name: 'check',
  summary: 'run a model in onnxruntime against the float64 reference',
  details:
    'Runs the loss in a model in onnxruntime on random and degenerate inputs, and compares loss, gradient, scores and statistics with the float64 reference. A model to which a loss was attached is run on random inputs of its own, and its loss judged on its own prediction. Needs onnxruntime-node. Exits with 1 where a difference is larger than the tolerance.',
  arguments: [{ name: '<model>', doc: 'a .onnx file that export or attach wrote' }],
  options: [
    {
      flags: '--tolerance <number>',
      doc: 'largest difference, relative to the scale of an output (default: 1e-5; 2e-3 for float16, 1e-10 for float64)',
    },
    { flags: '--channels <n>', doc: 'channels of the prediction, where the loss leaves them open' },
    {
      flags: '--size <n>',
      doc: 'size of the axes that an attached model leaves open (default: 16)',
    },
    {
      flags: '--input <name=number...>',
      doc: 'what inputs of a network are filled with; others are random, or 0 where they are integers',
    },
    { flags: '--random <n>', doc: 'number of random inputs (default: 5)' },
    { flags: '--seed <n>', doc: 'other random inputs (default: 1)' },
  ],
  examples: [
    'check dice.onnx',
    'check trained.onnx --size 32 --json',
    'check loss.onnx --channels 14 --seed 7',
  ],
  act: async ([path = ''], options, host): Promise<Answer> => {
    const bytes = await host.readFile(path);
    const model = checkedModel(bytes);
    const ort = await loadRuntime();
    const tolerance = positiveNumber(options, 'tolerance') ?? tolerances[model.dtype];
    const progress = (done: number, all: number): void => {
      if (host.watched) host.tell(`\r${done} of ${all} inputs${done === all ? '\r\u001b[K' : ''}`);
    };
    const setting = {
      seed: wholeNumber(options, 'seed') ?? 1,
      randomCases: wholeNumber(options, 'random') ?? 5,
      size: wholeNumber(options, 'size') ?? 16,
      channels: wholeNumber(options, 'channels'),
      filled: numbersByName(options, 'input'),
      progress,
    };
    const cases = model.attached
      ? await checkAttached(ort, path, bytes, model, setting)
      : await checkExported(ort, path, model, setting);
    return answerOf(path, cases, tolerance, styleOf(host));
  },
};

function answerOf(
  path: string,
  cases: readonly CheckedCase[],
  tolerance: number,
  { good, bad }: Style,
): Answer {
  const fails = ({ difference }: Difference): boolean => !(difference <= tolerance);
  const judged = cases.map(({ name, differences }) => ({
    name,
    passed: !differences.some(fails),
    differences: differences.map((each) => ({
      output: each.output,
      difference: finite(each.difference),
      expected: finite(each.expected),
      received: finite(each.received),
    })),
  }));
  const passed = judged.every((each) => each.passed);
  const outputs = cases[0]?.differences.map(({ output }) => output) ?? [];
  const rows = cases.map(({ name, differences }) => [
    name,
    ...differences.map((each) => `${each.difference.toExponential(1)}${fails(each) ? ' !' : ''}`),
  ]);
  const failed = cases.flatMap(({ name, differences }) =>
    differences
      .filter(fails)
      .map(
        ({ output, expected, received }) =>
          `${name}: ${output} is ${received} where the reference has ${expected}`,
      ),
  );
  const count = judged.filter((each) => !each.passed).length;
  const verdict = passed
    ? good(`${path}: right on ${cases.length} inputs within ${tolerance}`)
    : bad(`${path}: wrong on ${count} of ${cases.length} inputs`);
  const table = textTable(['largest difference', ...outputs], rows);
  return {
    json: { passed, tolerance, cases: judged },
    text: [...table, ...failed, verdict].join('\n'),
    passed,
  };
}

/** JSON has no word for what is no finite number. */
function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
