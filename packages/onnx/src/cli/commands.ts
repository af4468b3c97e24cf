import type { Command } from './command.js';
import { attach } from './commands/attach.js';
import { check } from './commands/check.js';
import { diff } from './commands/diff.js';
import { explain } from './commands/explain.js';
import { exported } from './commands/export.js';
import { inspect } from './commands/inspect.js';
import { lint } from './commands/lint.js';

/** Every subcommand, in the order of help. */
export const commands: readonly Command[] = [exported, attach, inspect, explain, check, lint, diff];
