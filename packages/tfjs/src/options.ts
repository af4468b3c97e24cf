import { InputError, type Problem, type Program, shown } from '@softdice/core';
import type { FusedPasses } from './fused/fused-passes.js';
import { type Layout, layouts } from './layout.js';

/** Who computes: kernels made for the loss where there can be any, those alone, or tfjs's own ops. */
export type Kernels = 'auto' | 'fused' | 'ops';

/** All of them. */
export const kernelWords: readonly Kernels[] = ['auto', 'fused', 'ops'];

/** What computes losses by shaders: the `shaders` of `@softdice/tfjs/webgpu`. */
export type Shaders = (program: Program, layout: Layout) => FusedPasses;

/** Options of a loss in tfjs. */
export interface LossOptions {
  /** Where the channels are; `'channelsLast'` by default, as tfjs layers have them. */
  readonly layout?: Layout;
  /**
   * Who computes; `'auto'` by default: fused kernels on the backends wasm and cpu, and on webgpu with
   * {@link shaders}, ops elsewhere and where {@link pathOf} says so. `'fused'` refuses what the kernels cannot do.
   */
  readonly kernels?: Kernels;
  /**
   * The `shaders` of `@softdice/tfjs/webgpu`, which are the fused kernels of the backend webgpu; none by
   * default, and ops run there.
   */
  readonly shaders?: Shaders | undefined;
  /**
   * Whether to read the numbers of every batch and refuse what the spec excludes, as probabilities outside
   * [0, 1] and labels outside the channels; false by default. It reads every tensor once, from the device
   * too: for finding a mistake, not for training.
   */
  readonly check?: boolean;
}

/** Options with nothing left to decide. */
export type CompleteOptions = Required<Omit<LossOptions, 'shaders'>> & Pick<LossOptions, 'shaders'>;

/**
 * The options with their defaults.
 *
 * @throws InputError - for an unknown option or word.
 */
export function completeOptions(options: LossOptions): CompleteOptions {
  const known = ['layout', 'kernels', 'shaders', 'check'];
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  const { layout = 'channelsLast', kernels = 'auto', shaders, check = false } = options;
  const problems: readonly Problem[] = [
    ...unknown.map((path) => ({
      path: `options.${path}`,
      expected: `no other option than ${known.join(', ')}`,
      received: `'${path}'`,
      fix: 'what the loss does belongs to its spec',
    })),
    ...wordProblems('layout', layouts, layout),
    ...wordProblems('kernels', kernelWords, kernels),
    ...(shaders === undefined || typeof shaders === 'function'
      ? []
      : [
          {
            path: 'options.shaders',
            expected: "the shaders of '@softdice/tfjs/webgpu'",
            received: shown(shaders),
          },
        ]),
    ...wordProblems('check', [true, false], check),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return { layout, kernels, shaders, check };
}

/** A problem where an option is none of its words. */
export function wordProblems<Word>(
  option: string,
  words: readonly Word[],
  word: Word,
): readonly Problem[] {
  if (words.includes(word)) return [];
  const path = `options.${option}`;
  return [{ path, expected: words.map(quoted).join(' or '), received: quoted(word) }];
}

/** As it is written in code. */
function quoted(word: unknown): string {
  return typeof word === 'string' ? `'${word}'` : String(word);
}
