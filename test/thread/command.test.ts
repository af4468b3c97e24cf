import { describe, expect, it } from 'vitest';
import { formulas } from '../../docs/examples/thread/formulas.js';
import { report } from '../../docs/examples/thread/report.js';

describe('npm run thread', () => {
  it('answers one letter', async () => {
    const { text, status } = await report('a');
    expect(status).toBe(0);
    expect(text.split('\n').map((line) => line.slice(0, 36))).toMatchInlineSnapshot(`
      [
        "a. One Dice of everything",
        "How does the Keras loss, which flatt",
        "Inputs: 2 images of 2 x 2 pixels, on",
        "",
        "-D, D = (2I + 1) / (P + T + 1)",
        "  dice({ target: 'binary', per: 'eve",
        "  sums         I = 2.25, P = 4, T = ",
        "  reference    loss -0.6875  scores ",
        "  tfjs cpu     loss -0.6875  scores ",
        "  onnxruntime  loss -0.6875  scores ",
        "",
        "1 - D",
        "  dice({ target: 'binary', per: 'eve",
        "  sums         I = 2.25, P = 4, T = ",
        "  reference    loss 0.3125  scores 0",
        "  tfjs cpu     loss 0.3125  scores 0",
        "  onnxruntime  loss 0.3125  scores 0",
      ]
    `);
  });

  it('answers all without a letter', async () => {
    const { text, status } = await report();
    expect(status).toBe(0);
    for (const { letter, title } of formulas) expect(text).toContain(`${letter}. ${title}`);
  });

  it.each(['z', '', 'ab'])('refuses an unknown letter: %j', async (letter) => {
    expect(await report(letter)).toEqual({
      text: `unknown letter '${letter}': expected one of a, b, c, d, e, f, g, h, or none`,
      status: 1,
    });
  });
});
