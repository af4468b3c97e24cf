import { misused } from './usage-error.js';

/**
 * Reads `name=value` texts into an object: `a.b=1` is `{ a: { b: 1 } }`. A value is JSON where it reads
 * as such, Python's `True`, `False` and `None`, else a text.
 *
 * @throws UsageError - for a text without `=`, a name without letters, or a name given twice.
 */
export function settingsOf(texts: readonly string[]): Readonly<Record<string, unknown>> {
  return texts.reduce<Readonly<Record<string, unknown>>>((known, text) => {
    const at = text.indexOf('=');
    const path = text.slice(0, at).split('.');
    if (at < 1 || path.some((name) => name === '')) {
      throw misused('setting', 'name=value', text, 'write for example activation=softmax');
    }
    return placed(known, path, readValue(text.slice(at + 1)), text);
  }, {});
}

function placed(
  known: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
  text: string,
): Readonly<Record<string, unknown>> {
  const there = Object.hasOwn(known, name) ? known[name] : undefined;
  const inside = rest.length > 0;
  if (there !== undefined && !(inside && isRecord(there))) {
    throw misused('setting', 'every name once', text, 'remove one of them');
  }
  const own = inside ? placed(isRecord(there) ? there : {}, rest, value, text) : value;
  // No name is taken for a prototype.
  return Object.fromEntries([...Object.entries(known), [name, own]]);
}

const python: Readonly<Record<string, unknown>> = { True: true, False: false, None: null };

function readValue(text: string): unknown {
  if (Object.hasOwn(python, text)) return python[text];
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads `name=text` texts as they are: a name may have dots, a text is never anything else.
 *
 * @throws UsageError - for a text without `=`.
 */
export function textsByName(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw misused('name', 'own=name', text, 'write for example loss=train_loss');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Splits `a=1,b=[1,2],c={"d":3}` at the commas outside of brackets and texts in quotes. */
export function splitSettings(text: string): readonly string[] {
  const parts: string[] = [''];
  let [depth, quoted] = [0, false];
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && '[{('.includes(letter)) depth += 1;
    if (!quoted && ']})'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0 && !quoted) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${letter}`);
  }
  return parts.filter((part) => part !== '');
}
