import { formulas } from './formulas.js';
import { mistakes } from './mistakes.js';
import { sums } from './sums.js';
import type { Answer, Inputs, ThreadFormula } from './thread-formula.js';

const opening = `# The thread, answered

This project began with a public thread,
[Lasagne/Recipes issue 99](https://github.com/Lasagne/Recipes/issues/99). One loss, the Dice
coefficient, was ported there by hand to Theano, Keras, NumPy and Caffe. Each question of the thread
has its answer here: one line and one number.

\`\`\`sh
npm run thread         # all answers, from three backends
npm run thread -- a    # one of them
\`\`\`

Every line is a preset or a function of \`@softdice/core\` or \`@softdice/reference\`, and what a preset
returns is JSON. In the formulas, I, P and T are the sums of p t, p and t: p is the prediction, t the
target. The numbers are those of the float64 reference; tfjs and onnxruntime print the same to about
seven digits, for they compute in float32. Inputs are a few numbers, in
[inputs.ts](examples/thread/inputs.ts); their sums stand beside each loss, for a check by hand.
[test/thread](../test/thread) computes every loss again with plain loops, value and gradient, on
random inputs, to 1e-12.

This page is written by \`npm run thread -- --write\`.
`;

/** docs/thread.md. */
export function page(): string {
  const ways = mistakes.map(
    ({ name, wrong, here }, at) => `${at + 1}. **${name}.** ${wrong}\n\n   *Here:* ${here}\n`,
  );
  return [
    opening,
    ...formulas.map(section),
    '## Five ways in which a port by hand goes wrong\n',
    ...ways,
  ].join('\n');
}

function section(formula: ThreadFormula): string {
  const { letter, title, question, answer, inputs, answers } = formula;
  return [
    `## ${letter}. ${title}\n`,
    `*Asked:* ${question}\n`,
    `*Answer:* ${answer}\n`,
    ...answers.map((each) => block(each, inputs)),
    `Inputs: ${inputs.are}. To reproduce: \`npm run thread -- ${letter}\`\n`,
  ].join('\n');
}

function block(answer: Answer, inputs: Inputs): string {
  const { formula, line } = answer;
  return `\`${formula}\`:\n\n\`\`\`ts\n${line}\n\`\`\`\n\n${outcome(answer, inputs)}\n`;
}

function outcome(answer: Answer, inputs: Inputs): string {
  const numbers = answer.expected.replaceAll(' ', ', ');
  switch (answer.kind) {
    case 'loss':
      return `Loss: **${numbers}**, from the sums ${sums(answer.spec, inputs)}`;
    case 'metric':
      return `Scores: **${numbers}**`;
    case 'refused':
      return `Refused:\n\n\`\`\`text\n${answer.expected}\n\`\`\``;
  }
}
