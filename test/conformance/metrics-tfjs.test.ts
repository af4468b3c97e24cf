import { metricLaws } from './metric-laws.js';
import { metricSuite } from './metric-suite.js';
import { metricTfjs } from './metric-tfjs.js';

metricSuite(metricTfjs('cpu', 'channelsFirst'), 45, [0, 1, 2, 3]);
metricSuite(metricTfjs('wasm', 'channelsLast'), 45, [0, 1, 2, 3]);
metricLaws(metricTfjs('wasm', 'channelsLast'), 15);
