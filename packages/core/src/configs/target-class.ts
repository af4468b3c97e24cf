import { peerClasses } from '../peers/from-peer.js';
import type { PeerClass } from '../peers/peer-class.js';

/**
 * The class that a target names, by its module and name.
 *
 * @param short - Whether a MONAI class may go by its name alone, as bundles write it.
 */
export function targetClass(target: string, short: boolean): PeerClass | undefined {
  return peerClasses.find(({ library, name, aliases = [], modules }) =>
    [name, ...aliases].some(
      (one) =>
        modules.some((home) => target === `${home}.${one}`) ||
        (short && library === 'monai' && target === one),
    ),
  );
}
