import type { Plan } from '../../plan/plan.js';

/** A text about the only term, or one line per term, each after its name, where they differ. */
export function perTerm({ terms }: Plan, texts: readonly string[]): string {
  const [first = ''] = texts;
  if (texts.every((text) => text === first)) return first;
  return texts.map((text, at) => `${terms[at]?.name}: ${text}`).join('\n');
}
