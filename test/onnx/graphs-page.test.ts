import { fileURLToPath } from 'node:url';
import { exportLoss, type LossSpec, planOf } from '@softdice/onnx';
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { type Memory, memoryOf } from './memory.js';
import { bodyOf, listed } from './model.js';
import { presets } from './presets.js';
import { feedsFor } from './session.js';

const page = fileURLToPath(new URL('../../docs/onnx-graphs.md', import.meta.url));

interface Row {
  readonly name: string;
  readonly nodes: number;
  readonly bytes: number;
  readonly memory: Memory;
  readonly operators: ReadonlySet<string>;
}

async function rowOf(name: string, spec: LossSpec): Promise<Row> {
  const bytes = exportLoss(spec, { spatialRank: 2, labels: 'int32', ...plainLabels(spec) });
  const plan = planOf(spec);
  const feeds = Object.entries(feedsFor(plan, [1, 4, 64, 64], 7)).map(
    ([input, { shape, data }]) => [
      input,
      input === 'target' && plan.target.kind === 'labels'
        ? new Tensor('int32', Int32Array.from(data), [...shape])
        : new Tensor('float32', Float32Array.from(data), [...shape]),
    ],
  );
  const { nodes } = bodyOf(bytes);
  return {
    name,
    nodes: nodes.length,
    bytes: bytes.length,
    memory: await memoryOf(bytes, Object.fromEntries(feeds)),
    operators: new Set(nodes.map(({ opType }) => opType)),
  };
}

/** A label type belongs to labels. */
function plainLabels(spec: LossSpec): object {
  return planOf(spec).target.kind === 'labels' ? {} : { labels: undefined };
}

describe('graphs of the presets', () => {
  it('are counted in docs/onnx-graphs.md', async () => {
    const rows: Row[] = [];
    for (const [name, spec] of Object.entries(presets)) rows.push(await rowOf(name, spec));
    await expect(pageOf(rows)).toMatchFileSnapshot(page);
  });

  it.each(['dice', 'generalizedDice', 'crossEntropy', 'diceCrossEntropy', 'focalTversky', 'topK'])(
    '%s reads like this',
    (name) => {
      const spec = presets[name];
      if (spec === undefined) throw new Error(`no preset ${name}`);
      expect(listed(exportLoss(spec, { spatialRank: 2 }))).toMatchSnapshot();
    },
  );
});

function pageOf(rows: readonly Row[]): string {
  const times = (value: number): string => value.toFixed(1);
  const operators = [...new Set(rows.flatMap((row) => [...row.operators]))].toSorted();
  const all = operators.filter((op) => rows.every((row) => row.operators.has(op)));
  return [
    '# Graphs of the presets',
    '',
    'Written by `npx vitest run -u --config test/vitest.config.ts test/onnx/graphs-page.test.ts`, which fails',
    'where this page is not what the graphs are. Loss and gradient, float32, 2 spatial axes, labels of four',
    'channels where not said otherwise, opset 17.',
    '',
    'Memory is in multiples of the prediction, at 64 × 64: *written* is all that the nodes write, *peak* the most',
    'that is there at a time beside the inputs, the gradient included, in the order of the nodes and in the order in',
    'which onnxruntime executes them, which computes nothing in place.',
    '',
    '| preset | nodes | bytes | written | peak | in onnxruntime |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      ({ name, nodes, bytes, memory }) =>
        `| ${name} | ${nodes} | ${bytes} | ${times(memory.written)} | ${times(memory.peak)} | ${times(memory.peakInOnnxruntime)} |`,
    ),
    '',
    '## Operators',
    '',
    `All of the standard set. Every preset uses ${all.join(', ')}.`,
    '',
    '| operator | also used by |',
    '| --- | --- |',
    ...operators
      .filter((op) => !all.includes(op))
      .map((op) => {
        const users = rows.filter((row) => row.operators.has(op)).map(({ name }) => name);
        const rest = rows.filter((row) => !row.operators.has(op)).map(({ name }) => name);
        const words =
          users.length > rows.length / 2 ? `all but ${rest.join('; ')}` : users.join('; ');
        return `| ${op} | ${words} |`;
      }),
    '',
  ].join('\n');
}
