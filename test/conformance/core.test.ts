import { interpreter } from './interpreter.js';
import { suite } from './suite.js';

suite(interpreter, { ranks: [0, 1, 2, 3, 4], runs: 600 });
