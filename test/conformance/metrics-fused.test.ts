import { metricFused } from './metric-fused.js';
import { metricLaws } from './metric-laws.js';
import { metricSuite } from './metric-suite.js';
import { metricTfjs } from './metric-tfjs.js';

metricSuite(metricFused('channelsFirst'), 200, [0, 1, 2, 3]);
metricLaws(metricFused('channelsLast'), 30);
// What else runs there differs in where it reads: the counts are those of the first.
metricSuite(metricTfjs('wasm', 'channelsLast', 'fused'), 60, [0, 1, 2, 3]);
metricSuite(metricTfjs('wasm', 'channelsFirst', 'fused'), 30, [0, 1, 2, 3]);
metricSuite(metricTfjs('cpu', 'channelsLast', 'fused'), 30, [0, 1, 2, 3]);
