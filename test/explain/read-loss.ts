import {
  type Builder,
  builder,
  type ClassMap,
  channelUse,
  type Node,
  type Plan,
  type PlanTerm,
} from '@softdice/core';
import { softSkeleton } from '../../packages/core/src/lower/skeleton.js';
import { readFormula } from './read-formula.js';

/** A sum with every axis of the grid. */
const joint: { readonly [K in PlanTerm['kind']]: string } = {
  overlap: 'I',
  'cross-entropy': 'X',
  'centerline-dice': 'Spt',
  wasserstein: 'V',
  'sensitivity-specificity': 'Et',
};

/** The loss over the inputs, from the printed definitions; only the line `class` is taken from the plan. */
export function readLoss(text: string, plan: Plan, rank: number): Node {
  const b = builder();
  const given = inputs(b, plan);
  const definitions = new Map(
    text.split('\n').map((line) => {
      const at = line.indexOf(' = ');
      return [line.slice(0, at), line.slice(at + 3)];
    }),
  );
  const define = (word: string, user: PlanTerm | undefined): Node => {
    const known = given[word];
    if (known !== undefined) return known;
    const right = definitions.get(word);
    if (right === undefined) throw new Error(`${word} is not defined`);
    const [, owner = word, letter = word] = /^(.*)\.(\p{L}+)$/u.exec(word) ?? [];
    const [first] = plan.terms;
    const term =
      plan.terms.find(({ name }) => [name, JSON.stringify(name)].includes(owner)) ?? user ?? first;
    if (term === undefined) throw new Error('a loss has a term');
    const map = mapOf(term);
    const byClass = (x: Node): Node => (x.axes.includes('channel') ? b.toClass(x, map) : x);
    const { classes } = channelUse(term);
    const toldByTarget = classes.kind === 'regions' && classes.merge === 'target';
    const isCount = ['W', 'N'].includes(letter);
    const node = readFormula(right, {
      b,
      name: (inner) => {
        const node = define(inner, term);
        // A cross-entropy of regions multiplies t by class and what the channels of the same number say.
        return toldByTarget && term.kind === 'cross-entropy' && !isCount ? byClass(node) : node;
      },
      skeleton: (x, iterations) => softSkeleton(b, x, rank, iterations),
      like: () => {
        const sum = joint[term.kind];
        return define(definitions.has(sum) ? sum : `${owner}.${sum}`, term);
      },
      merged: byClass,
    });
    if (isCount) return spread(b, node, map);
    if (term.kind === 'wasserstein' && ['t', 'w', 'V'].includes(letter)) return byClass(node);
    const isSum = [
      'Et',
      'Eu',
      'U',
      'Spt',
      'Sp',
      'Stp',
      'St',
      'I',
      'P',
      'T',
      'M',
      'A',
      'FP',
      'FN',
      'X',
      'F',
      'l',
    ].includes(letter);
    return isSum || (toldByTarget && ['p', 'w'].includes(letter)) ? byClass(node) : node;
  };
  return define('loss', undefined);
}

/** Counts are the same for every class, and without weights for every sample. */
function spread(b: Builder, x: Node, map: ClassMap): Node {
  const prediction = b.input('prediction', ['sample', 'channel', 'voxel']);
  const samples = x.axes.includes('sample') ? x : b.mul(x, b.ones(prediction, 'sample'));
  return b.toClass(samples, map, prediction);
}

function inputs(b: ReturnType<typeof builder>, plan: Plan): Readonly<Record<string, Node>> {
  const prediction = b.input('prediction', ['sample', 'channel', 'voxel']);
  const perChannel = plan.voxels.kind === 'channel-mask';
  return {
    prediction,
    target:
      plan.target.kind === 'labels'
        ? b.input('target', ['sample', 'voxel'], 'integer')
        : b.input('target', ['sample', 'channel', 'voxel']),
    mask: b.input('mask', perChannel ? ['sample', 'channel', 'voxel'] : ['sample', 'voxel']),
    channel: b.index(prediction, 'channel'),
    sample: b.index(prediction, 'sample'),
  };
}

function mapOf(term: PlanTerm): ClassMap {
  const { classes } = channelUse(term);
  switch (classes.kind) {
    case 'list':
      return { kind: 'rows', rows: classes.channels.map((channel) => [channel]) };
    case 'regions':
      return classes.merge === 'both' ? { kind: 'rows', rows: classes.regions } : { kind: 'all' };
    default:
      return { kind: classes.kind };
  }
}
