import { suite } from './suite.js';
import { tfjs } from './tfjs.js';

const capabilities = { ranks: [0, 1, 2, 3, 4], runs: 200 };

suite(tfjs('wasm', 'channelsLast', 'auto'), capabilities);
suite(tfjs('wasm', 'channelsFirst', 'auto'), capabilities);
suite(tfjs('cpu', 'channelsLast', 'auto'), { ...capabilities, runs: 60 });
suite(tfjs('cpu', 'channelsFirst', 'auto'), { ...capabilities, runs: 60 });
