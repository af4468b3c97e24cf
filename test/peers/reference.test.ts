import { reference } from '../conformance/reference.js';
import { peerSuite } from './suite.js';

peerSuite(reference);
