import { meanOf } from '../outcome.js';

/** A line that says how far it is and how well it goes; it is drawn over itself in a terminal. */
export function progressOf(
  total: number,
): (done: number, what: string, dice: readonly number[]) => void {
  const start = performance.now();
  return (done, what, dice) => {
    const share = done / total;
    const bar = '#'.repeat(Math.round(24 * share)).padEnd(24, '.');
    const seconds = Math.round((performance.now() - start) / 1000);
    const scores = dice.map((each) => each.toFixed(2)).join(' ');
    const line = `[${bar}] ${Math.round(100 * share)} % ${seconds} s  ${what}: Dice ${scores}, mean ${meanOf(dice).toFixed(2)}`;
    const { isTTY, columns } = process.stdout;
    // A line that wraps could not be drawn over.
    if (isTTY)
      process.stdout.write(`\r\u001b[K${done === total ? '' : line.slice(0, columns - 1)}`);
    else if (Math.floor(20 * share) > Math.floor((20 * (done - 1)) / total)) console.log(line);
  };
}
