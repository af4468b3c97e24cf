import { readFileSync } from 'node:fs';
import { dice, vnet } from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../docs/examples/thread/formulas.js';
import { page } from '../../docs/examples/thread/page.js';

describe('docs/thread.md', () => {
  it('is what `npm run thread -- --write` writes', () => {
    const written = readFileSync(new URL('../../docs/thread.md', import.meta.url), 'utf8');
    expect(written).toBe(page());
  });

  it('has lines that mean the specs beside them', () => {
    const losses = formulas
      .flatMap(({ answers }) => answers)
      .flatMap((answer) => (answer.kind === 'loss' ? [answer] : []));
    expect(losses.length).toBeGreaterThan(8);
    for (const { line, spec } of losses) {
      // A reader pastes the line; what it evaluates to must be the spec.
      const read: unknown = new Function('dice', 'vnet', `return ${line}`)(dice, vnet);
      expect(read).toEqual(spec);
    }
  });

  it('asks every question once', () => {
    expect(formulas.map(({ letter }) => letter).join('')).toBe('abcdefgh');
  });
});
