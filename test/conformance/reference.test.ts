import { reference } from './reference.js';
import { suite } from './suite.js';

// It agrees with itself; the laws are what is tested here.
suite(reference, { ranks: [0, 1, 2, 3, 4], runs: 300 });
