import { dirname, resolve } from 'node:path';
import { shown } from '@softdice/core';
import { type Attachment, attachment } from '../../attach/attach-loss.js';
import type { AttachOptions } from '../../attach/attach-options.js';
import { foreignModel } from '../../attach/foreign-model.js';
import { type Answer, type Command, textOf, textsOf } from '../command.js';
import { graphOptions, graphOptionsOf } from '../graph-options.js';
import { lossDoc, lossOptions } from '../loss-options.js';
import { lossOf, singleLoss } from '../loss-source.js';
import { wholeNumber } from '../numbers.js';
import { portText } from '../port-text.js';
import { textsByName } from '../settings.js';
import { misused } from '../usage-error.js';

/** Appends a loss to a model by others. */
export const attach: Command = {
  name: 'attach',
  summary: 'append a loss and its gradient to an existing model',
  details:
    'Appends a loss, and its gradient with respect to the prediction, to an existing ONNX model. The model keeps every byte of its graph; it gets a target input and the outputs of the loss.',
  arguments: [
    { name: '<model>', doc: 'the .onnx file; - is standard input' },
    { name: '[loss]', doc: lossDoc },
  ],
  options: [
    { flags: '-o, --output <file>', doc: 'the .onnx file to write; - is standard output' },
    {
      flags: '--prediction <name>',
      doc: 'the value that the loss is of (default: the only output of the model)',
    },
    ...lossOptions,
    ...graphOptions,
    {
      flags: '--dtype <type>',
      doc: 'element type of the prediction, where the model does not say it',
      choices: ['float32', 'float16', 'float64'],
    },
    {
      flags: '--name <own=name...>',
      doc: 'names of what is added, such as loss=train_loss target=labels',
    },
  ],
  examples: [
    'attach unet.onnx dice:activation=softmax,target=labels --prediction logits -o trained.onnx',
    'attach unet.onnx loss.json --prediction logits --outputs loss,scores --name target=labels -o out.onnx',
  ],
  act: async ([path = '', word], options, host): Promise<Answer> => {
    const output = textOf(options, 'output');
    if (output === undefined) {
      throw misused('--output', 'a file', 'nothing', 'write -o model.onnx, or -o - for a pipe');
    }
    const model = await (path === '-' ? host.readInput() : host.readFile(path));
    const loss = await lossOf(word, options, host);
    const [dtype, spatialRank] = [textOf(options, 'dtype'), wholeNumber(options, 'rank')];
    const given = {
      ...graphOptionsOf(options),
      prediction: textOf(options, 'prediction') ?? onlyOutput(model),
      names: textsByName(textsOf(options, 'name')),
      ...(dtype === undefined ? {} : { dtype }),
      ...(spatialRank === undefined ? {} : { spatialRank }),
    };
    // What is not allowed is refused where it is attached.
    const attached = attachment(model, singleLoss(loss), given as AttachOptions);
    const { report } = attached;
    for (const note of [...loss.notes, ...report.notes]) host.tell(`note: ${note}\n`);
    if (report.externalFiles.length > 0 && folderOf(output) !== folderOf(path)) {
      host.tell(`note: copy ${report.externalFiles.join(', ')} to the folder of ${output}\n`);
    }
    if (output === '-') {
      host.print(attached.model);
      return { json: undefined, text: '', passed: true };
    }
    await host.writeFile(output, attached.model);
    return { json: { output, ...report }, text: reportText(output, attached), passed: true };
  },
};

function folderOf(path: string): string {
  return dirname(resolve(path));
}

/** The output that is meant where none is named. */
function onlyOutput(model: Uint8Array): string {
  const outputs = foreignModel(model).graph.output.map(({ name }) => name);
  const [only, ...others] = outputs;
  if (only !== undefined && others.length === 0) return only;
  const expected = 'a name, for the model has several outputs';
  throw misused(
    '--prediction',
    expected,
    'nothing',
    `name one of ${outputs.map(shown).join(', ')}`,
  );
}

function reportText(output: string, { model, report }: Attachment): string {
  const { prediction, inputs, outputs, nodes, constants, opset, bytes } = report;
  const added = `${nodes} nodes and ${constants} constants, ${model.length - bytes.before} bytes`;
  return [
    `${output}: ${model.length} bytes, of them ${bytes.before} as they were`,
    `  of      ${portText(prediction.name, prediction.dtype, prediction.dims)}, ${prediction.layout}`,
    ...inputs.map(({ name, type, dims }) => `  input   ${portText(name, type, dims)}`),
    ...outputs.map(({ name, type, dims }) => `  output  ${portText(name, type, dims)}`),
    `  added   ${added}, opset ${opset}`,
  ].join('\n');
}
