/** Answers the questions of the thread: one with a letter, all without, `--write` for docs/thread.md. */

import { writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { page } from './page.js';
import { report } from './report.js';

const [argument] = process.argv.slice(2);
if (argument === '--write') {
  await writeFile(new URL('../../../thread.md', import.meta.url), page());
  console.log('wrote docs/thread.md');
} else {
  tf.enableProdMode();
  const { text, status } = await report(argument);
  if (status === 0) console.log(text);
  else console.error(text);
  process.exitCode = status;
}
