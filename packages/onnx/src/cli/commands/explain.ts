import { type Explanation, explain as explained, levelsPlanOf, planOf } from '@softdice/core';
import type { Answer, Command } from '../command.js';
import { lossDoc, lossOptions } from '../loss-options.js';
import { lossOf, singleLoss } from '../loss-source.js';
import { styleOf } from '../style.js';

/** Says what a loss is. */
export const explain: Command = {
  name: 'explain',
  summary: 'say what a loss is: formula, bounds, gradient, warnings',
  details:
    'Says what a loss is and does: its formula, bounds and minimiser, what its gradient does, what an absent class gives, what to look out for.',
  arguments: [{ name: '[loss]', doc: lossDoc }],
  options: [
    ...lossOptions,
    { flags: '--latex', doc: 'print the formula as LaTeX, and nothing else' },
    { flags: '--spec', doc: 'print the loss as JSON with every default, and nothing else' },
  ],
  examples: [
    'explain dice:activation=softmax,classes=foreground',
    'explain model.onnx --json',
    'explain tversky:alpha=0.3,beta=0.7 --spec > loss.json',
    'explain --from monai DiceLoss softmax=true to_onehot_y=true --channels 4',
  ],
  act: async ([word], options, host): Promise<Answer> => {
    const loss = await lossOf(word, options, host);
    const { source, notes } = loss;
    if (options['spec'] === true) {
      const complete = 'levels' in loss.spec ? levelsPlanOf(loss.spec) : planOf(loss.spec);
      for (const note of notes) host.tell(`note: ${note}\n`);
      return { json: complete, text: JSON.stringify(complete, undefined, 2), passed: true };
    }
    const spec = planOf(singleLoss(loss));
    const explanation = explained(spec);
    const json = { source, notes, spec, ...explanation };
    if (options['latex'] === true) {
      return { json, text: explanation.formula.latex, passed: true };
    }
    const text = [
      ...notes.map((note) => `note: ${note}`),
      ...sections(explanation).map(([title, body]) => {
        const lines = body.split('\n').map((line) => `  ${line}`);
        return [styleOf(host).strong(title), ...lines].join('\n');
      }),
    ].join('\n\n');
    return { json, text, passed: true };
  },
};

/** What there is to say, under titles. */
function sections({
  formula,
  bounds,
  minimiser,
  gradient,
  absent,
  emptyPrediction,
  relations,
  warnings,
  sources,
  sweeps,
}: Explanation): readonly (readonly [title: string, body: string])[] {
  const size = (value: number): string => String(Number(value.toPrecision(4)));
  const measured = (what: string, loss: number, slope: number): string =>
    `${what}: loss ${size(loss)}, gradient ${size(slope)}`;
  const list: readonly (readonly [string, string])[] = [
    ['Formula', formula.text],
    ['Bounds', `${bounds.least ?? 'none'} to ${bounds.most ?? 'none'}, ${bounds.note}`],
    ['Least where', `hard targets: ${minimiser.hard}\nsoft targets: ${minimiser.soft}`],
    [
      'Gradient',
      [
        `t = 1: ${gradient.inside}`,
        `t = 0: ${gradient.outside}`,
        `${gradient.where}`,
        `${gradient.cell}`,
        `${gradient.prediction}`,
      ].join('\n'),
    ],
    [
      'An absent class',
      [
        absent.example,
        measured('predicted nowhere', absent.predictedEmpty.loss, absent.predictedEmpty.gradient),
        measured('predicted by half', absent.predictedHalf.loss, absent.predictedHalf.gradient),
      ].join('\n'),
    ],
    [
      'A prediction of nothing',
      `${emptyPrediction.example}\n${measured('so', emptyPrediction.loss, emptyPrediction.gradient)}`,
    ],
    ['Passes over the voxels', String(sweeps)],
    ['Relations', relations.join('\n')],
    [
      'Warnings',
      warnings
        .map(({ number, severity, term, reason, fix }) => {
          const where = term === undefined ? '' : ` (${term})`;
          return `${number} ${severity}${where}: ${reason}; ${fix}`;
        })
        .join('\n'),
    ],
    ['Sources', sources.join('\n')],
  ];
  return list.filter(([, body]) => body !== '');
}
