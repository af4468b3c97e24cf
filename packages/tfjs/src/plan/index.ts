export type { GradientInputs, ValueAndGradient } from '../direct-gradient.js';
export type { Layout } from '../layout.js';
export type { LossFunction } from '../taped-loss.js';
export { lossFunction, valueAndGradient } from './losses.js';
