import { number } from './report.js';
import type { Entry } from './rival.js';
import { fusedC } from './rivals/process.js';
import { autograd, fused, fusedFirst, fusedLast, onnxFirst, onnxSparing } from './rivals.js';
import { type Measured, median, ratios } from './rounds.js';

/** A goal: what was measured, and how much it may be. */
interface Gate {
  readonly what: string;
  readonly bound: { readonly least: number } | { readonly most: number };
  /** What was measured, or undefined where that was not possible. */
  readonly value: (of: (entry: Entry) => Measured | undefined) => number | undefined;
}

/** How many times as long as another one it takes. */
function time(entry: Entry, beside: Entry): Gate['value'] {
  return (of) => {
    const [one, other] = [of(entry), of(beside)];
    return one && other && median(ratios(one, other));
  };
}

/** The most memory of any of them in predictions, with the gradient or without. */
function memory(entries: readonly Entry[], gradient: 'and gradient' | 'alone'): Gate['value'] {
  return (of) => {
    const all = entries.map((entry) => of(entry)?.extra);
    const known = all.flatMap((extra) => (extra === undefined ? [] : [extra]));
    if (known.length < all.length) return undefined;
    return Math.max(...known) + (gradient === 'alone' ? 0 : 1);
  };
}

const gate = (what: string, bound: Gate['bound'], value: Gate['value']): Gate => ({
  what,
  bound,
  value,
});

/** The goals at a shape: how many times faster than torch, channels first and last. */
export function gatesOf(shape: string, least: number, leastLast: number): readonly Gate[] {
  const ofShape = [
    gate('faster than torch, channels first', { least }, time(autograd, fusedFirst)),
    gate('faster than torch, channels last', { least: leastLast }, time(autograd, fusedLast)),
    gate('time beside the fused C loop', { most: 2 }, time(fusedFirst, fusedC)),
    gate('fused: extra memory, in predictions', { most: 0.1 }, memory(fused, 'alone')),
    ...[onnxFirst, ...onnxSparing].flatMap((entry) => {
      const [, options = ''] = /( without [^,]*)/.exec(entry.name) ?? [];
      const graph = `ONNX${entry.name.includes('in blocks') ? ' in blocks' : ''}${options}`;
      const peak = `${graph}: peak memory beside the inputs, gradient included, in predictions`;
      return [
        gate(`${graph}: time beside torch`, { most: 0.5 }, time(entry, autograd)),
        gate(peak, { most: 4 }, memory([entry], 'and gradient')),
      ];
    }),
  ];
  return ofShape.map((one) => ({ ...one, what: `${shape}, ${one.what}` }));
}

/** Whether goals were met: a line each. */
export function linesOf(gates: readonly Gate[], all: readonly Measured[]): readonly string[] {
  return gates.map(({ what, bound, value }) => {
    const found = value((entry) => all.find(({ name }) => name === entry.name));
    const wanted = 'least' in bound ? `at least ${bound.least}×` : `at most ${bound.most}×`;
    if (found === undefined) return `| ${what} | ${wanted} | not here | |`;
    const met = 'least' in bound ? found >= bound.least : found <= bound.most;
    return `| ${what} | ${wanted} | ${number(found)}× | ${met ? 'met' : 'missed'} |`;
  });
}
