import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';

type Weights = PlanTermOf<'overlap'>['weights'];
type Volume = Extract<Weights, { readonly kind: 'volume' }>;

/**
 * v: the weight of each class, on [class], or on [sample, class] where volumes differ by sample.
 *
 * @param mass - M, the target mass of each cell before classes are merged.
 */
export function classWeights(b: Builder, weights: Weights, mass: () => Node): Node {
  switch (weights.kind) {
    case 'none':
      return b.real(1);
    case 'given': {
      const total = weights.values.reduce((sum, value) => sum + value, 0);
      const scale = weights.normalise === 'sum-to-one' ? total : 1;
      return b.vector(weights.values.map((value) => value / scale));
    }
    case 'volume': {
      const v = byVolume(b, weights, measured(b, weights, mass()));
      return weights.normalise === 'sum-to-one' ? share(b, v, b.sum(v, ['class'])) : v;
    }
  }
}

/** `v / total`, 0 where the total is: it is at least 1e-37 otherwise, of which float32 has the inverse. */
export function share(b: Builder, v: Node, total: Node): Node {
  return b.div(v, b.max(total, b.real(1e-37)));
}

/** M of the samples that the weights are taken from. */
function measured(b: Builder, { over }: Volume, mass: Node): Node {
  return over === 'batch' && mass.axes.includes('sample') ? b.sum(mass, ['sample']) : mass;
}

/**
 * Weights of about `1 / M^k`.
 *
 * Source: Sudre et al. 2017, arXiv:1707.03237; `largest`: MONAI `GeneralizedDiceLoss`; `epsilon`:
 * SegLossOdyssey `GDiceLoss`; `floor`: pytorch-3dunet `GeneralizedDiceLoss`.
 */
function byVolume(b: Builder, { power, absent }: Volume, mass: Node): Node {
  const one = b.real(1);
  const present = b.less(b.real(0), mass);
  const over = (top: Node, floor: number): Node =>
    b.div(top, b.pow(b.max(mass, b.real(floor)), power));
  switch (absent.kind) {
    case 'floor':
      return over(one, absent.floor);
    case 'epsilon': {
      const e = b.real(absent.epsilon);
      return absent.to === 'mass'
        ? b.div(one, b.pow(b.add(mass, e), power))
        : b.div(one, b.add(b.pow(mass, power), e));
    }
    case 'zero':
      return over(present, absent.floor);
    case 'largest': {
      const known = over(present, absent.floor);
      return b.add(known, b.mul(b.sub(one, present), b.peak(known, ['class'])));
    }
  }
}
