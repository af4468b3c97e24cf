export { registerFilterGradient } from './register.js';
