import { fused } from './fused.js';
import { suite } from './suite.js';

const capabilities = { ranks: [0, 1, 2, 3, 4], runs: 300 };

suite(fused('channelsFirst'), capabilities);
suite(fused('channelsLast'), capabilities);
