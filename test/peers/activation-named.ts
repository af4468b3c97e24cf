import type { NotOurs } from './peer-loss.js';

/** The activation of a peer that names it. */
export function activationNamed(name: string): 'softmax' | 'sigmoid' | 'none' | NotOurs {
  if (name === 'softmax' || name === 'sigmoid' || name === 'none') return name;
  return { notOurs: `${name} is no activation of a spec` };
}
