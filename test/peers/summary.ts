import { agreement } from './agreement.js';
import { peerLoss } from './builders.js';
import { deviations } from './deviations.js';
import { goldenCases, goldenNames, metricNames } from './golden-case.js';
import type { Judge } from './judges.js';
import { metricAgreement } from './metric-agreement.js';
import { peerMetric } from './metric-builders.js';

/** What is reproduced, per file and judge, and every case that is not: a Markdown page. */
export function summary(judges: readonly Judge[]): string {
  const rows = goldenNames.flatMap((name) => judges.map((judge) => rowOf(name, judge)));
  const exceptions = deviations.map(({ id, reason, differs }) => {
    const what =
      typeof differs === 'string'
        ? differs
        : `value differs ${differs.value}, gradient ${differs.gradient}`;
    return `- ${id}: ${what}: ${reason}`;
  });
  return [
    '# Golden cases of the peers',
    '',
    'Written by the tests: value and gradient of each case against each judge.',
    '',
    '| file | judge | cases | values equal | gradients equal | deviating | no spec |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    '## Hard scores',
    '',
    'Values of each case against the reference.',
    '',
    '| file | cases | equal | deviating | no spec |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...metricNames.map((name) => `| ${metricRow(name).join(' | ')} |`),
    '',
    '## Deviations',
    '',
    ...exceptions,
    '',
  ].join('\n');
}

function rowOf(name: string, judge: Judge): readonly (string | number)[] {
  const cases = goldenCases(name);
  const compared = cases.flatMap((golden) => {
    const loss = peerLoss(golden);
    return 'notOurs' in loss ? [] : [agreement(golden, loss, judge)];
  });
  const values = compared.filter(({ value }) => value === 'nowhere');
  const gradients = compared.filter(({ gradient }) => gradient === 'nowhere');
  const equal = values.filter(({ gradient = 'nowhere' }) => gradient === 'nowhere');
  return [
    name,
    judge.name,
    cases.length,
    values.length,
    gradients.length,
    compared.length - equal.length,
    cases.length - compared.length,
  ];
}

function metricRow(name: string): readonly (string | number)[] {
  const cases = goldenCases(name);
  const compared = cases.flatMap((golden) => {
    const metric = peerMetric(golden);
    return 'notOurs' in metric ? [] : [metricAgreement(golden, metric)];
  });
  const equal = compared.filter((difference) => difference === 'nowhere').length;
  return [name, cases.length, equal, compared.length - equal, cases.length - compared.length];
}
