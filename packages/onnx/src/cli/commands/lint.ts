import { shown } from '@softdice/core';
import { type LintFinding, lint as linted, type Setting } from '@softdice/core/lint';
import { type Answer, type Command, textOf } from '../command.js';
import { lossDoc, lossOptions } from '../loss-options.js';
import { lossSubject } from '../loss-subject.js';
import { positiveNumber, wholeNumber } from '../numbers.js';
import { type Style, styleOf } from '../style.js';

/** Finds what is wrong with a loss. */
export const lint: Command = {
  name: 'lint',
  summary: 'find what is wrong with a loss or with how it is used',
  details:
    'Finds what is wrong with a loss or with how it is used. Exits with 1 where something was found; what only an unknown fact could tell does not count.',
  arguments: [{ name: '[loss]', doc: lossDoc }],
  options: [
    ...lossOptions,
    {
      flags: '--network <emits>',
      doc: 'what the network emits',
      choices: ['logits', 'softmax', 'sigmoid'],
    },
    {
      flags: '--target <kind>',
      doc: 'what the targets are',
      choices: ['exclusive', 'multilabel', 'soft'],
    },
    {
      flags: '--absent <when>',
      doc: 'whether a sample can lack a class',
      choices: ['never', 'sometimes'],
    },
    { flags: '--smallest <voxels>', doc: 'voxels of the smallest structure that matters' },
  ],
  examples: [
    'lint dice:smoothing.numerator=1 --network softmax --smallest 50',
    'lint loss.json --channels 4 --json',
    'lint --config monai-bundle train.json',
  ],
  act: async ([word], options, host): Promise<Answer> => {
    const { subject } = await lossSubject(word, options, host);
    const [network, target, absent] = ['network', 'target', 'absent'].map((name) =>
      textOf(options, name),
    );
    const channels = wholeNumber(options, 'channels');
    const smallest = positiveNumber(options, 'smallest');
    const setting = {
      ...(network === undefined ? {} : { network }),
      ...(target === undefined ? {} : { target }),
      ...(absent === undefined ? {} : { absent }),
      ...(channels === undefined ? {} : { channels }),
      ...(smallest === undefined ? {} : { smallest }),
    };
    const findings = linted(subject, setting as Setting);
    const text = findings.map((finding) => findingText(finding, styleOf(host))).join('\n\n');
    const passed = findings.every(({ severity }) => severity === 'check');
    return { json: findings, text: text === '' ? 'Nothing was found.' : text, passed };
  },
};

function findingText(finding: LintFinding, style: Style): string {
  const { number, severity, title, term, level, reason, consequence, fix } = finding;
  const where = [
    ...(term === undefined ? [] : [`term ${shown(term)}`]),
    ...(level === undefined ? [] : [`level ${level}`]),
  ].join(', ');
  const head = `${number} ${severity}: ${title}${where === '' ? '' : ` (${where})`}`;
  const short = (value: number | string): number | string =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value;
  const values = consequence?.values.map(({ of, value }) => `${of} ${short(value)}`).join(', ');
  return [
    severity === 'check' ? head : style.bad(head),
    `  ${reason}`,
    ...(consequence === undefined ? [] : [`  ${consequence.example}: ${values}`]),
    `  fix: ${fix}`,
  ].join('\n');
}
