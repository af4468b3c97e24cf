import type { Consequence, MeasuredValue } from './finding.js';

/** What was measured on an example, in the order of the entries. */
export function consequence(
  example: string,
  values: Readonly<Record<string, number>>,
): Consequence {
  return {
    example,
    values: Object.entries(values).map(([of, value]) => ({ of, value: said(value) })),
  };
}

/** JSON has no word for what is not finite. */
function said(value: number): MeasuredValue['value'] {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
