import { type Axis, applyOp, type Node, type OpTable } from '../../expression/node.js';
import { recognised } from './patterns.js';
import type { Written } from './written.js';

/** A letter, of one term where several terms have the same letter. */
export interface Label {
  readonly letter: string;
  readonly term?: string | undefined;
}

/** A way to write formulas: one entry per op, and one per pattern. */
export interface Notation {
  readonly ops: OpTable<Written>;
  readonly label: (label: Label) => Written;
  readonly mean: (over: readonly Axis[], of: Written, by?: Written) => Written;
  readonly logCosh: (of: Written) => Written;
  readonly skeleton: (of: Written, iterations: number) => Written;
  /** Definitions under each other. */
  readonly lines: (definitions: readonly Definition<string>[]) => string;
}

/** What a label stands for: an expression, or words where no expression says it. */
export interface Definition<Right> {
  readonly left: Label;
  readonly right: Right | { readonly words: string };
}

/** Writes an expression; nodes with a label are written as that. */
export function write(notation: Notation, node: Node, labels: ReadonlyMap<Node, Label>): Written {
  const inner = (part: Node): Written => {
    const label = labels.get(part);
    return label === undefined ? write(notation, part, labels) : notation.label(label);
  };
  const pattern = recognised(node);
  switch (pattern?.kind) {
    case 'mean':
      return notation.mean(pattern.over, inner(pattern.of));
    case 'weighted-mean':
      return notation.mean(pattern.over, inner(pattern.of), inner(pattern.by));
    case 'log-cosh':
      return notation.logCosh(inner(pattern.of));
    case 'skeleton':
      return notation.skeleton(inner(pattern.of), pattern.iterations);
    case 'spread':
      return inner(pattern.of);
    default:
      return applyOp(notation.ops, node, node.args.map(inner));
  }
}
