import { type ClassMap, isSelection } from '../../expression/class-map.js';
import { inOrder, type Node } from '../../expression/node.js';
import { classMap } from '../../lower/voxels.js';
import type { PlanTerm } from '../../plan/plan.js';
import type { Program } from '../../program/program.js';
import { channelUse } from '../../spec/channel-use.js';
import { headLabels, lettersOf, selectionOf, splitName } from './labels.js';
import type { Label } from './notation.js';

/** What a label stands for, with the labels that its own expression may use. */
export interface Line {
  readonly left: Label;
  readonly right: Node | { readonly words: string };
  readonly labels: ReadonlyMap<Node, Label>;
}

/** The program as definitions, the loss first and what it uses after it. */
export function definitionsOf(program: Program): readonly Line[] {
  const { head, plan } = program;
  const [only] = head.terms;
  if (head.terms.length === 1 && only !== undefined) {
    const labels = headLabels(program, head.loss);
    const first = { left: { letter: 'loss' }, right: head.loss, labels };
    return distinct([first, ...weights(labels), ...plan.terms.flatMap((t) => sums(program, t))]);
  }
  const named = new Map(head.terms.map(({ name, loss }) => [loss, { letter: '', term: name }]));
  const lines = plan.terms.flatMap((term, at): readonly Line[] => {
    const loss = head.terms[at]?.loss;
    if (loss === undefined) return [];
    const labels = headLabels(program, loss, term.name);
    const left = { letter: '', term: term.name };
    return [{ left, right: loss, labels }, ...weights(labels), ...sums(program, term)];
  });
  return distinct([{ left: { letter: 'loss' }, right: head.loss, labels: named }, ...lines]);
}

/** The weights of the classes, from constants or from sums. */
function weights(labels: ReadonlyMap<Node, Label>): readonly Line[] {
  return [...labels]
    .filter(([, { letter }]) => letter === 'v')
    .map(([right, left]) => {
      const parts = new Map([...labels].filter(([node]) => node !== right));
      return { left, right, labels: parts };
    });
}

/** The voxel sums of a term, then p, t and w, then its classes. */
function sums(program: Program, term: PlanTerm): readonly Line[] {
  const several = program.head.terms.length > 1;
  const own = program.statistics
    .map((statistic) => ({ ...splitName(program, statistic), node: statistic.node }))
    .filter((statistic) => statistic.term === term.name);
  const intersection = own.find(({ letter }) => joins(letter))?.node;
  const letters = intersection === undefined ? {} : lettersOf(intersection);
  const shared = (node: Node): boolean =>
    program.statistics.every((statistic) => {
      const { letter } = splitName(program, statistic);
      return !joins(letter) || Object.values(lettersOf(statistic.node)).includes(node);
    });
  const labels = new Map<Node, Label>();
  for (const [letter, node] of Object.entries(letters) as [string, Node][]) {
    labels.set(node, { letter, term: several && !shared(node) ? term.name : undefined });
  }
  const selections = own.flatMap(({ node }) => Object.entries(selectionOf(node)));
  const v = program.head.terms.find(({ name }) => name === term.name)?.weights;
  for (const [letter, node] of selections) {
    labels.set(node, { letter, term: several ? term.name : undefined });
    if (v !== undefined) labels.set(v, { letter: 'v', term: several ? term.name : undefined });
  }
  const map = classMap(channelUse(term).classes);
  const chosen = classWords(map);
  return [
    ...own.map(({ letter, node }): Line => {
      const left = { letter, term: several ? term.name : undefined };
      return { left, right: node, labels };
    }),
    ...[...labels].map(([node, left]): Line => {
      const inner = new Map([...labels].filter(([part]) => part !== node && uses(node, part)));
      return { left, right: node, labels: inner };
    }),
    ...(chosen === undefined
      ? []
      : [
          {
            left: { letter: 'class', term: several ? term.name : undefined },
            right: { words: chosen },
            labels: new Map(),
          },
        ]),
  ];
}

/** Whether a sum of that letter joins p and t, or p and the skeleton of t, in its first op of both. */
function joins(letter: string): boolean {
  return ['I', 'D', 'Stp', 'Et'].includes(letter);
}

function uses(node: Node, part: Node): boolean {
  return inOrder([node]).includes(part);
}

function classWords(map: ClassMap): string | undefined {
  switch (map.kind) {
    case 'all':
    case 'matrix':
      return undefined;
    case 'foreground':
      return 'every channel but 0';
    case 'rows':
      return isSelection(map)
        ? `channels ${map.rows.flat().join(', ')}`
        : `channels ${map.rows.map((row) => `{${row.join(', ')}}`).join(', ')}`;
  }
}

/** Terms share what they have in common. */
function distinct(lines: readonly Line[]): readonly Line[] {
  const seen = new Set<string>();
  return lines.filter(({ left }) => {
    const key = JSON.stringify([left.letter, left.term]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
