import { interpreter } from './interpreter.js';
import { suite } from './suite.js';

suite(interpreter);
