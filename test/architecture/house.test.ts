import { describe, expect, it } from 'vitest';
import { modules } from './modules.js';

const longerThan = (lines: number): readonly string[] =>
  modules
    .filter((module) => module.lines > lines)
    .map((module) => `${module.package}/${module.path}`);

describe('a file', () => {
  it('has at most 300 lines', () => {
    expect(longerThan(300)).toEqual([]);
  });

  it('of more than 200 lines is a rare thing', () => {
    expect(longerThan(200)).toEqual([]);
  });

  it('has a name that says what is in it', () => {
    const vague = /(^|[/-])(utils?|helpers?|misc|common|manager|shared|types)([/.-]|$)/;
    expect(modules.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
    const shape = /^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/;
    expect(modules.map(({ path }) => path).filter((path) => !shape.test(path))).toEqual([]);
  });
});

describe('a variant of core', () => {
  const filesOf = (name: string, room: string): readonly string[] =>
    modules
      .filter(({ package: own, path }) => own === name && path.startsWith(`${room}/`))
      .map(({ path }) => path.slice(room.length + 1));

  it.each([
    ['indices', ['ratio.ts'], ['overlap-index.ts']],
    ['counting', ['count.ts', 'counting.ts'], ['counting.ts']],
    ['transforms', ['transform.ts'], ['transform.ts']],
  ])('in %s has a twin of the same name in the reference', (room, tables, twinTables) => {
    const variants = (name: string, other: readonly string[]): readonly string[] =>
      filesOf(name, room).filter((file) => !other.includes(file));
    expect(variants('reference', twinTables)).toEqual(variants('core', tables));
    expect(variants('core', tables).length).toBeGreaterThan(2);
  });
});
