import { tfjs } from '../conformance/tfjs.js';
import { peerSuite } from './suite.js';

peerSuite(tfjs('wasm', 'channelsFirst', 'auto'));
