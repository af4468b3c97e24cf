import { parseSpec, SpecError } from '@softdice/core';
import { score } from '@softdice/reference';
import { backends, type Outcome } from './backends.js';
import { formulas } from './formulas.js';
import { digits } from './number-text.js';
import { sums } from './sums.js';
import type { Answer, Inputs, ThreadFormula } from './thread-formula.js';

/** What the command prints, and its exit status. */
export interface Report {
  readonly text: string;
  readonly status: 0 | 1;
}

/** Runs one formula, or all of them without a letter. */
export async function report(letter?: string): Promise<Report> {
  const chosen = formulas.filter((formula) => letter === undefined || formula.letter === letter);
  if (chosen.length === 0) {
    const letters = formulas.map((formula) => formula.letter).join(', ');
    return { text: `unknown letter '${letter}': expected one of ${letters}, or none`, status: 1 };
  }
  const sections: string[] = [];
  for (const formula of chosen) sections.push(await section(formula));
  return { text: sections.join('\n\n'), status: 0 };
}

async function section({
  letter,
  title,
  question,
  inputs,
  answers,
}: ThreadFormula): Promise<string> {
  const lines = [`${letter}. ${title}`, question, `Inputs: ${inputs.are}.`];
  for (const answer of answers) {
    lines.push('', answer.formula, `  ${answer.line}`, ...(await results(answer, inputs)));
  }
  return lines.join('\n');
}

async function results(answer: Answer, inputs: Inputs): Promise<readonly string[]> {
  switch (answer.kind) {
    case 'loss': {
      const rows = [`  sums         ${sums(answer.spec, inputs)}`];
      for (const { name, run } of backends) rows.push(row(name, await run(answer.spec, inputs)));
      return rows;
    }
    case 'metric':
      return [`  reference    scores ${digits(score(answer.metric, inputs).data)}`];
    case 'refused':
      return [`  refused      ${reasonOf(answer.json)}`];
  }
}

/** Why a spec is refused. */
export function reasonOf(json: unknown): string {
  try {
    parseSpec(json);
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  return 'not refused';
}

function row(name: string, { loss, scores, gradient }: Outcome): string {
  const largest = gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  return [
    `  ${name.padEnd(11)}`,
    `loss ${digits(loss)}`,
    `scores ${digits(scores)}`,
    `largest gradient ${digits([largest])}`,
  ].join('  ');
}
