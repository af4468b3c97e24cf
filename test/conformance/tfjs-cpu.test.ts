import { suite } from './suite.js';
import { tfjs } from './tfjs.js';

const capabilities = { ranks: [0, 1, 2, 3, 4], runs: 200 };

suite(tfjs('cpu', 'channelsLast'), capabilities);
suite(tfjs('cpu', 'channelsFirst'), capabilities);
