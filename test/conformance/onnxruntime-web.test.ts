import { inWeb } from './onnxruntime-web.js';
import { writingSuite } from './writing-suite.js';

writingSuite('onnxruntime-web', inWeb, 10);
