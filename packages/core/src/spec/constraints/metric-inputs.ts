import type { CompleteMetric } from '../metric.js';
import { type Constraint, fine } from './constraint.js';

/** Rules across what a hard score is given and how it decides; label maps fulfil all of them. */
export const metricInputConstraints: readonly Constraint<CompleteMetric>[] = [
  {
    number: 'M1',
    rule: 'a hard target',
    fix: 'threshold the soft target first',
    violations: ({ target }) => (target.kind === 'soft' ? { target: target.kind } : fine),
  },
  {
    number: 'M2',
    rule: "'both', or a 'labels' target",
    fix: 'give the regions of both',
    violations: ({ classes, target }) =>
      classes.kind === 'regions' && classes.merge === 'target' && target.kind !== 'labels'
        ? { 'classes.merge': classes.merge }
        : fine,
  },
  {
    number: 'M3',
    rule: "'threshold' and all classes with a binary target",
    fix: 'a binary target has one channel',
    violations: ({ target, decide, classes }) =>
      target.kind === 'binary' && (decide.kind !== 'threshold' || classes.kind !== 'all')
        ? { decide: decide.kind }
        : fine,
  },
  {
    number: 'M8',
    rule: "voxels 'target-mass' with a one-hot target",
    fix: "with other targets the mass does not say which voxels count: use 'mask' or an ignore label",
    violations: ({ voxels, target }) =>
      voxels.kind === 'target-mass' && target.kind !== 'one-hot' ? { voxels: voxels.kind } : fine,
  },
  {
    number: 'M10',
    rule: "no 'channel-mask' with regions of both",
    fix: "it has no meaning for a union: use 'mask'",
    violations: ({ voxels, classes }) =>
      voxels.kind === 'channel-mask' && classes.kind === 'regions' && classes.merge === 'both'
        ? { voxels: voxels.kind }
        : fine,
  },
];
