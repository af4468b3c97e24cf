import { type LevelsSpec, type LossSpec, parseLevels, parseSpec } from '@softdice/core';
import { importCall, isPeerCall } from '@softdice/core/peers';
import type { Given } from './command.js';
import type { Host } from './host.js';
import { type LossSubject, lossSubject, wordSubject } from './loss-subject.js';
import { misused } from './usage-error.js';

/** A loss that was named on the command line. */
export interface NamedLoss {
  readonly spec: LossSpec | LevelsSpec;
  /** Where it comes from, for people. */
  readonly source: string;
  /** What readers and importers say about it. */
  readonly notes: readonly string[];
}

/**
 * The one loss that a word or options name.
 *
 * @throws UsageError - where none or several are named, or a word cannot be read.
 * @throws SpecError, PeerError, ConfigError - for what is no loss, or none that a spec says.
 */
export async function lossOf(
  word: string | undefined,
  options: Given,
  host: Host,
): Promise<NamedLoss> {
  return imported(await lossSubject(word, options, host));
}

/** The loss that one word names. */
export async function wordLoss(word: string, options: Given, host: Host): Promise<NamedLoss> {
  return imported(await wordSubject(word, options, host));
}

function imported({ subject, source, notes }: LossSubject): NamedLoss {
  if (isPeerCall(subject)) {
    const loss = importCall(subject);
    return { spec: loss.spec, source, notes: [...notes, ...loss.notes] };
  }
  const levels = typeof subject === 'object' && subject !== null && 'levels' in subject;
  return { spec: levels ? parseLevels(subject) : parseSpec(subject), source, notes };
}

/**
 * The loss, where a command takes no levels.
 *
 * @throws UsageError - for deep supervision.
 */
export function singleLoss({ spec, source }: NamedLoss): LossSpec {
  if (!('levels' in spec)) return spec;
  const fix = 'softdice explain --spec prints the losses of its levels';
  throw misused(source, 'one loss', 'deep supervision', fix);
}
