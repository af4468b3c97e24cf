import { applyOp, type Node, type NodeOf } from '../../expression/node.js';
import { valuesRead } from '../../expression/values-read.js';
import { hasVoxels, type Loop, mixes, reducesClasses } from '../../schedule/loops.js';
import { f32x4, i32x4, type V128 } from '../assembler/values.js';
import { type Lanes, real } from './lanes.js';
import type { MemoryMap } from './memory-map.js';
import { laneOps } from './ops.js';
import type { Place } from './place.js';

/** Where the leaves of expressions are. */
export interface Leaves {
  readonly operand: (name: string) => V128;
  readonly plane: (node: Node) => V128;
  readonly tensor: (name: string) => V128;
}

/** Computes nodes for four voxels, each once. */
export function evaluator(
  { f, map, elements }: Place,
  step: Loop,
  leaves: Leaves,
): (node: Node) => Lanes {
  const ops = laneOps(f);
  const known = new Map<Node, Lanes>();
  const leaf = (node: NodeOf<'input'>): Lanes => {
    const whole = node.type === 'integer';
    if (!hasVoxels(node)) {
      return { kind: whole ? 'integer' : 'real', value: leaves.operand(node.name) };
    }
    const stored = f.keep(leaves.tensor(node.name));
    if (elements[node.name] === 'int32') {
      return whole ? { kind: 'integer', value: stored } : real(f.keep(f32x4.fromIntegers(stored)));
    }
    return whole ? { kind: 'integer', value: f.keep(i32x4.fromFloats(stored)) } : real(stored);
  };
  const computed = (node: Node): Lanes => {
    if (node.op === 'input') return leaf(node);
    if (map.planes.has(node) && !step.keeps.includes(node)) return real(f.keep(leaves.plane(node)));
    const read = valuesRead(node);
    // An argument of which only the size matters has no values here.
    const args = node.args.map((arg) => (read.includes(arg) ? value(arg) : real(v128Zero)));
    return applyOp(ops, node, args);
  };
  const value = (node: Node): Lanes => {
    const found = known.get(node) ?? computed(node);
    known.set(node, found);
    return found;
  };
  return value;
}

const v128Zero: V128 = f32x4.const(0);

/** The operands that are read on the way to results, up to what lies in memory. */
export function operandsOf(
  results: readonly Node[],
  { planes }: MemoryMap,
): readonly NodeOf<'input'>[] {
  const found = new Set<NodeOf<'input'>>();
  const seen = new Set<Node>();
  const visit = (node: Node, isResult: boolean): void => {
    if (node.op === 'input') {
      if (!hasVoxels(node)) found.add(node);
      return;
    }
    if (seen.has(node) || (planes.has(node) && !isResult)) return;
    seen.add(node);
    for (const arg of valuesRead(node)) visit(arg, false);
  };
  for (const node of results) visit(node, !(reducesClasses(node) || mixes(node)));
  return [...found];
}
