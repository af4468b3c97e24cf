import { CommanderError, Option, Command as Parser } from 'commander';
import { version } from '../version.js';
import type { Answer, Command, CommandOption, Given } from './command.js';
import { commands } from './commands.js';
import { FileError } from './file-error.js';
import type { Host } from './host.js';
import { presetNames } from './presets.js';
import { styleOf } from './style.js';
import { wrapped } from './wrapped.js';

/** What the exit codes mean. */
export const exitCodes = { passed: 0, failed: 1, misused: 2 } as const;

const about = `Overlap losses (Dice and its family) as ONNX graphs: write, attach, read and check them.

Exit codes: 0 done, 1 a check failed or something was found, 2 a command that cannot be carried out.
NO_COLOR turns colours off.`;

/**
 * Carries out a command line.
 *
 * @param words - What stands behind `softdice`.
 * @returns The exit code.
 */
export async function run(words: readonly string[], host: Host): Promise<number> {
  const answers: Answer[] = [];
  const parser = parserOf(host, (answer) => answers.push(answer));
  try {
    await parser.parseAsync(words, { from: 'user' });
  } catch (error) {
    return failed(error, words, host);
  }
  const [answer] = answers;
  if (answer === undefined) return exitCodes.passed;
  const isJson = words.includes('--json');
  const text = isJson ? JSON.stringify(answer.json, undefined, 2) : answer.text;
  // A model that went to standard output is all of it.
  if (text !== undefined && text !== '') host.print(`${text}\n`);
  return answer.passed ? exitCodes.passed : exitCodes.failed;
}

/** Tells what is wrong, without a stack: a fault of the user is no fault of the program. */
function failed(error: unknown, words: readonly string[], host: Host): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.misused;
  if (!(error instanceof Error && ('problems' in error || error instanceof FileError))) throw error;
  if (words.includes('--json')) {
    const { name, message } = error;
    const problems = 'problems' in error ? error.problems : [];
    host.print(`${JSON.stringify({ error: { name, message, problems } }, undefined, 2)}\n`);
  }
  host.tell(`${styleOf(host).bad(error.message)}\n`);
  return exitCodes.misused;
}

function parserOf(host: Host, answered: (answer: Answer) => void): Parser {
  const parser = new Parser('softdice');
  parser.description(about).version(version, '-V, --version', 'print the version');
  shared(parser, host);
  parser.addHelpText('after', `\nPresets:\n${wrapped(presetNames, 96)}`);
  for (const command of commands) {
    const own = parser.command(command.name);
    own.summary(command.summary).description(command.details);
    shared(own, host);
    for (const { name, doc } of command.arguments) own.argument(name, doc);
    for (const option of command.options) own.addOption(parserOption(option));
    own.option('--json', 'print JSON');
    own.addHelpText('after', examplesOf(command));
    own.action(async (...given: readonly unknown[]) => {
      const texts = given
        .slice(0, command.arguments.length)
        .map((word) => (typeof word === 'string' ? word : undefined));
      answered(await command.act(texts, own.opts<Given>(), host));
    });
  }
  return parser;
}

/** No process ends and nothing is written but through the host. */
function shared(parser: Parser, host: Host): void {
  parser
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.print(text),
      writeErr: (text) => host.tell(text),
      getOutHelpWidth: () => host.columns ?? 100,
      getErrHelpWidth: () => host.columns ?? 100,
      getOutHasColors: () => host.colours,
      getErrHasColors: () => host.colours,
    })
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError()
    .showHelpAfterError('Run softdice --help, or softdice <command> --help.');
}

function parserOption({ flags, doc, choices, required, repeated }: CommandOption): Option {
  const option = new Option(flags, doc);
  if (choices !== undefined) option.choices([...choices]);
  if (required === true) option.makeOptionMandatory();
  if (repeated === true) {
    option.argParser((value: string, known: readonly string[] | undefined) => [
      ...(known ?? []),
      value,
    ]);
  }
  return option;
}

function examplesOf({ examples }: Command): string {
  return `\nExamples:\n${examples.map((line) => `  softdice ${line}`).join('\n')}`;
}
