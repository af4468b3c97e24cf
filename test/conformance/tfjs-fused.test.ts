import { suite } from './suite.js';
import { tfjs } from './tfjs.js';

const capabilities = { ranks: [0, 1, 2, 3, 4], runs: 200 };
// What else runs there differs in where it reads: the arithmetic is that of the first.
const few = { ...capabilities, runs: 60, share: 0.3 };

suite(tfjs('wasm', 'channelsLast', 'auto'), capabilities);
suite(tfjs('wasm', 'channelsFirst', 'auto'), few);
suite(tfjs('cpu', 'channelsLast', 'auto'), few);
suite(tfjs('cpu', 'channelsFirst', 'auto'), few);
