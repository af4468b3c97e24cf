import { checkTensors } from './check.js';
import { checkValues } from './check-values.js';
import type { GradientInputs } from './direct-gradient.js';
import type { CompleteOptions } from './options.js';
import type { PassesOfPlan } from './passes.js';

/** What looks at the tensors of a loss before it is computed: always their shapes, their numbers on demand. */
export function checker(
  { plan, layout }: PassesOfPlan,
  { check }: CompleteOptions,
): (inputs: GradientInputs) => void {
  return (inputs) => {
    checkTensors(plan, layout, inputs);
    if (check) checkValues(plan, layout, inputs);
  };
}
