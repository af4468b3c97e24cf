import type { OverlapTerm } from './shape.js';

/** How p acts on what the network emits, in words. */
export function logitSlope({ activation }: OverlapTerm): string {
  switch (activation) {
    case 'none':
      return 'the prediction is p';
    case 'sigmoid':
      return 'for a logit times p (1 - p): 0 where p is 0 or 1';
    case 'softmax':
      return 'for a logit z of channel k: p_k (g_k - sum of p_j g_j), g the gradient for p: 0 where p is 0 or 1';
  }
}
