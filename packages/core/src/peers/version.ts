/**
 * The known version that a text names, such as `1.5.0`, `MONAI 1.5.0 (d388d1c6f)`, `v0.5.0-317-g5006616`
 * or `main`; undefined where none is.
 *
 * A commit after a release, as `git describe` writes it, is of `main` where that is known.
 *
 * @param known - Versions as prefixes: `1.5` is every 1.5.x.
 */
export function knownVersion(text: string, known: readonly string[]): string | undefined {
  const [, number, after] =
    /(\d+(?:\.\d+)+)((?:-\d+-g[0-9a-f]+|\.?dev\d*|\+\w+)?)/.exec(text) ?? [];
  const main = known.find((version) => version === 'main');
  if (text.trim() === 'main' || (after ?? '') !== '') {
    if (main !== undefined) return main;
  }
  if (number === undefined) return undefined;
  const begins = (long: string, short: string): boolean =>
    long === short || long.startsWith(`${short}.`);
  return (
    known.find((version) => begins(number, version)) ??
    known.find((version) => begins(version, number))
  );
}
