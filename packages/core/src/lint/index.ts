export type { Consequence, LintFinding, MeasuredValue } from './finding.js';
export { type Lintable, lint } from './lint.js';
export { type Setting, settingSchema } from './setting.js';
