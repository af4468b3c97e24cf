export { registerFilterGradient, replaceInputGradient } from './register.js';
