import { type Given, textOf } from './command.js';
import { misused } from './usage-error.js';

/** The whole number of an option. */
export function wholeNumber(options: Given, name: string): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw misused(`--${name}`, 'a whole number', text);
}

/** The positive number of an option. */
export function positiveNumber(options: Given, name: string): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw misused(`--${name}`, 'a number above 0', text);
}
