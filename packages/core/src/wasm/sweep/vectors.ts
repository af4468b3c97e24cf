import type { Routine } from '../assembler/routine.js';
import { type I32, i32 } from '../assembler/values.js';
import type { Place } from './place.js';

/** Goes through the vectors of a block, several in one turn: where each turn starts, and what is added. */
export function vectorsOf(
  { f, bytes, vectors }: Place,
  visit: (start: I32, offset: number) => void,
): void {
  f.count(bytes, 16 * vectors, (start) => {
    for (let vector = 0; vector < vectors; vector++) visit(start, 16 * vector);
  });
}

/** Adds where a turn starts to addresses, each once in a turn. */
export function addresses(f: Routine): (start: I32, base: I32) => I32 {
  const known = new Map<I32, Map<I32, I32>>();
  return (start, base) => {
    const ofTurn = known.get(start) ?? new Map<I32, I32>();
    known.set(start, ofTurn);
    const address = ofTurn.get(base) ?? f.keep(i32.add(base, start));
    ofTurn.set(base, address);
    return address;
  };
}
