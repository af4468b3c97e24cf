import { normalPlan } from '../diff/normal-form.js';
import type { Plan } from '../plan/plan.js';

/** The leaves of a plan in its normal form by their places, terms by their kinds. */
export type Leaves = ReadonlyMap<string, number | string | boolean | null>;

/** A place at which two plans differ. */
export interface Difference {
  readonly place: string;
  readonly wanted: string;
  readonly found: string;
}

/** The leaves of a plan. */
export function leavesOf(plan: Plan): Leaves {
  const { terms, ...rest } = normalPlan(plan);
  const named: Record<string, unknown> = {};
  for (const term of terms) {
    // Terms of one kind are told apart by their order.
    const kind = kindOf(term);
    const same = Object.keys(named).filter((name) => name.startsWith(kind)).length;
    named[same === 0 ? kind : `${kind} ${same + 1}`] = term;
  }
  const leaves = new Map<string, number | string | boolean | null>();
  const visit = (value: unknown, place: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        visit(part, place === '' ? key : `${place}.${key}`);
      }
    } else if (value !== undefined) leaves.set(place, value as number | string | boolean | null);
  };
  visit({ ...rest, terms: named }, '');
  return leaves;
}

function kindOf(term: unknown): string {
  const kind: unknown = typeof term === 'object' && term !== null ? Reflect.get(term, 'kind') : '';
  return String(kind);
}

/** Where two plans differ. */
export function differences(wanted: Leaves, found: Leaves): readonly Difference[] {
  const places = new Set([...wanted.keys(), ...found.keys()]);
  return [...places].flatMap((place) => {
    const [one, other] = [wanted.get(place), found.get(place)];
    return one === other ? [] : [{ place, wanted: said(one), found: said(other) }];
  });
}

/** How far two plans are apart: words weigh more than numbers, which are changed last. */
export function distance(wanted: Leaves, found: Leaves): number {
  return differences(wanted, found).reduce((sum, { place }) => {
    const [one, other] = [wanted.get(place), found.get(place)];
    return sum + (typeof one === 'number' && typeof other === 'number' ? 1 : 8);
  }, 0);
}

function said(value: number | string | boolean | null | undefined): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? `'${value}'` : String(value);
}
