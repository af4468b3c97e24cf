import {
  type ArgumentTable,
  expectation,
  type PeerArgument,
  type PeerClass,
  type PeerLibraryName,
  type PeerMetricFunction,
  peerClasses,
  peerMetrics,
  peerVersions,
} from '@softdice/core/peers';

const head = `# Constructor arguments of other libraries

Written by the tests (\`test/peers\`) from the tables that the importers of \`@softdice/core/peers\` read.
Every constructor argument of every class that is imported is here: its values, the peer's own default,
and what becomes of it.

- *honoured*: every value gives what the peer computes.
- *in part*: some values are refused, by name, or mean something else with fidelity \`corrected\`.
- *refused*: every value but the default.
- *no effect*: the numbers of the peer do not depend on it.

Values outside of the bounds are refused: a spec has no such loss, or the peer raises an error. Rules that
tie a value to others, to the context or to a constraint of specs (such as C1, of smoothing) are refused
by the name of an argument as well. An argument that a version lacks is unknown to it.
`;

const titles: Readonly<Record<PeerLibraryName, string>> = {
  monai: 'MONAI: `fromMonai`',
  nnunet: 'nnU-Net: `fromNnunet`',
  smp: 'segmentation_models.pytorch: `fromSmp`',
  keras: 'Keras: `fromKeras`',
};

/** Every argument of every class: a Markdown page. */
export function argumentsPage(): string {
  const libraries = Object.entries(titles).flatMap(([library, title]) => [
    `## ${title}`,
    '',
    `Versions: ${peerVersions(library as PeerLibraryName).join(', ')}; the last by default.`,
    '',
    ...peerClasses.filter((chosen) => chosen.library === library).flatMap(section),
  ]);
  const scores = [
    '## Hard scores: `fromMonaiMetric`, `fromTorchmetrics`',
    '',
    'Versions: MONAI as above, torchmetrics 1.9.',
    '',
    ...peerMetrics.flatMap((chosen) =>
      section({ ...chosen, name: `${chosen.library} ${chosen.name}` }),
    ),
  ];
  return [head, ...libraries, ...scores].join('\n');
}

function section({
  name,
  formula,
  source,
  arguments: table,
  aliases = [],
}:
  | Omit<PeerClass, 'library'>
  | Omit<PeerMetricFunction & { aliases?: readonly string[] }, 'library'>): readonly string[] {
  const other = aliases.map((alias) => `, \`${alias}\``).join('');
  const columns = ['argument', 'values', 'default', 'versions', 'use', 'in the spec'];
  const rule = columns.map(() => '---');
  return [
    `### \`${name}\`${other}`,
    '',
    `\`${formula}\`. Read: ${source}.`,
    '',
    ...[columns, rule, ...rowsOf(table, '')].map((row) => `| ${row.join(' | ')} |`),
    '',
  ];
}

/** A row per argument, those of a part after it. */
function rowsOf(table: ArgumentTable, path: string): readonly (readonly string[])[] {
  return Object.entries(table).flatMap(([name, argument]) => {
    const { kind, use, note } = argument;
    const nested = kind.type === 'arguments';
    const values = nested ? 'an object of the following' : expectation(kind);
    return [
      [
        `\`${path}${name}\``,
        escaped(`${values}${argument.none === true ? ', or null' : ''}`),
        argument.default === undefined ? 'required' : `\`${JSON.stringify(argument.default)}\``,
        versionsOf(argument),
        use,
        escaped(note),
      ],
      ...(nested ? rowsOf(kind.arguments, `${path}${name}.`) : []),
    ];
  });
}

function versionsOf({ since, before }: PeerArgument): string {
  return [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(before === undefined ? [] : [`before ${before}`]),
  ].join(', ');
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
