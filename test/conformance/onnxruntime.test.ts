import { onnxruntime } from './onnxruntime.js';
import { suite } from './suite.js';

suite(onnxruntime, { ranks: [0, 1, 2, 3], runs: 300 });
