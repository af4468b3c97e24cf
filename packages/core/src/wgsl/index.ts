export { type Shader, tablesName, variableOf, workgroupSize } from './shader.js';
export { type HeadPart, type ShaderStep, type Shaders, shadersOf } from './shaders.js';
export type { ShaderShape } from './sweep-shader.js';
