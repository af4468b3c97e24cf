import { type PeerLevels, type PeerLoss, peerClasses } from '../peers/from-peer.js';
import { importCall, type PeerCall } from '../peers/peer-call.js';
import { PeerError } from '../peers/peer-error.js';
import { levelsPlanOf } from '../plan/levels.js';
import { type Plan, planOf } from '../plan/plan.js';
import type { Problem } from '../schema/problem.js';
import type { LintFinding } from './finding.js';
import type { Setting } from './setting.js';

/** What a library's call comes to. */
export interface PeerSubject {
  /** The losses of its levels, or the only one; none where no spec says any of it. */
  readonly plans: readonly Plan[];
  readonly setting: Setting;
  readonly custom: 'logits' | 'probabilities';
  /** The numbers that can be said of them; all by default. */
  readonly only?: readonly string[];
  /** What was found while importing it. */
  readonly findings: readonly LintFinding[];
}

/**
 * A library's call as losses. What is refused is a finding; where the corrected loss can be said, or that
 * of two channels instead of one, that is linted in its place.
 */
export function peerSubject(call: PeerCall, setting: Setting): PeerSubject {
  const known = { ...settingOf(call), ...setting };
  const custom = conventionOf(call);
  const given = (found: PeerLoss | PeerLevels, findings: readonly LintFinding[]): PeerSubject => ({
    plans: plansOf(found),
    setting: known,
    custom,
    findings: [...findings, ...found.notes.flatMap(ignored)],
  });
  const exact = attempted(call);
  if ('kind' in exact) return given(exact, []);
  const refused = exact.problems.map(cannotSay);
  // A softmax of one channel is looked at in the loss that it would be of two.
  const wider = known.channels === 1 ? attempted(withContext(call, { channels: 2 })) : exact;
  if ('kind' in wider && plansOf(wider).some(hasSoftmax)) {
    return { plans: plansOf(wider), only: ['L1'], setting: known, custom, findings: [] };
  }
  const corrected = attempted(withContext(call, { fidelity: 'corrected' }));
  if ('kind' in corrected) return given(corrected, refused);
  return { plans: [], setting: known, custom, findings: refused };
}

function attempted(
  call: PeerCall,
): PeerLoss | PeerLevels | { readonly problems: readonly Problem[] } {
  try {
    return importCall(call);
  } catch (error) {
    if (error instanceof PeerError) return { problems: error.problems };
    throw error;
  }
}

function withContext(call: PeerCall, changed: Partial<PeerCall['context']>): PeerCall {
  return { ...call, context: { ...call.context, ...changed } };
}

function plansOf(found: PeerLoss | PeerLevels): readonly Plan[] {
  if (found.kind === 'loss') return [planOf(found.spec)];
  return levelsPlanOf(found.spec).levels.map(({ loss }) => loss);
}

function hasSoftmax({ terms }: Plan): boolean {
  return terms.some(({ activation }) => activation === 'softmax');
}

/** What the context says about network and targets. */
function settingOf({ context }: PeerCall): Setting {
  const fields: unknown = context;
  if (typeof fields !== 'object' || fields === null) return {};
  const { channels, target } = context;
  return {
    ...(Number.isSafeInteger(channels) && channels >= 1 ? { channels } : {}),
    // Planes say nothing about whether classes share voxels: usually they do not.
    target: target === 'soft' ? 'soft' : 'exclusive',
  };
}

/** Arguments by which a class is told what the network emits. */
const activations = ['sigmoid', 'softmax', 'use_softmax', 'apply_nonlin', 'soft_dice_kwargs'];

/**
 * What a class takes the network to emit where it applies nothing: probabilities if it has no argument
 * for that, or is told so by from_logits; otherwise networks of the library end in logits.
 */
function conventionOf({ library, className, args }: PeerCall): 'logits' | 'probabilities' {
  if (args?.['from_logits'] === false) return 'probabilities';
  const [name = ''] = typeof className === 'string' ? className.split('.').slice(-1) : [];
  const found = peerClasses.find((one) => one.library === library && one.name === name);
  if (found?.levels === true || (found !== undefined && 'loss' in found.arguments)) return 'logits';
  const names = Object.keys(found?.arguments ?? {});
  return activations.some((one) => names.includes(one)) ? 'logits' : 'probabilities';
}

const cannotSay = ({ path, expected, received, fix }: Problem): LintFinding => ({
  number: 'L33',
  title: 'arguments that no spec says',
  severity: 'high',
  reason: `${path} must be ${expected}, but is ${received}.`,
  fix: fix ?? `give ${expected}`,
});

function ignored(note: string): readonly LintFinding[] {
  if (!/\bignores\b/.test(note)) return [];
  return [
    {
      number: 'L34',
      title: 'argument without effect',
      severity: 'low',
      reason: /[.!?]$/.test(note) ? note : `${note}.`,
      fix: 'remove the argument, or choose one that has the effect',
    },
  ];
}
