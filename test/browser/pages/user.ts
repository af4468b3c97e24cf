import { dice, explain, lossFunction, pathOf } from '@softdice/tfjs';

/** What a page knows that imports nothing but the package. */
export interface UserPage {
  readonly formula: string;
  readonly path: unknown;
  readonly kind: string;
}

declare global {
  var userPage: UserPage;
}

const spec = dice({ activation: 'softmax' });
globalThis.userPage = {
  formula: explain(spec).formula.text,
  path: pathOf(spec),
  kind: typeof lossFunction(spec),
};
