import { suite } from './suite.js';
import { tfjs } from './tfjs.js';

suite(tfjs('cpu', 'channelsLast', 200));
suite(tfjs('cpu', 'channelsFirst', 200));
