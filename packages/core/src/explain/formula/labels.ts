import { inOrder, type Node } from '../../expression/node.js';
import { type Program, type Statistic, statisticInput } from '../../program/program.js';
import type { Label } from './notation.js';
import { skeletonOf } from './skeleton-pattern.js';

/** The parts of a term's voxel sums that deserve a letter. */
export interface Letters {
  readonly p?: Node;
  readonly t?: Node;
  readonly w?: Node;
}

/**
 * p and t are what the intersection joins, p without its distances and t without its skeleton; w is the
 * other factor of its summand, or of p where both are multiplied.
 */
export function lettersOf(intersection: Node): Letters {
  const summand = inOrder([intersection]).find(sumsVoxels)?.args[0];
  if (summand === undefined) return {};
  const join = inOrder([summand]).find(joins);
  const [left, right] = join?.args ?? [];
  const borne = left && weightOf(left);
  const bare = borne?.of ?? left;
  const p = bare?.op === 'toClass' && bare.map.kind === 'matrix' ? bare.args[0] : bare;
  const t = right && (skeletonOf(right)?.of ?? right);
  if (p === undefined || t === undefined || reads(p, 'target')) return {};
  const w = borne?.w ?? (summand === join ? undefined : weightOf(summand)?.w);
  return { p, t, ...(w === undefined || w === p ? {} : { w }) };
}

/** The first factor of a product, if it does not depend on the prediction. */
function weightOf(node: Node): { readonly w: Node; readonly of: Node } | undefined {
  if (node.op !== 'mul' || reads(node.args[0], 'prediction')) return undefined;
  return { w: node.args[0], of: node.args[1] };
}

/** s selects voxels by what they have of l. */
export function selectionOf(sum: Node): Readonly<Record<string, Node>> {
  const summand = sum.op === 'sum' ? sum.args[0] : undefined;
  const [s, l] = summand?.op === 'mul' ? summand.args : [];
  return s?.op === 'top' && l !== undefined ? { s, l } : {};
}

function sumsVoxels(node: Node): boolean {
  return node.op === 'sum' && node.over.includes('voxel');
}

/** A weight may read the target as well, where it has labels to ignore; it is not the first to read the prediction. */
function joins(node: Node): boolean {
  const [first] = node.args;
  return first !== undefined && reads(first, 'prediction') && reads(node, 'target');
}

/** Whether values of the input matter: its sizes alone do not. */
function reads(root: Node, input: string): boolean {
  // Expressions share nodes: a skeleton has many paths to its map.
  const seen = new Set<Node>();
  const visit = (node: Node): boolean => {
    if (seen.has(node)) return false;
    seen.add(node);
    if (node.op === 'input') return node.name === input;
    return node.op !== 'index' && node.op !== 'count' && node.args.some(visit);
  };
  return visit(root);
}

/** The name of the term and the symbol of a statistic. */
export function splitName(program: Program, { name }: Statistic): Required<Label> {
  const terms = program.plan.terms.map((term) => term.name);
  const term = terms.find(
    (one) => name.startsWith(`${one}.`) && !name.slice(one.length + 1).includes('.'),
  );
  return { letter: name.slice((term ?? '').length + 1), term };
}

/** Labels of the statistics, and of the class weights v, in a head. */
export function headLabels(program: Program, root: Node, term?: string): Map<Node, Label> {
  const labels = new Map<Node, Label>();
  const weights = program.head.terms.flatMap((one) => one.weights ?? []);
  for (const node of inOrder([root])) {
    if (weights.includes(node)) labels.set(node, { letter: 'v', term });
    if (node.op !== 'input') continue;
    const statistic = program.statistics.find(({ name }) => statisticInput(name) === node.name);
    if (statistic === undefined) continue;
    const { letter } = splitName(program, statistic);
    labels.set(node, { letter, term });
  }
  return labels;
}
