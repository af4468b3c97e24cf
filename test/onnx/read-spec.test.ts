import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  compile,
  diceCrossEntropy,
  explain,
  exportLoss,
  InputError,
  parseSpec,
  readSpec,
} from '@softdice/onnx';
import { ModelProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { decoded } from './model.js';
import { specs } from './specs.js';

const { version } = JSON.parse(
  readFileSync(new URL('../../packages/onnx/package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

const model = (metadata: Readonly<Record<string, string>>): Uint8Array =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      graph: {},
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    }),
  );

describe('readSpec', () => {
  it('gives every loss back, complete, and the same model from it', () => {
    for (const [, spec] of Object.values(specs)) {
      for (const form of ['inline', 'function'] as const) {
        const bytes = exportLoss(spec, { spatialRank: 2, form });
        const read = readSpec(bytes);
        expect(read).toEqual(parseSpec(compile(spec).plan));
        expect(exportLoss(read, { spatialRank: 2, form })).toEqual(bytes);
      }
    }
  });

  it('keeps the plan where others find it', () => {
    const [, spec] = specs['dice of labels'] ?? [];
    if (spec === undefined) throw new Error('no spec');
    const { metadataProps } = decoded(exportLoss(spec, { spatialRank: 2 }));
    const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
    expect(metadata['softdice.format']).toBe('1');
    const plan = metadata['softdice.plan'] ?? '';
    expect(JSON.parse(plan)).toEqual(compile(spec).plan);
    expect(metadata['softdice.sha256']).toBe(createHash('sha256').update(plan).digest('hex'));
    expect(metadata['softdice.version']).toBe(version);
    expect(JSON.parse(metadata['softdice.options'] ?? '')).toMatchObject({
      layout: 'channelsFirst',
    });
  });

  it('refuses a plan that was changed in the file', () => {
    const changed = model({
      'softdice.format': '1',
      'softdice.plan': '{}',
      'softdice.sha256': createHash('sha256').update('{ }').digest('hex'),
    });
    expect(() => readSpec(changed)).toThrow(/Invalid model: expected softdice\.plan with the hash/);
  });

  it.each([
    ['text', new TextEncoder().encode('no model at all'), /expected an ONNX model/],
    ['nothing', new Uint8Array(), /expected an ONNX model/],
    ['another model', model({}), /expected metadata softdice\.plan but received none/],
    [
      'a later version',
      model({ 'softdice.format': '2', 'softdice.plan': '{}' }),
      /expected softdice\.format 1 but received 2/,
    ],
    ['no JSON', model({ 'softdice.format': '1', 'softdice.plan': '{' }), /JSON/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSpec(bytes)).toThrow(message);
    expect(() => readSpec(bytes)).toThrow(InputError);
  });

  it('refuses a plan that is no loss', () => {
    const bytes = model({ 'softdice.format': '1', 'softdice.plan': '{"terms":[]}' });
    expect(() => readSpec(bytes)).toThrow(/\[softdice\] Invalid terms/);
  });
});

describe('a model', () => {
  const spec = diceCrossEntropy({ target: 'labels', activation: 'softmax' });

  it.each(['inline', 'function'] as const)('says to people what it is, %s', (form) => {
    const { graph, functions, docString, producerVersion } = decoded(
      exportLoss(spec, { spatialRank: 2, form }),
    );
    const formula = explain(spec).formula.text;
    for (const doc of [docString, graph?.docString, ...functions.map((one) => one.docString)]) {
      expect(doc).toContain(formula);
    }
    expect(producerVersion).toBe(version);
    expect(graph?.name).toBe('DiceAndCrossEntropyLoss');
    expect(functions.map(({ name, domain }) => `${domain}.${name}`)).toEqual(
      form === 'function' ? ['softdice.DiceAndCrossEntropyLoss'] : [],
    );
    const ports = [...(graph?.input ?? []), ...(graph?.output ?? [])];
    expect(ports.map((port) => port.docString)).toEqual([
      'What the network emits; the graph applies softmax.',
      'The label of each voxel.',
      'The loss.',
      'The derivative of the loss by the prediction.',
    ]);
  });

  it.each([
    ['my term', 'MyTermLoss'],
    ['3 classes', 'Of3ClassesLoss'],
    ['—', 'Loss'],
  ])('is called by its terms: %s', (name, expected) => {
    const named = { terms: [{ kind: 'overlap', name }] } as const;
    expect(decoded(exportLoss(named, { spatialRank: 0 })).graph?.name).toBe(expected);
  });
});
