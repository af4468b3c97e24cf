import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const reset = '/proc/self/clear_refs';

/** Whether the system tells how much memory a process held at most since a moment of its choice: Linux. */
export const tellsPeak: boolean = existsSync(reset);

function field(name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return 1024 * Number(kilobytes);
}

/** Bytes of this process in memory, from which its peak is counted anew. */
export function residentBytes(): number {
  // What 5 means is in proc(5): the peak becomes what is resident now.
  writeFileSync(reset, '5');
  return field('VmRSS');
}

/** The most bytes of this process in memory since {@link residentBytes}. */
export function peakBytes(): number {
  return field('VmHWM');
}
