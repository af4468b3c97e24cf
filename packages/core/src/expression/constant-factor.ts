import { isConst } from './constants.js';
import type { Node } from './node.js';

/** A product of voxels that begins with a constant, apart; on a grid it costs nothing and stays as it is written. */
export function factored(x: Node): { readonly factor: number; readonly rest: Node } {
  if (x.op !== 'mul' || !isConst(x.args[0]) || !hasVoxels(x)) return { factor: 1, rest: x };
  return { factor: x.args[0].value, rest: x.args[1] };
}

/** How a constant multiplies x where it costs least: in a factor that has no voxels, else in front. */
export function scaling(
  real: (value: number) => Node,
  product: (a: Node, b: Node) => Node,
): (factor: number, x: Node) => Node {
  const scaled = (factor: number, x: Node): Node => {
    if (factor === 1) return x;
    if (isConst(x)) return real(factor * x.value);
    if (x.op === 'mul' && hasVoxels(x)) {
      const [first, second] = x.args;
      if (isConst(first)) return scaled(factor * first.value, second);
      if (absorbs(first)) return product(scaled(factor, first), second);
      if (absorbs(second)) return product(first, scaled(factor, second));
    }
    return product(real(factor), x);
  };
  return scaled;
}

/** Whether a factor of x has no voxels, so that a constant times x costs next to nothing there. */
function absorbs(x: Node): boolean {
  return !hasVoxels(x) || (x.op === 'mul' && x.args.some(absorbs));
}

function hasVoxels({ axes }: Node): boolean {
  return axes.includes('voxel');
}
