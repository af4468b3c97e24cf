import type { PeerLibrary } from '../library.js';
import type { Importer } from '../peer-class.js';
import { monaiClDice, monaiDiceClDice } from './cl-dice.js';
import { monaiDeepSupervision } from './deep-supervision.js';
import { monaiDice } from './dice.js';
import { monaiDiceCe } from './dice-ce.js';
import { monaiDiceFocal, monaiGeneralizedDiceFocal } from './dice-focal.js';
import { monaiFocal } from './focal.js';
import { monaiGeneralizedDice } from './generalized-dice.js';
import { monaiMaskedDice } from './masked-dice.js';
import { monaiMasked } from './masked-loss.js';
import { monaiTversky } from './tversky.js';
import {
  monaiAsymmetricFocal,
  monaiAsymmetricFocalTversky,
  monaiUnifiedFocal,
} from './unified-focal.js';
import { monaiWasserstein } from './wasserstein.js';

const losses: readonly Importer[] = [
  monaiDice,
  monaiMaskedDice,
  monaiGeneralizedDice,
  monaiWasserstein,
  monaiDiceCe,
  monaiDiceFocal,
  monaiGeneralizedDiceFocal,
  monaiTversky,
  monaiFocal,
  monaiClDice,
  monaiDiceClDice,
  monaiUnifiedFocal,
  monaiAsymmetricFocal,
  monaiAsymmetricFocalTversky,
];

/** MONAI 1.3.2, 1.4 and 1.5: monai.losses. */
export const monaiLibrary: PeerLibrary = {
  name: 'monai',
  title: 'MONAI',
  versions: ['1.3.2', '1.4', '1.5'],
  layout: 'channelsFirst',
  classes: [...losses, monaiMasked(losses), monaiDeepSupervision(losses)],
};
