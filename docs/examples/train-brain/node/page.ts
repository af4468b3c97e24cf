import { parseSpec, SpecError } from '@softdice/core';
import type { Unmoved } from '../argmax.js';
import { contenders } from '../losses.js';
import type { Slices } from '../slices.js';
import { course } from '../training.js';

/** The tables of the page, as Markdown. */
export interface Tables {
  readonly dice: string;
  readonly rare: string;
}

/** docs/train-brain.md. */
export function pageOf(
  { dice, rare }: Tables,
  unmoved: Unmoved,
  seeds: number,
  { count, height, width }: Slices,
): string {
  const { steps, batch } = course;
  return `# Trained on a brain

A small network learns to label the [example brain](examples/brain/data/README.md) with seven losses. One
class is almost empty: hippocampus and amygdala are 1 % of the voxels and absent from most slices. What
becomes of it depends on the loss.

\`\`\`sh
npm run train    # trains all of it again and writes this page: at most three minutes on two cores
\`\`\`

- **Data:** ${count} axial slices of ${height} x ${width} voxels from the left half of the brain. The right half,
  mirrored, is held out; three columns at the midline belong to neither, so that no neighbours leak.
- **Network:** a U-Net of 8, 16 and 32 filters at three resolutions; it sees T1 and position. ${steps} steps of Adam with
  ${batch} slices each, on tfjs's wasm backend by [\`registerFilterGradient\`](decisions.md#the-filter-gradient-on-wasm-is-a-convolution).
- **Seeds:** ${seeds} trainings per loss, which differ in initial weights and order of the slices; the same for every
  loss. Everything is seeded: the same machine gives the same numbers again.
- **Scores:** Dice of the decided labels of the held-out half, its slices pooled, by \`meter\`. Mean ± standard
  deviation over the seeds.

It is one person's brain, and its halves are alike: the scores say how losses compare here, not how well
another brain would be labelled. ${steps} steps are few, and spreads are wide: differences within them mean nothing.

## What came out

${dice}

![Held-out Dice over the steps, for each loss](pictures/train-brain.svg)

The small class, on its own. "Found in" counts the trainings that give it any voxel; false slices are those
without it in which some voxel is given to it:

${rare}

![One held-out slice: true labels, and what each loss made of it](pictures/train-brain.png)

Orange is cortex, green deep grey, pink hippocampus and amygdala, blue cerebellum. A dot marks a wrong voxel,
the line the true border of the small class. Each panel is the first seed.

| loss | spec |
| --- | --- |
${contenders.map(({ name, written }) => `| ${name} | \`${written}\` |`).join('\n')}

\`labels\` is \`{ target: 'labels', activation: 'softmax' }\`, \`foreground\` adds \`classes: 'foreground'\`.

## What it answers

The [thread](thread.md) asked these questions; here they are trained.

**Can the loss take the argmax?** No. A loss with argmax is refused:

\`\`\`text
${refusal()}
\`\`\`

Written by hand in tfjs it is not refused, and nothing warns. The loss is ${unmoved.loss.toFixed(4)}; ten steps of Adam later
the largest change of any weight is ${unmoved.largestChange}.

**Does soft Dice learn?** Yes, and it finds classes that cross-entropy has not found after as many steps:
a Dice counts every class alike, cross-entropy every voxel. Added, they label the large classes best, and
the small one not yet.

**Does the background count?** Left out, its voxels cost nothing by themselves, only as false positives of
a class, and against a class as large as the cortex these weigh little: in the picture the Dice losses
without background paint the empty outside as cortex, and the cortex scores less for it. Counted
(\`classes: 'all'\`), or with cross-entropy added, the outside is right.

**What does smoothing do to an almost empty class?** Per image, most slices lack it, and the loss has
to say what its score is there.

- *Smoothed* with one voxel in both places, the score of an absent class is 1 / (P + 1). Its slope is
  gentle while the class is predicted in many voxels, and steep, up to 1 per voxel, once P is small. A
  slice with T voxels of the class then pulls by no more than about 2 / T per voxel. So a class that is nearly gone
  is driven out for good: the small class is never found, and others go with it.
- *Unsmoothed* (numerator 0), the score of an absent class is 0 whatever is predicted: no gradient. It is
  learnt from the slices that have it, and nothing speaks against false positives in the others: where it
  is found, it is found in more slices that lack it.
- *Skipped* (\`absent: 'skip'\`), the same without the constant in the loss: the mean is over the classes that are there.
- *Per batch*, slices are pooled before the ratio, so that a class is rarely absent, and false positives in
  slices without it count. That is the setting to begin with.
`;
}

function refusal(): string {
  try {
    parseSpec({ target: 'labels', terms: [{ kind: 'overlap', activation: 'argmax' }] });
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error('argmax was not refused');
}
