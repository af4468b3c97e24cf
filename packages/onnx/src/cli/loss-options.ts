import type { CommandOption } from './command.js';
import { configKinds } from './config-subject.js';

/** How a loss may be named: the words that help shows. */
export const lossDoc: string =
  'a .json file, a .onnx file that carries a loss, - for JSON from standard input, a preset with its options (dice:activation=softmax,target=labels), a loss of another library (monai:DiceLoss:softmax=true), or of a training config (monai-bundle:train.json)';

/** What a loss of another library depends on beside its arguments. */
export const contextOptions: readonly CommandOption[] = [
  { flags: '--channels <n>', doc: 'channels of the network, for losses of other libraries' },
  { flags: '--rank <n>', doc: 'number of spatial axes: 2 for images, 3 for volumes' },
  {
    flags: '--context <name=value...>',
    doc: 'more of what they depend on: target, version, fidelity, layout …',
  },
];

/** Options by which every command may be told its loss. */
export const lossOptions: readonly CommandOption[] = [
  { flags: '--preset <name>', doc: 'a loss that people know by name' },
  {
    flags: '--set <name=value...>',
    doc: 'options of the preset, such as smoothing.numerator=1; values are JSON or texts',
  },
  {
    flags: '--from <words...>',
    doc: 'a loss of another library: its name, the class, and arguments as name=value',
  },
  {
    flags: '--config <words...>',
    doc: `the loss of a training config: one of ${configKinds.join(', ')}, then its files`,
  },
  ...contextOptions,
];
