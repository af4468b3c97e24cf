import { metricInterpreter } from './metric-interpreter.js';
import { metricLaws } from './metric-laws.js';
import { metricSuite } from './metric-suite.js';

metricSuite(metricInterpreter, 150, [0, 1, 2, 3]);
metricLaws(metricInterpreter, 30);
