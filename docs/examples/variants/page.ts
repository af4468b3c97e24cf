import { docOf, explain, planOf } from '@softdice/core';
import { cell } from './cell.js';
import { termKinds } from './choices.js';
import { drawable } from './drawable.js';
import { presets } from './named.js';
import { parametersOf } from './parameters.js';
import type { Choice, TermKind, Variant } from './variant.js';

const opening = `# Variants

Every word of a loss spec, and every preset: formula, parameters, source, where it is least for soft
labels, bounds, what an absent class does, and a picture. \`npm run variants\` writes this page from
the schema and from \`explain\`; the pictures come from the float64 reference.

The pictures show a loss over two channels, background and one class, on an image of 5 × 5 voxels in
which the class is a line of three. Left the loss, right its gradient with respect to the prediction
of the class, summed over the voxels that are predicted as x. Values far beyond the others are cut
off. Where a loss has an activation, x is the logit of the class.

Sweeps are the passes over the voxels for loss and gradient together.
`;

/** docs/variants.md. */
export function page(): string {
  return [
    opening,
    '## Presets',
    '',
    ...tableOf(presets),
    ...presets.flatMap((preset) => sectionOf(preset, '###')),
    ...termKinds.flatMap(termSection),
  ].join('\n');
}

function termSection({ kind, standard, choices }: TermKind): readonly string[] {
  return [`## Term: ${kind}`, '', ...described(standard), ...choices.flatMap(choiceSection)];
}

function choiceSection({ path, docs, standard, variants }: Choice): readonly string[] {
  const usual = standard === undefined ? 'It must be given.' : `Default: \`${standard}\`.`;
  return [
    `### \`${path}\``,
    '',
    `${docOf(docs)} ${usual}`,
    '',
    ...variants.flatMap((variant) => sectionOf(variant, '####')),
  ];
}

function sectionOf(variant: Variant, heading: string): readonly string[] {
  return [`${heading} \`${variant.title}\``, '', ...described(variant)];
}

function described(variant: Variant): readonly string[] {
  const { docs, parameters } = variant;
  return [
    docOf(docs),
    '',
    ...(parameters === undefined ? [] : parametersOf(parameters, docs)),
    ...facts(variant),
  ];
}

/** What {@link explain} says, and the picture. */
function facts({ title, slug, spec }: Variant): readonly string[] {
  const { formula, bounds, minimiser, absent, sweeps, sources } = explain(drawable(spec));
  const bound = (value: number | null): string => (value === null ? 'no bound' : short(value));
  const { predictedEmpty: empty, predictedHalf: half } = absent;
  const rows = [
    ['bounds', `${bound(bounds.least)} to ${bound(bounds.most)}`],
    ['soft labels', minimiser.soft],
    ['absent class', `predicted empty: ${measured(empty)}; p = 0.5 everywhere: ${measured(half)}`],
    ['sweeps', String(sweeps)],
    ['source', sources.length === 0 ? 'none of its own' : sources.join('; ')],
  ];
  return [
    '```text',
    formula.text,
    '```',
    '',
    '| | |',
    '| --- | --- |',
    ...rows.map(([name = '', text = '']) => `| ${name} | ${cell(text)} |`),
    '',
    `![Loss and gradient of ${title} over the prediction](pictures/variants/${slug}.svg)`,
    '',
  ];
}

function measured({
  loss,
  gradient,
}: {
  readonly loss: number;
  readonly gradient: number;
}): string {
  return `loss ${short(loss)}, gradient ${short(gradient)}`;
}

function tableOf(variants: readonly Variant[]): readonly string[] {
  const rows = variants.map(({ title, docs, spec }) => {
    const kinds = planOf(spec).terms.map(({ kind }) => kind);
    return `| \`${title}\` | ${cell(docOf(docs))} | ${kinds.join(' + ')} |`;
  });
  return ['| preset | what it is | terms |', '| --- | --- | --- |', ...rows, ''];
}

/** Three digits: the rest is in the reference. */
function short(value: number): string {
  const size = Math.abs(value);
  const text = value.toPrecision(3);
  return size !== 0 && (size < 1e-3 || size >= 1e5)
    ? Number(text).toExponential()
    : String(Number(text));
}
