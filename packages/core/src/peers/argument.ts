/**
 * The vocabulary in which the constructor arguments of a peer's class are declared once, as constant
 * data: it gives the reader, its types, the page of arguments, readers of configs and the tests.
 */

/** A number with optional bounds: those that both the peer and a spec can keep. */
export interface NumberKind {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly above?: number;
  readonly maximum?: number;
  readonly below?: number;
}

/** What values an argument takes. */
export type ArgumentKind =
  | { readonly type: 'flag' }
  | NumberKind
  /** One of a few words. */
  | { readonly type: 'word'; readonly words: readonly string[] }
  | { readonly type: 'text' }
  /** A list of numbers; with `single`, one number too. */
  | { readonly type: 'list'; readonly items: NumberKind; readonly single?: true }
  /** Rows of numbers. */
  | { readonly type: 'matrix'; readonly items: NumberKind }
  /** A tensor: a number, or lists of lists as deep as it has axes. */
  | { readonly type: 'tensor'; readonly items: NumberKind }
  /** A function, given by its name: `softmax`, `torch.sigmoid`, `Softmax(dim=1)`. */
  | { readonly type: 'callable' }
  /** The arguments of a part, as an object. */
  | { readonly type: 'arguments'; readonly arguments: ArgumentTable }
  /** Another loss of the library. */
  | { readonly type: 'loss' };

/**
 * How an importer takes an argument: `honoured` as the peer does, `in part` for some of its values,
 * `refused` for every value but the default, `no effect` where the numbers do not depend on it.
 */
export type ArgumentUse = 'honoured' | 'in part' | 'refused' | 'no effect';

/** One constructor argument. */
export interface PeerArgument {
  readonly kind: ArgumentKind;
  /** Whether `null`, Python's None, is a value too. */
  readonly none?: true;
  /** The peer's own default; an argument without one must be given. */
  readonly default?: ArgumentDefault;
  readonly use: ArgumentUse;
  /** What becomes of it in the spec, or why it is refused. */
  readonly note: string;
  /** The first version that has it; all known ones by default. */
  readonly since?: string;
  /** The first version that no longer has it. */
  readonly before?: string;
}

/** What a default may be. */
export type ArgumentDefault = boolean | number | string | null | Readonly<Record<string, never>>;

/** The constructor arguments of a class by name, in the order of the constructor. */
export type ArgumentTable = Readonly<Record<string, PeerArgument>>;

/** A tensor as it is printed. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** A loss that a wrapper wraps: the name of its class, with its own arguments where it has any. */
export type WrappedLoss =
  | string
  | { readonly class: string; readonly args?: Readonly<Record<string, unknown>> };

type KindValue<K> = K extends { readonly type: 'flag' }
  ? boolean
  : K extends NumberKind
    ? number
    : K extends { readonly type: 'word'; readonly words: readonly (infer W)[] }
      ? W
      : K extends { readonly type: 'text' | 'callable' }
        ? string
        : K extends { readonly type: 'list'; readonly single: true }
          ? number | readonly number[]
          : K extends { readonly type: 'list' }
            ? readonly number[]
            : K extends { readonly type: 'matrix' }
              ? readonly (readonly number[])[]
              : K extends { readonly type: 'tensor' }
                ? NestedNumbers
                : K extends { readonly type: 'arguments'; readonly arguments: infer T }
                  ? T extends ArgumentTable
                    ? ArgumentValues<T>
                    : never
                  : WrappedLoss;

/** The values of a table's arguments once they are read: every default is there. */
export type ArgumentValues<T extends ArgumentTable> = {
  readonly [N in keyof T]:
    | KindValue<T[N]['kind']>
    | (T[N] extends { readonly none: true } ? null : never);
};
