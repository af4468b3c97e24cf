import type { Answer, Command } from '../command.js';
import {
  type ModelSummary,
  modelSummary,
  type NodeSummary,
  type PortSummary,
} from '../model-summary.js';
import { portText } from '../port-text.js';
import { type Style, styleOf } from '../style.js';
import { textTable } from '../text-table.js';

/** Shows what is in a model. */
export const inspect: Command = {
  name: 'inspect',
  summary: 'show what is in a model: inputs, outputs, formula, nodes',
  details:
    'Shows what is in an ONNX model: versions, inputs, outputs, the formula of the loss that it carries, and its nodes. Works on models by others too.',
  arguments: [{ name: '<model>', doc: 'the .onnx file; - is standard input' }],
  options: [{ flags: '--no-nodes', doc: 'leave the table of nodes out' }],
  examples: ['inspect dice.onnx', 'inspect unet.onnx --no-nodes', 'inspect dice.onnx --json'],
  act: async ([path = ''], options, host): Promise<Answer> => {
    const bytes = await (path === '-' ? host.readInput() : host.readFile(path));
    const summary = modelSummary(bytes);
    const shown = options['nodes'] !== false;
    const { nodes: _, ...withoutNodes } = summary;
    return {
      json: shown ? summary : withoutNodes,
      text: summaryText(summary, shown, styleOf(host)),
      passed: true,
    };
  },
};

function summaryText(summary: ModelSummary, withNodes: boolean, { strong }: Style): string {
  const { bytes, producer, irVersion, opsets, inputs, outputs, formula, functions } = summary;
  const { constants, operators, nodes } = summary;
  const versions = Object.entries(opsets).map(([domain, version]) => `${domain} ${version}`);
  const made = producer === '' ? '' : `, by ${producer}`;
  const counts = Object.entries(operators).map(([op, count]) => `${op} ${count}`);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Model', [`${bytes} bytes${made}, IR ${irVersion}, opset ${versions.join(', ')}`]],
    ['Inputs', inputs.map(portLine)],
    ['Outputs', outputs.map(portLine)],
    ['Formula', formula?.text.split('\n') ?? []],
    ['Functions', functions],
    ['Operators', [`${counts.join(', ')}; ${constants} constants`]],
    ['Nodes', withNodes ? nodeTable(nodes) : []],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [strong(title), ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n');
}

function portLine({ name, type, dims, doc }: PortSummary): string {
  const [first] = doc?.split('\n') ?? [];
  return `${portText(name, type, dims)}${first === undefined ? '' : `  ${first}`}`;
}

function nodeTable(nodes: readonly NodeSummary[]): readonly string[] {
  const rows = nodes.flatMap((node) => nodeRows(node, ''));
  return textTable(['output', 'operator', 'inputs', 'attributes'], rows);
}

/** A node and, under it, what is inside. */
function nodeRows(node: NodeSummary, indent: string): readonly (readonly string[])[] {
  const { op, domain, inputs, outputs, attributes, inside = [] } = node;
  const given = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  const call = domain === undefined ? op : `${domain}.${op}`;
  return [
    [`${indent}${outputs.join(' ')}`, call, inputs.join(' '), given.join(' ')],
    ...inside.flatMap((inner) => nodeRows(inner, `${indent}  `)),
  ];
}
