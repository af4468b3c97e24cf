import { looksAtNeighbours } from '@softdice/core';
import { fused } from './fused.js';
import { suite } from './suite.js';
import type { Capabilities } from './target.js';

const capabilities: Capabilities = {
  ranks: [0, 1, 2, 3, 4],
  runs: 300,
  takes: (plan) => !looksAtNeighbours(plan),
};

suite(fused('channelsFirst'), capabilities);
// A second layout differs in where it reads: the arithmetic is that of the first.
suite(fused('channelsLast'), { ...capabilities, runs: 100, share: 0.3 });
