/** How texts are set off, where colours are wanted. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const sequence = '\u001b[';

/** Terminal colours, or none. */
export function styleOf({ colours }: { readonly colours: boolean }): Style {
  const wrapped =
    (code: number) =>
    (text: string): string =>
      colours ? `${sequence}${code}m${text}${sequence}0m` : text;
  return { strong: wrapped(1), good: wrapped(32), bad: wrapped(31) };
}
