import { argumentCases, runLibraries } from './argument-cases.js';
import { goldenCases, goldenNames, metricNames } from './golden-case.js';
import { notYetJudged } from './not-judged.js';
import { lossStanding, metricStanding, type Standing } from './standing.js';

/** The judges, as their test files are named. */
const judges = ['reference', 'core', 'tfjs-cpu', 'tfjs-wasm', 'onnxruntime'] as const;

const head = `# The losses of other libraries, reproduced

Written by the tests (\`test/peers\`). Each case holds what a class of another library gave for its own
constructor arguments and inputs: its value and, where the library was run, its gradient in float64.
Cases from the tables of a library's own tests have the printed value alone. The importers of
\`@softdice/core/peers\` turn the arguments into a spec for MONAI, nnU-Net, segmentation_models.pytorch and
Keras, a builder of the tests for every other class; five judges evaluate that spec:

- \`reference\` and \`core\` (the interpreter of the program) in float64, which must agree with the library
  to 1e-10 of its largest number, or to the precision that it printed;
- \`tfjs-cpu\`, \`tfjs-wasm\` and \`onnxruntime\` in float32, which must agree within that and the error
  bound that follows from the case itself: the rounding of its inputs and of every operation.

A case that a judge does not reproduce fails the tests unless it is listed here, and so does an entry
of the list that no longer applies. Of a case that deviates, a float32 judge must agree with the
reference. A column of a judge counts the cases that it reproduces, value and gradient. *Gradients* are
the cases that have one, *loose* those whose float32 bound is above 1e-3 of the largest number, so that
float64 alone says much about them. Hard scores have no gradient, and the reference alone computes them.
`;

const notOurs = `## What is not ours

No spec says these, by design: Lovász, boundary, Hausdorff and instance losses, losses that give a value
per voxel, second derivatives, and gradients with respect to the target.
`;

/** What of the peers is reproduced, and every case that is not: a Markdown page. */
export function page(): string {
  const losses = goldenNames.flatMap((name) => goldenCases(name).map(lossStanding));
  const scores = metricNames.flatMap((name) => goldenCases(name).map(metricStanding));
  const standings = [...losses, ...scores];
  const libraries = grouped(standings, ({ golden }) => golden.peerVersion);
  const summary = ['', ...versions(libraries)];
  const sections = [...libraries].flatMap(([library, own]) => ['', ...section(library, own)]);
  const reproduced = (of: readonly Standing[]): number =>
    of.filter(({ group }) => group === 'reproduced').length;
  return [
    head,
    `${reproduced(losses)} of ${losses.length} cases of losses are reproduced by every judge, and`,
    `${reproduced(scores)} of ${scores.length} of hard scores by the reference.`,
    ...summary,
    ...sections,
    '',
    notOurs,
    ...(notYetJudged.length === 0 ? [] : ['', 'Losses that are not judged yet:', '']),
    ...notYetJudged.map(bullet),
    '',
  ].join('\n');
}

/** A row per version of a library; the cases of arguments are those of the importers' own tests. */
function versions(libraries: ReadonlyMap<string, readonly Standing[]>): readonly string[] {
  const drawn = grouped(
    runLibraries.flatMap((library) => argumentCases(library)),
    ({ context }) => releaseOf(context.version ?? ''),
  );
  const known = [...libraries.keys()].map(releaseOf);
  const rows = [...libraries].map(([library, own]) => {
    const count = (wanted: Standing['group']): number =>
      own.filter(({ group }) => group === wanted).length;
    return [
      library,
      own.length,
      count('reproduced'),
      count('deviating'),
      count('no spec'),
      drawn.get(releaseOf(library))?.length ?? '',
    ];
  });
  const others = [...drawn].flatMap(([release, cases]) =>
    known.includes(release) ? [] : [[release, '', '', '', '', cases.length]],
  );
  const titles = ['version', 'cases', 'reproduced', 'deviating', 'no spec', 'drawn arguments'];
  const rule = titles.map((_, at) => (at === 0 ? '---' : '---:'));
  return [
    ...[titles, rule, ...rows, ...others].map((row) => `| ${row.join(' | ')} |`),
    '',
    'Drawn arguments: cases of the same libraries, run with arguments drawn at random until every argument',
    'of every imported class had every kind of value ([peer-arguments.md](peer-arguments.md)); the reference',
    'reproduces each, value and gradient.',
  ];
}

/** A version without its commit and date. */
function releaseOf(version: string): string {
  return version.replace(/ \(.*$/, '');
}

function section(library: string, standings: readonly Standing[]): readonly string[] {
  const classes = grouped(standings, ({ golden }) => golden.callable);
  const rows = [...classes].map(([callable, own]) => rowOf(callable, own));
  const titles = ['class', 'cases', 'gradients', ...judges, 'loose', 'deviating', 'no spec'];
  const rule = titles.map((_, at) => (at === 0 ? '---' : '---:'));
  const exceptions = [
    ...reasons(standings, 'deviating', ({ group, reason }) => group === 'deviating' && reason),
    ...reasons(standings, 'no spec', ({ group, reason }) => group === 'no spec' && reason),
    ...reasons(standings, 'loose', ({ loose }) => loose ?? false),
  ];
  return [
    `## ${library}`,
    '',
    ...[titles, rule, ...rows].map((row) => `| ${row.join(' | ')} |`),
    ...(exceptions.length === 0 ? [] : ['', ...exceptions]),
  ];
}

function rowOf(callable: string, standings: readonly Standing[]): readonly (string | number)[] {
  const count = (wanted: (standing: Standing) => boolean): number =>
    standings.filter(wanted).length;
  const reproduced = count(({ group }) => group === 'reproduced');
  const isScore = standings.every(({ of }) => of === 'score');
  return [
    `\`${callable}\``,
    standings.length,
    count(({ golden }) => golden.grad !== null),
    ...judges.map((judge) => (judge === 'reference' || !isScore ? reproduced : '')),
    isScore ? '' : count(({ loose }) => loose !== undefined),
    count(({ group }) => group === 'deviating'),
    count(({ group }) => group === 'no spec'),
  ];
}

/** A line per reason, with the cases that it explains. */
function reasons(
  standings: readonly Standing[],
  title: string,
  reasonOf: (standing: Standing) => string | false,
): readonly string[] {
  const explained = standings.flatMap((standing) => {
    const reason = reasonOf(standing);
    return reason === false ? [] : [{ reason, id: standing.golden.id }];
  });
  return [...grouped(explained, ({ reason }) => reason)].map(
    ([reason, cases]) => `- ${title}, ${reason}: ${cases.map(({ id }) => id).join(', ')}`,
  );
}

/** The elements by a key, in the order of their first appearance. */
function grouped<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const keys = [...new Set(all.map(key))];
  return new Map(keys.map((wanted) => [wanted, all.filter((one) => key(one) === wanted)]));
}

function bullet(name: string): string {
  return `- \`${name}\``;
}
