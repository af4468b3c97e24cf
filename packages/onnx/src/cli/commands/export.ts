import { exportLevels } from '../../export-levels.js';
import { exportLoss } from '../../export-loss.js';
import type { ExportOptions } from '../../options.js';
import type { Answer, Command } from '../command.js';
import { textOf } from '../command.js';
import { graphOptions, graphOptionsOf } from '../graph-options.js';
import { lossDoc, lossOptions } from '../loss-options.js';
import { lossOf } from '../loss-source.js';
import { wholeNumber } from '../numbers.js';
import { misused } from '../usage-error.js';

/** Writes a loss as a model of its own. */
export const exported: Command = {
  name: 'export',
  summary: 'write a loss and its gradient as an ONNX model',
  details: 'Writes a loss and its gradient as an ONNX model of standard operators.',
  arguments: [{ name: '[loss]', doc: lossDoc }],
  options: [
    { flags: '-o, --output <file>', doc: 'the .onnx file to write; - is standard output' },
    ...lossOptions,
    ...graphOptions,
    {
      flags: '--dtype <type>',
      doc: 'element type of the prediction (default: float32)',
      choices: ['float32', 'float16', 'float64'],
    },
    { flags: '--opset <n>', doc: 'version of the standard operators (default: 17)' },
    {
      flags: '--form <form>',
      doc: 'operators in the graph, or in a function of the model (default: inline)',
      choices: ['inline', 'function'],
    },
    {
      flags: '--block-size <n>',
      doc: 'numbers of the prediction computed at once, such as 131072 (default: all)',
    },
  ],
  examples: [
    'export dice:activation=softmax,target=labels --rank 2 -o dice.onnx',
    'export loss.json --rank 3 --outputs loss,gradient,scores --dtype float16 -o loss.onnx',
    'export --from monai DiceLoss softmax=true to_onehot_y=true --channels 4 --rank 3 -o dice.onnx',
  ],
  act: async ([word], options, host): Promise<Answer> => {
    const output = textOf(options, 'output');
    if (output === undefined) {
      throw misused('--output', 'a file', 'nothing', 'write -o loss.onnx, or -o - for a pipe');
    }
    const loss = await lossOf(word, options, host);
    const { outputs, cotangent, ...shared } = graphOptionsOf(options);
    const [dtype, form] = [textOf(options, 'dtype'), textOf(options, 'form')];
    const [opset, spatialRank] = [wholeNumber(options, 'opset'), wholeNumber(options, 'rank')];
    const blockSize = wholeNumber(options, 'blockSize');
    if (spatialRank === undefined) {
      const fix = '2 for images, 3 for volumes';
      throw misused('--rank', 'the number of spatial axes', 'nothing', fix);
    }
    const given = {
      ...shared,
      ...(outputs === undefined ? {} : { outputs }),
      ...(cotangent === undefined ? {} : { cotangent }),
      ...(dtype === undefined ? {} : { dtype }),
      ...(form === undefined ? {} : { form }),
      ...(opset === undefined ? {} : { opset }),
      ...(blockSize === undefined ? {} : { blockSize }),
      spatialRank,
    };
    // The exporter refuses what it does not know.
    const bytes =
      'levels' in loss.spec
        ? exportLevels(loss.spec, given as Parameters<typeof exportLevels>[1])
        : exportLoss(loss.spec, given as ExportOptions);
    for (const note of loss.notes) host.tell(`note: ${note}\n`);
    if (output === '-') {
      host.print(bytes);
      return { json: undefined, text: '', passed: true };
    }
    await host.writeFile(output, bytes);
    const text = `${output}: ${bytes.length} bytes, ${loss.source}`;
    const { source, notes } = loss;
    return { json: { output, bytes: bytes.length, source, notes }, text, passed: true };
  },
};
