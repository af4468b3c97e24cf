export type { Consequence, LintFinding, MeasuredValue } from './finding.js';
export { type Lintable, lint } from './lint.js';
export { type Setting, settingDocs, settingSchema } from './setting.js';
