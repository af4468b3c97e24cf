import { suite } from './suite.js';
import { tfjs } from './tfjs.js';

suite(tfjs('wasm', 'channelsLast', 200));
suite(tfjs('wasm', 'channelsFirst', 200));
