import {
  type ConfigLoss,
  type NnunetFiles,
  readHydra,
  readKeras,
  readMonaiBundle,
  readNnunet,
} from '@softdice/core/configs';
import type { PeerContext } from '@softdice/core/peers';
import type { Host } from './host.js';
import type { LossSubject } from './loss-subject.js';
import { settingsOf } from './settings.js';
import { misused } from './usage-error.js';

/** What was given beside the files of a config. */
interface Beside {
  /** What is written as name=value, such as `configuration=2d`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the command line says about the network. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** Reads the loss of the texts of a config's files; what does not fit is refused by the reader. */
type Reader = (texts: readonly string[], beside: Beside) => ConfigLoss;

const readers: Readonly<Record<string, Reader>> = {
  'monai-bundle': ([text], { settings, context }) =>
    readMonaiBundle(text, { ...settings, context }),
  hydra: ([text], { settings, context }) => readHydra(text, { ...settings, context }),
  'keras-config': ([text], { context }) => readKeras(text, context as unknown as PeerContext),
  'nnunet-files': ([dataset, plans], { settings, context }) =>
    readNnunet({ dataset, plans, ...settings, context } as NnunetFiles),
};

/** Names of the kinds of configs. */
export const configKinds: readonly string[] = Object.keys(readers);

/**
 * The call of a config, whose files and settings are words: `train.json`, or
 * `dataset.json nnUNetPlans.json configuration=2d`.
 *
 * @throws UsageError - for an unknown kind, or without a file.
 * @throws ConfigError - for what cannot be read.
 */
export async function configSubject(
  kind: string,
  words: readonly string[],
  context: Readonly<Record<string, unknown>>,
  host: Host,
): Promise<LossSubject> {
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (read === undefined) throw misused('--config', `one of ${configKinds.join(', ')}`, kind);
  const files = words.filter((word) => !word.includes('='));
  if (files.length === 0) throw misused(`--config ${kind}`, 'a file', 'nothing');
  const texts: string[] = [];
  for (const file of files) texts.push(new TextDecoder().decode(await host.readFile(file)));
  const settings = settingsOf(words.filter((word) => word.includes('=')));
  const found = read(texts, { settings, context });
  const source = `${found.library} ${found.className}, ${found.at} in ${files.join(', ')}`;
  return { subject: found, source, notes: found.notes };
}
