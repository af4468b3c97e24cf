import { suite } from './suite.js';
import { tfjs } from './tfjs.js';

const capabilities = { ranks: [0, 1, 2, 3, 4], runs: 200 };

suite(tfjs('wasm', 'channelsLast'), capabilities);
// A second layout differs in where it reads: the arithmetic is that of the first.
suite(tfjs('wasm', 'channelsFirst'), { ...capabilities, runs: 60, share: 0.3 });
