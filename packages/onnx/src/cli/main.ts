import process from 'node:process';
import { nodeHost } from './node-host.js';
import { run } from './run.js';

// Whoever read our output may have had enough of it: `softdice inspect model.onnx | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), nodeHost(process));
