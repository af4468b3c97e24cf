import { interpreter } from '../conformance/interpreter.js';
import { peerSuite } from './suite.js';

peerSuite(interpreter);
