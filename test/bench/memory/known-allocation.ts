import { problemOf } from '../problem.js';
import type { Entry } from '../rival.js';
import { grownBytes } from './grown-bytes.js';

/** How many arrays as large as the prediction it fills beside the gradient. */
const knownArrays = 3;

/** Computes nothing and fills a known number of arrays: what is measured of it must be that number. */
export const knownAllocation: Entry = {
  name: 'known allocation',
  start: async ({ first }) => ({
    step: async () => {
      const arrays = Array.from({ length: 1 + knownArrays }, (_, at) =>
        new Float32Array(first.length).fill(at),
      );
      return { loss: arrays.reduce((sum, array) => sum + (array.at(-1) ?? 0), 0) };
    },
    close: async () => undefined,
  }),
};

/**
 * Measures what is known, and says what came out.
 *
 * @throws Error - where the measurement is off by a tenth of a prediction or more.
 */
export async function memoryCheckText(): Promise<string> {
  const problem = problemOf(8, [256, 256], 4);
  const bytes = await grownBytes(knownAllocation.name, problem);
  if (bytes === undefined) return 'It is known on Linux alone.';
  const found = bytes / problem.first.byteLength;
  if (!(Math.abs(found - knownArrays) < 0.1)) {
    throw new Error(`${knownArrays} arrays were measured as ${found}`);
  }
  return `Of a rival that fills ${knownArrays} arrays as large as the prediction it is measured as ${found.toFixed(3)}.`;
}
