import { compile, dice, type LossSpec, scheduleOf } from '@softdice/core';
import { type Shaders, shadersOf } from '@softdice/core/wgsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';

/** The shaders of a loss; undefined where it has no sweeps. */
function shadersFor(spec: LossSpec, samples: number, channels: number): Shaders | undefined {
  const program = compile(spec, { spatialRank: 2 });
  const schedule = scheduleOf(program);
  if ('reason' in schedule) return undefined;
  return shadersOf(program, schedule, { samples, channels, layout: 'channelsLast' });
}

const stepsOf = ({ forward, loss, head, backward, backwardOfOnes }: Shaders) => [
  ...forward,
  { shader: loss, to: 'loss' },
  { shader: head, to: 'head' },
  ...backward,
  ...backwardOfOnes,
];

const textOf = (shaders: Shaders | undefined): string =>
  shaders === undefined
    ? 'none'
    : stepsOf(shaders)
        .map(({ shader }) => shader.code)
        .join('\n');

/** Keywords, types, functions and variables of WGSL and of tfjs that shaders may name. */
const words = new Set(
  [
    'fn main var let const for if return array workgroup i32 u32 f32 _',
    'select max min abs sign exp log pow workgroupBarrier storageBarrier',
    'index localIndex uniforms voxels groups result staged',
    'sample group first last v c i j at total lane lanes rows',
  ].flatMap((line) => line.split(' ')),
);
const numbered = /^(x|c|factor|total)_\d+$|^[ks]\d+$/;
const buffers = /^(prediction|target|mask|cotangent|operands|parts|tables|sums\d+)In$/;

describe('shaders', () => {
  it('of Dice of labels', async () => {
    const spec = dice({ target: 'labels', activation: 'softmax', classes: 'foreground' });
    const shaders = shadersFor(spec, 2, 3);
    const texts = stepsOf(shaders ?? expect.unreachable()).map(
      ({ shader, to }) => `// ${shader.reads.join(', ')} -> ${to}\n${shader.code}\n`,
    );
    await expect(texts.join('\n')).toMatchFileSnapshot('dice-labels-softmax-foreground.wgsl');
  });

  it('of any loss name nothing that WGSL may have reserved, and few buffers (100 cases)', () => {
    let count = 0;
    fc.assert(
      fc.property(cases({ rank: fc.constant(1) }), ({ spec, batch }) => {
        const [samples = 1, channels = 1] = batch.prediction.shape;
        const shaders = shadersFor(spec, samples, channels);
        if (shaders === undefined) return;
        count += 1;
        for (const { shader } of stepsOf(shaders)) {
          // The suffix of a number, and its exponent, are no words.
          const names = shader.code.match(/(?<![\w.])[a-zA-Z_]\w*/g) ?? [];
          const unknown = names.filter(
            (name) => !words.has(name) && !numbered.test(name) && !buffers.test(name),
          );
          expect(unknown).toEqual([]);
          // The pipeline has a place for what is read, and tfjs gives each of them.
          const read = new Set(names.flatMap((name) => buffers.exec(name)?.[1] ?? []));
          expect([...read].toSorted()).toEqual(shader.reads.toSorted());
          // Beside the result: eight storage buffers are what every device has.
          expect(shader.reads.length).toBeLessThan(8);
          expect(new Set(shader.reads).size).toBe(shader.reads.length);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(count).toBeGreaterThan(70);
  });

  it('are the same for many channels as for few, but for numbers', () => {
    const spec = dice({ target: 'labels', activation: 'softmax', classes: 'foreground' });
    const [few, many] = [9, 400].map((channels) =>
      textOf(shadersFor(spec, 2, channels)).replaceAll(/\d+/g, ''),
    );
    expect(many).toBe(few);
  });
});
