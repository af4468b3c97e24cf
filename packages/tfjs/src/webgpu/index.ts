export { shaders } from './shader-passes.js';
