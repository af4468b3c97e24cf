import { metricLaws } from './metric-laws.js';
import { metricOnnxruntime } from './metric-onnxruntime.js';
import { metricSuite } from './metric-suite.js';

metricSuite(metricOnnxruntime(), 60, [0, 1, 2, 3]);
metricSuite(
  metricOnnxruntime({
    layout: 'channelsLast',
    dtype: 'float64',
    form: 'function',
    opset: 26,
    labels: 'uint8',
  }),
  60,
  [0, 1, 2, 3],
);
metricLaws(metricOnnxruntime(), 15);
