import type { GraphProto } from 'onnx-buf';

/** Every name that a graph and the graphs within its nodes give to values, nodes and sizes. */
export function takenNames(graph: GraphProto): ReadonlySet<string> {
  return new Set(graphsWithin(graph).flatMap(namesIn));
}

/** A graph and the bodies of its branches and loops. */
function graphsWithin(graph: GraphProto): readonly GraphProto[] {
  const bodies = graph.node.flatMap(({ attribute }) =>
    attribute.flatMap(({ g, graphs }) => [...(g === undefined ? [] : [g]), ...graphs]),
  );
  return [graph, ...bodies.flatMap(graphsWithin)];
}

function namesIn({
  node,
  initializer,
  sparseInitializer,
  ...graph
}: GraphProto): readonly string[] {
  const ports = [...graph.input, ...graph.output, ...graph.valueInfo];
  return [
    ...node.flatMap(({ name, input, output }) => [name, ...input, ...output]),
    ...initializer.map(({ name }) => name),
    ...sparseInitializer.map(({ values }) => values?.name ?? ''),
    ...ports.map(({ name }) => name),
    ...ports.flatMap(({ type }) => {
      if (type?.value.case !== 'tensorType') return [];
      const dims = type.value.value.shape?.dim ?? [];
      return dims.flatMap(({ value }) => (value.case === 'dimParam' ? [value.value] : []));
    }),
  ];
}

/** The values that a graph itself has: those that a further node may read. */
export function valuesOf(graph: GraphProto): ReadonlySet<string> {
  return new Set(
    [
      ...graph.input.map(({ name }) => name),
      ...graph.initializer.map(({ name }) => name),
      ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
      ...graph.node.flatMap(({ output }) => output),
    ].filter((name) => name !== ''),
  );
}

/** Gives names that nothing has yet; each given name is taken from then on. */
export function freeNames(taken: ReadonlySet<string>): (wanted: string) => string {
  const all = new Set(taken);
  return (wanted) => {
    let name = wanted;
    for (let count = 2; all.has(name); count++) name = `${wanted}_${count}`;
    all.add(name);
    return name;
  };
}

/** A beginning that no name has yet, so that names behind it clash with nothing. */
export function freePrefix(taken: ReadonlySet<string>, wanted: string): string {
  const names = [...taken];
  const isFree = (prefix: string): boolean => !names.some((name) => name.startsWith(prefix));
  let prefix = `${wanted}/`;
  for (let count = 2; !isFree(prefix); count++) prefix = `${wanted}_${count}/`;
  return prefix;
}
