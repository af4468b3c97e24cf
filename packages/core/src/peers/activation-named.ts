/**
 * The activation that a function's name means: `softmax`, `torch.sigmoid`, `Softmax(dim=1)`,
 * `softmax_helper_dim1`, `identity`; undefined for any other.
 */
export function activationNamed(name: string): 'softmax' | 'sigmoid' | 'none' | undefined {
  const [, word, call] = /^(?:[\w.]*\.)?(\w+)(?:\((.*)\))?$/.exec(name.trim()) ?? [];
  const overChannels =
    call === undefined || /^(?:(?:dim|axis)=)?1?$/.test(call.replaceAll(' ', ''));
  switch (word?.toLowerCase()) {
    case 'softmax':
    case 'softmax_helper_dim1':
      return overChannels ? 'softmax' : undefined;
    case 'sigmoid':
      return call === undefined || call === '' ? 'sigmoid' : undefined;
    case 'identity':
      return 'none';
    default:
      return undefined;
  }
}
