import { type Given, textOf, textsOf } from './command.js';
import { textsByName } from './settings.js';
import { misused } from './usage-error.js';

/** The whole number of an option. */
export function wholeNumber(options: Given, name: string): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw misused(flagOf(name), 'a whole number', text);
}

/** The positive number of an option. */
export function positiveNumber(options: Given, name: string): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw misused(flagOf(name), 'a number above 0', text);
}

/** The whole numbers of an option that takes `name=number` several times. */
export function numbersByName(options: Given, name: string): Readonly<Record<string, number>> {
  const entries = Object.entries(textsByName(textsOf(options, name))).map(([key, text]) => {
    if (!/^-?\d+$/.test(text)) throw misused(`--${name} ${key}`, 'a whole number', text);
    return [key, Number(text)] as const;
  });
  return Object.fromEntries(entries);
}

/** How an option is written on the command line. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
