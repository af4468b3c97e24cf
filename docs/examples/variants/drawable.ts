import { type LossSpec, parseSpec } from '@softdice/core';

/** Kinds of targets, from the one that shows most. */
const targets = ['soft', 'one-hot', 'labels'] as const;

/**
 * The loss with the first kind of target that it allows: soft labels show what hard ones do not.
 *
 * @throws SpecError - where it is no loss with any of them.
 */
export function drawable(spec: LossSpec): LossSpec {
  const target = targets.find((kind) => parses({ ...spec, target: kind }));
  return parseSpec({ ...spec, target: target ?? 'soft' });
}

function parses(spec: unknown): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}
