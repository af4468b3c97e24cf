import { inNode } from './onnxruntime.js';
import { writingSuite } from './writing-suite.js';

writingSuite('onnxruntime-node', inNode, 40);
