/** An input or output as one text: `logits float [batch, 4, ?, ?]`. */
export function portText(
  name: string,
  type: string,
  dims: readonly (number | string | null)[] | undefined,
): string {
  const shape =
    dims === undefined ? 'of any shape' : `[${dims.map((dim) => dim ?? '?').join(', ')}]`;
  return `${name} ${type} ${shape}`;
}
