import type { ExportOptions } from '../options.js';
import { type CommandOption, type Given, textOf } from './command.js';

/** Options of a graph that do not depend on where it stands. */
export const graphOptions: readonly CommandOption[] = [
  {
    flags: '--outputs <names>',
    doc: 'of loss, gradient, scores, statistics, with commas between (default: loss,gradient)',
  },
  {
    flags: '--layout <layout>',
    doc: 'where the channels stand (default: channelsFirst)',
    choices: ['channelsFirst', 'channelsLast'],
  },
  {
    flags: '--labels <type>',
    doc: "element type of a 'labels' target (default: int64)",
    choices: ['uint8', 'int32', 'int64'],
  },
  {
    flags: '--cotangent <kind>',
    doc: 'what the gradient is of: the sum of the loss, or of loss times an input',
    choices: ['ones', 'input'],
  },
];

type GraphOptions = Pick<ExportOptions, 'outputs' | 'layout' | 'labels' | 'cotangent'>;

/** What was given of them; the exporter checks the values. */
export function graphOptionsOf(options: Given): GraphOptions {
  const outputs = textOf(options, 'outputs')?.split(',');
  const [layout, labels, cotangent] = ['layout', 'labels', 'cotangent'].map((name) =>
    textOf(options, name),
  );
  const given = {
    ...(outputs === undefined ? {} : { outputs }),
    ...(layout === undefined ? {} : { layout }),
    ...(labels === undefined ? {} : { labels }),
    ...(cotangent === undefined ? {} : { cotangent }),
  };
  return given as GraphOptions;
}
