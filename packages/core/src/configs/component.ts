/** Something that a config makes by calling a class or function. */
export interface Component {
  readonly is: 'component';
  /** Where in the config it stands. */
  readonly at: string;
  readonly target: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly positional: readonly Value[];
}

/** A value of a config with every reference followed. */
export type Value =
  | { readonly is: 'plain'; readonly value: null | boolean | number | string }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'record'; readonly entries: Readonly<Record<string, Value>> }
  /** A function or class by its dotted name, never looked up. */
  | { readonly is: 'name'; readonly name: string }
  | Component;

/** JSON of a value; functions and components of functions by name, undefined for any other component. */
export function jsonOf(value: Value): unknown {
  switch (value.is) {
    case 'plain':
      return value.value;
    case 'name':
      return value.name;
    case 'list':
      return value.items.map(jsonOf);
    case 'record':
      return Object.fromEntries(
        Object.entries(value.entries).map(([key, one]) => [key, jsonOf(one)]),
      );
    case 'component':
      return tensorOf(value) ?? functionOf(value);
  }
}

const tensors = /^(torch|np|numpy)\.(tensor|as_tensor|FloatTensor|array|asarray)$/;

/** The numbers of a tensor or array that is made of a literal. */
function tensorOf({ target, args, positional }: Component): unknown {
  if (!tensors.test(target)) return undefined;
  const [data = args['data'] ?? args['object']] = positional;
  return data === undefined ? undefined : jsonOf(data);
}

/** A function or an activation module as text: `torch.nn.Softmax(dim=1)`. */
function functionOf({ target, args, positional }: Component): string | undefined {
  if (/^hydra\.utils\.get_(class|method|object)$/.test(target)) {
    const path = args['path'] === undefined ? undefined : jsonOf(args['path']);
    return typeof path === 'string' ? path : undefined;
  }
  if (!/(^|\.)(Softmax|Sigmoid|Identity|Tanh|LogSoftmax|ReLU)$/.test(target)) return undefined;
  const given = [
    ...positional.map((one) => String(jsonOf(one))),
    ...Object.entries(args).map(([key, one]) => `${key}=${String(jsonOf(one))}`),
  ];
  return `${target}(${given.join(', ')})`;
}
