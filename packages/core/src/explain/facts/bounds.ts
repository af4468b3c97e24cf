import type { Plan } from '../../plan/plan.js';
import { factsOf } from '../terms.js';
import { added, scaled } from './interval.js';

/** Between what the loss lies. */
export interface Bounds {
  /** null where there is no bound. */
  readonly least: number | null;
  readonly most: number | null;
  readonly note: string;
}

/** The bounds of a loss, or of each entry where it is a grid, for inputs in the domain. */
export function boundsOf(plan: Plan): Bounds {
  const { least, most } = plan.terms
    .map((term) => scaled(factsOf(term).range(plan, term), [term.weight]))
    .reduce(added);
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const [low, high] = [known(least), known(most)];
  const grid = plan.terms.some(({ reduction }) => ['none', 'class-mean'].includes(reduction));
  return { least: low, most: high, note: note(low, high, grid) };
}

function note(least: number | null, most: number | null, grid: boolean): string {
  const domain = 'for p and t in [0, 1] (also where channels are merged) and weights w >= 0';
  const open = least === null || most === null ? '; null: no bound' : '';
  return `${grid ? 'of each entry, ' : ''}${domain}${open}; not always reached`;
}
