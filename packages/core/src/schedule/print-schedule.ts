import type { Node } from '../expression/node.js';
import { numbered, printed } from '../expression/print.js';
import type { Named } from '../program/program.js';
import type { Loop, Mix } from './loops.js';
import type { Schedule, Sweep } from './schedule.js';

/** Prints the passes of a schedule: what each reads, computes in its loops, and leaves. */
export function printSchedule({ forward, statistics, backward, carrying }: Schedule): string {
  return [
    ...forward.map((sweep, at) => printSweep(`forward sweep ${at + 1}`, sweep)),
    `statistics\n${printNamed(statistics)}\n`,
    ...backward.map((sweep, at) => printSweep(`backward sweep ${at + 1}`, sweep)),
    ...(carrying === undefined
      ? []
      : [
          printSweep('forward sweep that carries', carrying.forward, 'carried'),
          printSweep('backward sweep from what was carried', carrying.backward),
        ]),
  ].join('\n');
}

function printSweep(
  title: string,
  { operands, steps, sums, gradient }: Sweep,
  written = 'gradient',
): string {
  const roots = [...sums.map(({ node }) => node), ...(gradient === undefined ? [] : [gradient])];
  const { lines, nameOf } = numbered(roots);
  const results = sums.map(({ name, node }) => `${name} = voxel sum of ${nameOf(node)}`);
  return [
    title,
    ...(operands.length === 0 ? [] : [printNamed(operands)]),
    ...lines,
    ...results,
    ...(gradient === undefined ? [] : [`${written} = ${nameOf(gradient)}`]),
    ...steps.map((step) => printStep(step, nameOf, written)),
    '',
  ].join('\n');
}

function printStep(step: Loop | Mix, nameOf: (node: Node) => string, written: string): string {
  if (step.kind === 'mix') return `matrix for ${nameOf(step.node)}`;
  const { extent, keeps, reduces, sums, gradient } = step;
  const list = (verb: string, what: readonly string[]): readonly string[] =>
    what.length === 0 ? [] : [`${verb} ${what.join(' ')}`];
  const work = [
    ...list('keep', keeps.map(nameOf)),
    ...list('reduce to', reduces.map(nameOf)),
    ...list('add to', sums),
    ...(gradient ? [`write ${written}`] : []),
  ];
  return `loop over ${extent}: ${work.join(', ')}`;
}

function printNamed(nodes: readonly Named[]): string {
  return printed(Object.fromEntries(nodes.map(({ name, node }) => [name, node])));
}
