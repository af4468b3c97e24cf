import { compile, dice, diceClDice, InputError, type Program, topK } from '@softdice/core';
import { type FusedInputs, fusedLoss } from '@softdice/core/wasm';
import { describe, expect, it } from 'vitest';

const spec = dice({ target: 'labels', activation: 'softmax', reduction: 'none' });
const program = compile(spec);
const inputs: FusedInputs = {
  prediction: { shape: [1, 2, 3], data: Float32Array.of(1, 2, -1, 0, 1, 1) },
  target: { shape: [1, 3], data: Uint8Array.of(0, 0, 1) },
};

/** The lines of what is thrown, which names every problem. */
function refusal(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return String((error as Error).message).split('\n');
  }
  throw new Error('nothing was refused');
}

describe('kernels for typed arrays refuse', () => {
  it.each([
    ['a spec', spec, 'expected a program but received {'],
    ['nothing', undefined, 'expected a program but received nothing'],
    ['a ranking', compile(topK({ target: 'labels', activation: 'softmax' })), 'it ranks voxels'],
    [
      'neighbours',
      compile(diceClDice({ activation: 'sigmoid' }), { spatialRank: 3 }),
      "its 'shift' cannot be swept: it looks at neighbours",
    ],
  ])('%s', (_, given, words) => {
    const [line = '', ...more] = refusal(() => fusedLoss(given as Program));
    expect(line).toMatch(/^\[softdice\] Invalid program: /);
    expect(line).toContain(words);
    expect(more).toEqual([]);
  });

  it('a layout that there is not, and what it is given for', () => {
    const options = { layout: 'NCHW' as 'channelsFirst' };
    const lines = refusal(() => fusedLoss(spec as unknown as Program, options));
    expect(lines.map((line) => /Invalid ([a-z.]+)/.exec(line)?.[1])).toEqual([
      'options.layout',
      'program',
    ]);
  });

  it('inputs that do not fit, before any is read', () => {
    const unread = { shape: [1, 2, 4], data: [], gradient: undefined };
    const step = fusedLoss(program);
    expect(refusal(() => step({ ...inputs, prediction: unread }))[0]).toContain('Invalid target');
    const gradient = new Float32Array(5);
    expect(refusal(() => step({ ...inputs, gradient }))[0]).toContain('expected 6 numbers');
    const cotangent = { shape: [3], data: [1, 1, 1] };
    expect(refusal(() => step({ ...inputs, cotangent }))[0]).toContain('Invalid cotangent');
    expect(step(inputs).loss.shape).toEqual([1, 2]);
  });
});
