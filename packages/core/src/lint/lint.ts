import { warningsOf } from '../explain/warnings/warnings.js';
import { isPeerCall, type PeerCall } from '../peers/peer-call.js';
import { levelsPlanOf } from '../plan/levels.js';
import { type Plan, planOf } from '../plan/plan.js';
import { parse } from '../schema/parse.js';
import { type Problem, SpecError } from '../schema/problem.js';
import type { LevelsSpec } from '../spec/levels.js';
import type { LossSpec } from '../spec/loss.js';
import { deepFreeze } from '../spec/parse-spec.js';
import type { LintFinding } from './finding.js';
import { misfitFindings } from './misfit.js';
import { peerSubject } from './peer-subject.js';
import { refusedFindings } from './refused.js';
import type { Subject } from './rule.js';
import { rules } from './rules.js';
import { type Setting, settingSchema } from './setting.js';
import { countedPlan, usedPlan } from './used.js';

/** What can be linted: a spec, or what a library's code or config says. */
export type Lintable = LossSpec | LevelsSpec | PeerCall;

/**
 * Finds what is wrong with a loss or with how it is used: numbered findings, the worst first, each with
 * its reason, what it costs on a tiny example, and how to mend it.
 *
 * ```
 * spec ─ plan ─┬─ with the setting ─ warnings of explain ─┐
 *              └─ rules of their own ─────────────────────┴─ program on a tiny example ─→ findings
 * ```
 *
 * Whatever is not a loss is a finding too, not an error. Of a library's call the findings are those of the loss
 * that it makes; its context says how many channels there are.
 *
 * @param setting - What is known of network and data; a finding that only an unknown fact can settle
 *   has severity `check`.
 * @throws SpecError - for a setting that is none.
 *
 * @example
 * ```ts
 * import { dice } from '@softdice/core';
 *
 * lint(dice({ smoothing: { numerator: 0 } }), { network: 'softmax' }).map(({ number }) => number);
 * // ['L5']
 * ```
 */
export function lint(subject: Lintable, setting: Setting = {}): readonly LintFinding[] {
  const known = settingOf(setting);
  return deepFreeze(sorted(findingsOf(subject, known)));
}

function findingsOf(subject: Lintable, setting: Setting): readonly LintFinding[] {
  if (isPeerCall(subject)) {
    const peer = peerSubject(subject, setting);
    const { custom, only } = peer;
    const levels = peer.plans.map((plan) =>
      planFindings(plan, peer.setting, custom).filter(
        ({ number }) => only?.includes(number) !== false,
      ),
    );
    return [...peer.findings, ...merged(levels)];
  }
  const plans = plansOf(subject);
  return 'problems' in plans
    ? refusedFindings(plans.problems)
    : merged(plans.losses.map((plan) => planFindings(plan, setting)));
}

/** The losses of all levels, one where there are no levels; or why there are none. */
function plansOf(
  subject: unknown,
): { readonly losses: readonly Plan[] } | { readonly problems: readonly Problem[] } {
  try {
    if (!hasLevels(subject)) return { losses: [planOf(subject)] };
    return { losses: levelsPlanOf(subject).levels.map(({ loss }) => loss) };
  } catch (error) {
    if (error instanceof SpecError) return { problems: error.problems };
    throw error;
  }
}

function planFindings(
  plan: Plan,
  setting: Setting,
  custom?: Subject['custom'],
): readonly LintFinding[] {
  const counted = countedPlan(plan);
  const used = usedPlan(counted, setting);
  const subject: Subject = {
    plan: counted,
    used,
    warnings: warningsOf(used),
    setting,
    ...(custom === undefined ? {} : { custom }),
  };
  const found = rules.flatMap(({ number, title, find }) =>
    find(subject).map((finding): LintFinding => ({ number, title, ...finding })),
  );
  return [...found, ...misfitFindings(counted, setting)];
}

/** The findings of all levels: once, where every level has it. */
function merged(levels: readonly (readonly LintFinding[])[]): readonly LintFinding[] {
  const keys = levels.map((findings) => new Set(findings.map((one) => JSON.stringify(one))));
  return levels.flatMap((findings, level) =>
    findings.flatMap((finding): readonly LintFinding[] => {
      const everywhere = keys.every((one) => one.has(JSON.stringify(finding)));
      if (everywhere) return level === 0 ? [finding] : [];
      return [{ ...finding, level }];
    }),
  );
}

function sorted(findings: readonly LintFinding[]): readonly LintFinding[] {
  const rank = { high: 0, low: 1, check: 2 };
  return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

function settingOf(setting: unknown): Setting {
  const problems: Problem[] = [];
  const known = parse(settingSchema, setting, 'setting', problems);
  if (problems.length > 0) throw new SpecError(problems);
  return known;
}

function hasLevels(subject: unknown): boolean {
  return typeof subject === 'object' && subject !== null && 'levels' in subject;
}
