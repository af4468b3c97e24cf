import { onnxruntime } from '../conformance/onnxruntime.js';
import { peerSuite } from './suite.js';

peerSuite(onnxruntime);
