import { onnxruntime } from './onnxruntime.js';
import { suite } from './suite.js';

suite(onnxruntime);
