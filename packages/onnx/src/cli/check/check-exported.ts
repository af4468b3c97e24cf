import { checkCases } from './cases.js';
import { channelsOf } from './channels-of.js';
import { type CheckedCase, type CheckRun, checkedCase } from './checked-case.js';
import type { CheckedModel } from './checked-model.js';
import { opened, type Runtime } from './runtime.js';

/** Checks a loss that is a model of its own, on random and degenerate inputs. */
export async function checkExported(
  ort: Runtime,
  path: string,
  model: CheckedModel,
  { seed, randomCases, channels, progress }: CheckRun,
): Promise<readonly CheckedCase[]> {
  const { plan, spatialRank } = model;
  const cases = checkCases({
    plan,
    channels: channelsOf(plan, spatialRank, channels),
    spatialRank,
    seed,
    randomCases,
  });
  const session = await opened(ort, path);
  const found: CheckedCase[] = [];
  try {
    for (const each of cases) {
      found.push(await checkedCase(ort, session, model, each, {}));
      progress(found.length, cases.length);
    }
  } finally {
    await session.release();
  }
  return found;
}
