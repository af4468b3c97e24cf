/** What the build for a plain `<script>` has: everything, since a page cannot import the rest. */
export * from './index.js';
export { shaders } from './webgpu/index.js';
