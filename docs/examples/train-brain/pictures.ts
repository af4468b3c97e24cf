import { type Curve, curvesSvg } from './curves.js';
import { lastOf, meanOf, spreadOf } from './outcome.js';
import { type Captioned, gridOf, overlay, panelSize, shownSlice } from './overlay.js';
import type { Slices } from './slices.js';
import type { Trained } from './tables.js';

/** Held-out Dice over the steps: the mean of all classes, and one class alone. */
export function learningCurves(all: readonly Trained[], label: number, name: string): string {
  const curves = (value: (dice: readonly number[]) => number): readonly Curve[] =>
    all.map(({ name, outcomes }) => ({
      name,
      points: (outcomes[0]?.checks ?? []).map(({ step }, at) => ({
        step,
        ...spreadOf(outcomes.map(({ checks }) => value(checks[at]?.dice ?? []))),
      })),
    }));
  const panels = [
    { title: 'mean of the five classes', curves: curves(meanOf) },
    { title: name, curves: curves((dice) => dice[label - 1] ?? Number.NaN) },
  ];
  return curvesSvg(panels, 'held-out Dice');
}

/** One held-out slice: the truth, and what each loss made of it in its first training. */
export function overlays(
  all: readonly Trained[],
  heldOut: Slices,
  label: number,
): ReturnType<typeof gridOf> {
  const panels: readonly Captioned[] = [
    {
      drawing: overlay(heldOut, heldOut.labels, shownSlice),
      name: 'true labels',
      note: 'front up',
    },
    ...all.flatMap(({ name, outcomes }): readonly Captioned[] => {
      const [first] = outcomes;
      if (first === undefined) return [];
      const { labels, dice } = lastOf(first);
      const note = `small class: Dice ${(dice[label - 1] ?? Number.NaN).toFixed(2)}`;
      return [{ drawing: overlay(heldOut, labels, shownSlice), name, note }];
    }),
  ];
  return gridOf(panels, panelSize(heldOut), Math.ceil(panels.length / 2));
}
