import { create, toBinary } from '@bufbuild/protobuf';
import { compile, exportLoss, InputError, parseSpec, readSpec } from '@softdice/onnx';
import { ModelProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { decoded } from './model.js';
import { specs } from './specs.js';

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
      const bytes = exportLoss(spec, { spatialRank: 2 });
      const read = readSpec(bytes);
      expect(read).toEqual(parseSpec(compile(spec).plan));
      expect(exportLoss(read, { spatialRank: 2 })).toEqual(bytes);
    }
  });

  it('keeps the plan where others find it', () => {
    const [, spec] = specs['dice of labels'] ?? [];
    if (spec === undefined) throw new Error('no spec');
    const { metadataProps } = decoded(exportLoss(spec, { spatialRank: 2 }));
    const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
    expect(metadata['softdice.format']).toBe('1');
    expect(JSON.parse(metadata['softdice.plan'] ?? '')).toEqual(compile(spec).plan);
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
