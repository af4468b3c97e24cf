/** Words with commas between them, on indented lines of at most a width. */
export function wrapped(words: readonly string[], width: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)}, ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line, at) => `  ${line}${at < lines.length - 1 ? ',' : ''}`).join('\n');
}
