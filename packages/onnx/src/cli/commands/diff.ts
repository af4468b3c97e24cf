import { diff as compared, type Diff, type DiffTensor, type Worth } from '@softdice/core/diff';
import type { Answer, Command } from '../command.js';
import { contextOptions, lossDoc } from '../loss-options.js';
import { singleLoss, wordLoss } from '../loss-source.js';
import { wholeNumber } from '../numbers.js';
import { type Style, styleOf } from '../style.js';

/** Compares two losses. */
export const diff: Command = {
  name: 'diff',
  summary: 'tell whether two losses are the same, and where they differ',
  details:
    'Compares two losses, values and gradients, on all inputs that both take: proves them equal, or shows a small input on which they differ and conditions under which they do not. Exits with 1 where they differ.',
  arguments: [
    { name: '<a>', doc: lossDoc },
    { name: '<b>', doc: 'the other one, in the same words' },
  ],
  options: [
    ...contextOptions,
    { flags: '--draws <n>', doc: 'how many random inputs are tried (default: 300)' },
    { flags: '--seed <n>', doc: 'other random inputs (default: 1)' },
  ],
  examples: [
    'diff dice tversky',
    'diff old.json new.json --json',
    'diff dice:activation=softmax,target=labels monai:DiceLoss:softmax=true,to_onehot_y=true --channels 4',
  ],
  act: async ([a = '', b = ''], options, host): Promise<Answer> => {
    const [one, other] = [await wordLoss(a, options, host), await wordLoss(b, options, host)];
    for (const note of [...one.notes, ...other.notes]) host.tell(`note: ${note}\n`);
    const [draws, seed] = [wholeNumber(options, 'draws'), wholeNumber(options, 'seed')];
    const found = compared(singleLoss(one), singleLoss(other), {
      ...(draws === undefined ? {} : { draws }),
      ...(seed === undefined ? {} : { seed }),
    });
    const passed = found.verdict === 'equal' || found.verdict === 'no difference found';
    return { json: found, text: diffText(found, a, b, styleOf(host)), passed };
  },
};

function diffText(found: Diff, a: string, b: string, { good, bad }: Style): string {
  const domain = found.domain.length === 0 ? '' : `\nfor ${found.domain.join(', ')}`;
  switch (found.verdict) {
    case 'equal':
      return `${good('equal')}: the same ${found.proof}${domain}`;
    case 'no difference found':
      return `${good('no difference found')} on ${found.draws} random inputs${domain}`;
    case 'not comparable':
      return `${bad('not comparable')}: ${found.reason}`;
    case 'differ':
      return `${bad('differ')}${domain}\n${differenceText(found, a, b)}`;
  }
}

function differenceText(
  { counterexample, equalWhere, relation }: Extract<Diff, { readonly verdict: 'differ' }>,
  a: string,
  b: string,
): string {
  const { differs, a: one, b: other } = counterexample;
  const where =
    equalWhere === undefined
      ? []
      : [`no difference in ${equalWhere.draws} inputs with ${equalWhere.conditions.join(', ')}`];
  const follows =
    relation === undefined ? [] : [`on every input ${relation.text}, value = ${relation.value}`];
  return [
    `the ${differs}, for example for`,
    ...inputLines(one, other),
    `  a: ${worthText(one, differs)}  (${a})`,
    `  b: ${worthText(other, differs)}  (${b})`,
    ...where,
    ...follows,
  ].join('\n');
}

/** The inputs; those of the other loss too where it takes them in another way. */
function inputLines({ inputs }: Worth, other: Worth): readonly string[] {
  return (['prediction', 'target', 'mask'] as const).flatMap((name) => {
    const [own, its] = [tensorText(inputs[name]), tensorText(other.inputs[name])];
    if (own === its) return own === '' ? [] : [`  ${name} ${own}`];
    return [`  ${name} of a ${own || 'none'}`, `  ${name} of b ${its || 'none'}`];
  });
}

function tensorText(tensor: DiffTensor | undefined): string {
  return tensor === undefined
    ? ''
    : `[${tensor.data.map(short).join(', ')}] of shape [${tensor.shape.join(', ')}]`;
}

function worthText({ loss, gradient }: Worth, which: 'loss' | 'gradient'): string {
  return `${which} ${(which === 'loss' ? loss : gradient).map(short).join(', ')}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(8)));
}
