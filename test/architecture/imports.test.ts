import { describe, expect, it } from 'vitest';
import { isRelative, type Module, modules, packages, roomOf, targetOf } from './modules.js';

/** The program `softdice`, which is no part of the library. */
const isCommandLine = ({ package: name, path }: Module): boolean =>
  name === 'onnx' && path.startsWith('cli/');

const nameOf = (module: Module): string => `${module.package}/${module.path}`;

/** Every import as `from → to`, of those that are wanted. */
function arrows(
  wanted: (module: Module, at: Module['imports'][number]) => boolean,
): readonly string[] {
  return modules.flatMap((module) =>
    module.imports
      .filter((at) => wanted(module, at))
      .map(({ specifier }) => `${nameOf(module)} → ${specifier}`),
  );
}

describe('between packages', () => {
  /** Packages that may be imported by each, beside what its package.json says. */
  const allowed: Readonly<Record<string, readonly string[]>> = {
    core: [],
    reference: ['core'],
    tfjs: ['core'],
    onnx: ['core'],
  };

  it('arrows lead to core', () => {
    expect(Object.keys(allowed).sort()).toEqual(packages);
    const wrong = arrows((module, { specifier }) => {
      const [, to] = /^@softdice\/([^/]+)/.exec(specifier) ?? [];
      // The command line judges models by the reference.
      if (isCommandLine(module) && to === 'reference') return false;
      return to !== undefined && !allowed[module.package]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('of onnx only the command line knows node, a runtime, and what reads command lines', () => {
    const known = arrows(
      (module, { specifier }) =>
        module.package === 'onnx' &&
        !isCommandLine(module) &&
        /^(node:|onnxruntime|commander)/.test(specifier),
    );
    expect(known).toEqual([]);
    const back = arrows(
      (module, at) =>
        module.package === 'onnx' &&
        !isCommandLine(module) &&
        isRelative(at) &&
        targetOf(module, at).startsWith('cli/'),
    );
    expect(back).toEqual([]);
  });

  it('only tfjs knows tfjs, and core and reference know nothing else, but YAML for configs', () => {
    const outside = ({ specifier }: { specifier: string }): boolean =>
      !specifier.startsWith('.') && !specifier.startsWith('@softdice/');
    expect(
      arrows(({ package: name }, at) => at.specifier.includes('tensorflow') && name !== 'tfjs'),
    ).toEqual([]);
    expect(
      arrows(({ package: name }, at) => outside(at) && (name === 'core' || name === 'reference')),
    ).toEqual(['core/configs/config-tree.ts → yaml']);
  });

  it('the reference takes from core what a loss is, and nothing of what core makes of it', () => {
    const taken = modules
      .filter(({ package: name, path }) => name === 'reference' && path !== 'index.ts')
      .flatMap(({ imports }) => imports)
      .filter(({ specifier }) => specifier.startsWith('@softdice/core'))
      .flatMap(({ names }) => names);
    const known = [
      'channelUse',
      'checkInputs',
      'CompleteMetric',
      'Given',
      'countProblems',
      'metricShapes',
      'parse',
      // How its schema of label maps is written.
      ...['ChoiceSchema', 'Fields', 'NumberSchema', 'RecordSchema', 'Schema', 'TaggedSchema'],
      'completeMetric',
      'InputError',
      'inputProblems',
      'levelInputs',
      'LevelsInputs',
      'levelsPlanOf',
      'LevelsSpec',
      'LossSpec',
      'MetricSpec',
      'nearestIndices',
      'Plan',
      'planOf',
      'PlanTerm',
      'Problem',
      'SpecError',
    ];
    expect(taken.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('core is passed on to users by the index of a package alone', () => {
    const all = modules.filter(({ imports }) =>
      imports.some(({ specifier, names }) => specifier === '@softdice/core' && names.includes('*')),
    );
    expect(all.map(({ path }) => path).filter((path) => path !== 'index.ts')).toEqual([]);
  });
});

describe('within a package', () => {
  it('every relative import names a file that is there, with .js', () => {
    const paths = new Set(modules.map(nameOf));
    const wrong = arrows((module, at) => {
      if (!isRelative(at)) return false;
      const there = paths.has(`${module.package}/${targetOf(module, at)}`);
      return !there || !at.specifier.endsWith('.js');
    });
    expect(wrong).toEqual([]);
  });

  it('no module is loaded by way of itself', () => {
    // Types may lead back: a variant is typed by the spec that lists it.
    for (const name of packages) expect(cycle(name), name).toEqual([]);
  });
});

/** The modules of one cycle of value imports; none where there is none. */
function cycle(name: string): readonly string[] {
  const own = modules.filter((module) => module.package === name);
  const next = new Map(
    own.map((module) => [
      module.path,
      module.imports
        .filter((at) => isRelative(at) && !at.typeOnly)
        .map((at) => targetOf(module, at)),
    ]),
  );
  const finished = new Set<string>();
  const search = (path: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (finished.has(path)) return [];
    for (const target of next.get(path) ?? []) {
      const found = search(target, [...trail, path]);
      if (found.length > 0) return found;
    }
    finished.add(path);
    return [];
  };
  return own.reduce<readonly string[]>(
    (found, { path }) => (found.length > 0 ? found : search(path, [])),
    [],
  );
}

describe('between the rooms of core', () => {
  /** What each room may import; a type of `types` in addition. */
  const rooms: Readonly<
    Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
  > = {
    schema: { values: [] },
    expression: { values: [] },
    indices: { values: [], types: ['schema', 'expression', 'spec'] },
    counting: { values: [], types: ['schema', 'expression', 'indices', 'spec'] },
    transforms: { values: [], types: ['schema', 'expression', 'spec'] },
    spec: { values: ['schema', 'indices', 'counting', 'transforms'] },
    plan: { values: ['schema', 'spec'] },
    lower: {
      values: ['plan', 'expression', 'indices', 'counting', 'transforms'],
      types: ['spec'],
    },
    program: { values: ['plan', 'lower', 'expression'], types: ['spec'] },
    execute: { values: ['schema', 'program', 'expression'], types: ['spec'] },
    schedule: { values: ['program', 'expression', 'execute'] },
    wasm: {
      values: ['schema', 'plan', 'program', 'expression', 'execute', 'schedule'],
      types: ['spec'],
    },
    'wasm-score': { values: ['schema', 'plan', 'program', 'execute', 'wasm'] },
    wgsl: { values: ['program', 'expression', 'schedule'] },
    presets: { values: ['schema', 'spec'] },
    peers: { values: ['schema', 'spec', 'plan', 'presets'] },
    explain: {
      values: ['schema', 'spec', 'plan', 'expression', 'lower', 'program', 'execute', 'presets'],
      types: ['indices', 'counting', 'transforms'],
    },
    configs: { values: ['schema', 'peers'] },
    diff: {
      values: ['schema', 'spec', 'plan', 'expression', 'program', 'execute', 'explain', 'peers'],
    },
    convert: { values: ['spec', 'plan', 'peers', 'diff'] },
    lint: {
      values: ['schema', 'spec', 'plan', 'presets', 'program', 'execute', 'explain', 'peers'],
      types: ['expression'],
    },
  };
  const core = modules.filter(({ package: name, path }) => name === 'core' && path !== 'index.ts');

  it('are rooms that the table knows', () => {
    const unknown = core.map(({ path }) => roomOf(path)).filter((room) => !(room in rooms));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('arrows follow the table', () => {
    const wrong = core.flatMap((module) => {
      const room = roomOf(module.path);
      const { values = [], types = [] } = rooms[room] ?? {};
      return module.imports
        .filter((at) => {
          const to = roomOf(targetOf(module, at));
          return to !== room && !values.includes(to) && !(at.typeOnly && types.includes(to));
        })
        .map(({ specifier }) => `${module.path} → ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  it('values flow one way', () => {
    const order = Object.keys(rooms);
    const back = Object.entries(rooms).flatMap(([room, { values }]) =>
      values.filter((to) => order.indexOf(to) > order.indexOf(room)).map((to) => `${room} → ${to}`),
    );
    expect(back).toEqual([]);
  });
});
