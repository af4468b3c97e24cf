import { InputError, type LevelsSpec, type LossSpec, shown } from '@softdice/core';
import type { PeerCall, PeerContext, PeerLibraryName } from '@softdice/core/peers';
import { readLevels, readSpec } from '../read-spec.js';
import { type Given, textOf, textsOf } from './command.js';
import { configKinds, configSubject } from './config-subject.js';
import type { Host } from './host.js';
import { wholeNumber } from './numbers.js';
import { isPreset, presetSpec } from './presets.js';
import { settingsOf, splitSettings } from './settings.js';
import { misused } from './usage-error.js';

/** What was named on the command line, as it was written: it may be no loss, or none that a spec says. */
export interface LossSubject {
  /** A document that is meant to be a spec, or a call of another library. */
  readonly subject: LossSpec | LevelsSpec | PeerCall;
  /** Where it comes from, for people. */
  readonly source: string;
  /** What a reader says about it. */
  readonly notes: readonly string[];
}

const libraries: readonly string[] = ['monai', 'nnunet', 'smp', 'keras'];

/**
 * The one thing that a word or options name.
 *
 * @throws UsageError - where none or several are named, or a word cannot be read.
 */
export async function lossSubject(
  word: string | undefined,
  options: Given,
  host: Host,
): Promise<LossSubject> {
  const preset = textOf(options, 'preset');
  const from = textsOf(options, 'from');
  const [kind, ...config] = textsOf(options, 'config');
  const given = [word, preset, from[0], kind].filter((each) => each !== undefined);
  if (given.length !== 1) {
    const fix = 'give a file, a preset, --from or --config: softdice explain --help shows how';
    throw misused('loss', 'one', given.length === 0 ? 'none' : given.join(' and '), fix);
  }
  if (preset !== undefined) return presetSubject(preset, textsOf(options, 'set'));
  if (textsOf(options, 'set').length > 0) {
    throw misused('--set', 'a --preset beside it', 'none', 'a word has its options behind a colon');
  }
  if (kind !== undefined) return configSubject(kind, config, contextOf(options), host);
  return word === undefined ? peerSubject(from, options) : wordSubject(word, options, host);
}

/** What one word names. */
export async function wordSubject(word: string, options: Given, host: Host): Promise<LossSubject> {
  const [head = '', ...rest] = word.split(':');
  const behind = rest.join(':');
  if (isPreset(head)) return presetSubject(head, splitSettings(behind));
  if (libraries.includes(head) && behind !== '') {
    const [name = '', ...args] = rest;
    return peerSubject([head, name, ...splitSettings(args.join(':'))], options);
  }
  if (configKinds.includes(head) && behind !== '') {
    return configSubject(head, splitSettings(behind), contextOf(options), host);
  }
  if (word === '-') return documentSubject(await host.readInput(), 'standard input');
  return documentSubject(await host.readFile(word), word);
}

function presetSubject(name: string, settings: readonly string[]): LossSubject {
  return { subject: presetSpec(name, settingsOf(settings)), source: `preset ${name}`, notes: [] };
}

function peerSubject(
  [library = '', className = '', ...args]: readonly string[],
  options: Given,
): LossSubject {
  if (!libraries.includes(library)) {
    throw misused('--from', `one of ${libraries.join(', ')}, then a class`, shown(library));
  }
  const context = { rank: 2, ...contextOf(options) };
  const subject = {
    library: library as PeerLibraryName,
    className,
    args: settingsOf(args),
    // What is missing or of another kind is refused by the importer.
    context: context as unknown as PeerContext,
  };
  return { subject, source: `${library} ${className}`, notes: [] };
}

/** What the command line says about the network. */
function contextOf(options: Given): Readonly<Record<string, unknown>> {
  const [channels, rank] = [wholeNumber(options, 'channels'), wholeNumber(options, 'rank')];
  return {
    ...(channels === undefined ? {} : { channels }),
    ...(rank === undefined ? {} : { rank }),
    ...settingsOf(textsOf(options, 'context')),
  };
}

/** A document: a model that carries its loss, or JSON. */
function documentSubject(bytes: Uint8Array, source: string): LossSubject {
  if (source.endsWith('.onnx')) return { subject: carried(bytes), source, notes: [] };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // Whether it is a loss is judged by who takes it.
    return { subject: JSON.parse(text) as LossSpec, source, notes: [] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw misused(source, 'a loss as JSON', why, 'softdice explain --spec writes one');
  }
}

function carried(model: Uint8Array): LossSpec | LevelsSpec {
  try {
    return readSpec(model);
  } catch (error) {
    if (!(error instanceof InputError) || !error.message.includes('readLevels')) throw error;
    return readLevels(model);
  }
}
