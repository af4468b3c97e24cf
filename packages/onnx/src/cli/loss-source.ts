import {
  InputError,
  type LevelsSpec,
  type LossSpec,
  parseLevels,
  parseSpec,
  shown,
} from '@softdice/core';
import { fromPeer, type PeerContext, type PeerLibraryName } from '@softdice/core/peers';
import { readLevels, readSpec } from '../read-spec.js';
import { type CommandOption, type Given, textOf, textsOf } from './command.js';
import { configKinds, configLoss } from './config-source.js';
import type { Host } from './host.js';
import { wholeNumber } from './numbers.js';
import { isPreset, presetSpec } from './presets.js';
import { settingsOf, splitSettings } from './settings.js';
import { misused } from './usage-error.js';

/** A loss that was named on the command line. */
export interface NamedLoss {
  readonly spec: LossSpec | LevelsSpec;
  /** Where it comes from, for people. */
  readonly source: string;
  /** What an importer says about it. */
  readonly notes: readonly string[];
}

/** How a loss may be named: the words that help shows. */
export const lossDoc: string =
  'a .json file, a .onnx file that carries a loss, - for JSON from standard input, a preset with its options (dice:activation=softmax,target=labels), a loss of another library (monai:DiceLoss:softmax=true), or of a training config (monai-bundle:train.json)';

/** What a loss of another library depends on beside its arguments. */
export const contextOptions: readonly CommandOption[] = [
  { flags: '--channels <n>', doc: 'channels of the network, for losses of other libraries' },
  { flags: '--rank <n>', doc: 'number of spatial axes: 2 for images, 3 for volumes' },
  {
    flags: '--context <name=value...>',
    doc: 'more of what they depend on: target, version, fidelity, layout …',
  },
];

/** Options by which every command may be told its loss. */
export const lossOptions: readonly CommandOption[] = [
  { flags: '--preset <name>', doc: 'a loss that people know by name' },
  {
    flags: '--set <name=value...>',
    doc: 'options of the preset, such as smoothing.numerator=1; values are JSON or texts',
  },
  {
    flags: '--from <words...>',
    doc: 'a loss of another library: its name, the class, and arguments as name=value',
  },
  {
    flags: '--config <words...>',
    doc: `the loss of a training config: one of ${configKinds.join(', ')}, then its files`,
  },
  ...contextOptions,
];

const libraries: readonly string[] = ['monai', 'nnunet', 'smp', 'keras'];

/**
 * The one loss that a word or options name.
 *
 * @throws UsageError - where none or several are named, or a word cannot be read.
 */
export async function lossOf(
  word: string | undefined,
  options: Given,
  host: Host,
): Promise<NamedLoss> {
  const preset = textOf(options, 'preset');
  const from = textsOf(options, 'from');
  const [kind, ...config] = textsOf(options, 'config');
  const given = [word, preset, from[0], kind].filter((each) => each !== undefined);
  if (given.length !== 1) {
    const fix = 'give a file, a preset, --from or --config: softdice explain --help shows how';
    throw misused('loss', 'one', given.length === 0 ? 'none' : given.join(' and '), fix);
  }
  if (preset !== undefined) {
    const settings = settingsOf(textsOf(options, 'set'));
    return { spec: presetSpec(preset, settings), source: `preset ${preset}`, notes: [] };
  }
  if (textsOf(options, 'set').length > 0) {
    throw misused('--set', 'a --preset beside it', 'none', 'a word has its options behind a colon');
  }
  if (kind !== undefined) return configLoss(kind, config, contextOf(options), host);
  return word === undefined ? peerLoss(from, options) : wordLoss(word, options, host);
}

/** A loss as one word. */
export async function wordLoss(word: string, options: Given, host: Host): Promise<NamedLoss> {
  const [head = '', second = '', ...rest] = word.split(':');
  if (isPreset(head)) {
    const settings = settingsOf(splitSettings([second, ...rest].filter((part) => part).join(':')));
    return { spec: presetSpec(head, settings), source: `preset ${head}`, notes: [] };
  }
  if (libraries.includes(head) && second !== '') {
    return peerLoss([head, second, ...splitSettings(rest.join(':'))], options);
  }
  if (configKinds.includes(head) && second !== '') {
    const words = splitSettings([second, ...rest].join(':'));
    return configLoss(head, words, contextOf(options), host);
  }
  if (word === '-') return parsed(await host.readInput(), 'standard input');
  return parsed(await host.readFile(word), word);
}

function peerLoss(
  [library = '', name = '', ...args]: readonly string[],
  options: Given,
): NamedLoss {
  if (!libraries.includes(library)) {
    throw misused('--from', `one of ${libraries.join(', ')}, then a class`, shown(library));
  }
  // A peer needs them; a config may say them itself.
  const context = { channels: undefined, rank: 2, ...contextOf(options) };
  const { spec, notes } = fromPeer(
    library as PeerLibraryName,
    name,
    settingsOf(args),
    // What is missing or of another kind is refused by name.
    context as unknown as PeerContext,
  );
  return { spec, source: `${library} ${name}`, notes };
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
function parsed(bytes: Uint8Array, source: string): NamedLoss {
  if (source.endsWith('.onnx')) return { spec: carried(bytes), source, notes: [] };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw misused(source, 'a loss as JSON', why, 'softdice explain --spec writes one');
  }
  const levels = typeof json === 'object' && json !== null && 'levels' in json;
  return { spec: levels ? parseLevels(json) : parseSpec(json), source, notes: [] };
}

function carried(model: Uint8Array): LossSpec | LevelsSpec {
  try {
    return readSpec(model);
  } catch (error) {
    if (!(error instanceof InputError) || !error.message.includes('readLevels')) throw error;
    return readLevels(model);
  }
}

/**
 * The loss, where a command takes no levels.
 *
 * @throws UsageError - for deep supervision.
 */
export function singleLoss({ spec, source }: NamedLoss): LossSpec {
  if (!('levels' in spec)) return spec;
  throw misused(
    source,
    'one loss',
    'deep supervision',
    'softdice explain --spec prints the losses of its levels',
  );
}
