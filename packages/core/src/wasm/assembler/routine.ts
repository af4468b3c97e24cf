import { type Code, flat, sized, unsigned, vectorOf } from './bytes.js';
import {
  type I32,
  i32,
  type Statement,
  statement,
  type Type,
  type Value,
  value,
} from './values.js';

/** A variable of a function. */
export interface Variable<T extends Type> {
  readonly get: Value<T>;
  readonly set: (to: Value<T>) => Statement;
}

/** A function being written: what is done comes in the order of the calls. */
export interface Routine {
  readonly do: (...statements: readonly Statement[]) => void;
  /** Computes a value now, to be read any number of times. */
  readonly keep: <T extends Type>(x: Value<T>) => Value<T>;
  readonly variable: <T extends Type>(initial: Value<T>) => Variable<T>;
  /** Computes a constant once, before anything else. */
  readonly constant: <T extends Type>(x: Value<T>) => Value<T>;
  /** Repeats a body with a counter that starts at 0 and grows by `step`, at least once. */
  readonly count: (limit: I32, step: number, body: (counter: I32) => void) => void;
  /** Repeats a body as long as a condition holds, which is asked first. */
  readonly while: (condition: () => I32, body: () => void) => void;
  readonly if: (condition: I32, body: () => void) => void;
}

/** A finished function. */
export interface Finished {
  readonly parameters: readonly Type[];
  /** Locals and instructions, as the code section holds them. */
  readonly body: Code;
}

const typeCode: Readonly<Record<Type, number>> = { i32: 0x7f, v128: 0x7b };

/** The byte of a type. */
export function typeByte(type: Type): number {
  return typeCode[type];
}

/** Writes a function. */
export function routine(parameters: readonly Type[], write: (routine: Routine) => void): Finished {
  const locals: Type[] = [];
  const constants = new Map<string, Value<Type>>();
  const prologue: Code[] = [];
  let statements: Code[] = [];
  const declared = <T extends Type>(type: T): Variable<T> => {
    const at = unsigned(parameters.length + locals.push(type) - 1);
    return {
      get: value(type, 0x20, at),
      set: (to) => statement(to.code, 0x21, at),
    };
  };
  const run = (...done: readonly Statement[]): void => {
    for (const { code } of done) statements.push(code);
  };
  const within = (body: () => void): Code => {
    const outer = statements;
    statements = [];
    body();
    const inner = statements;
    statements = outer;
    return inner;
  };
  const variable = <T extends Type>(initial: Value<T>): Variable<T> => {
    const made = declared(initial.type);
    run(made.set(initial));
    return made;
  };
  write({
    do: run,
    variable,
    keep: (x) => variable(x).get,
    constant: <T extends Type>(x: Value<T>) => {
      const key = flat(x.code).join();
      const known = constants.get(key) as Value<T> | undefined;
      if (known !== undefined) return known;
      const made = declared(x.type);
      prologue.push(made.set(x).code);
      constants.set(key, made.get);
      return made.get;
    },
    count: (limit, step, body) => {
      const counter = variable(i32.const(0));
      const inner = within(() => {
        body(counter.get);
        run(counter.set(i32.add(counter.get, i32.const(step))));
      });
      const again = i32.lessThan(counter.get, limit);
      statements.push([0x03, 0x40, inner, again.code, 0x0d, 0, 0x0b]);
    },
    while: (condition, body) => {
      const inner = within(body);
      const stop = [condition().code, 0x45];
      statements.push([0x02, 0x40, 0x03, 0x40, stop, 0x0d, 1, inner, 0x0c, 0, 0x0b, 0x0b]);
    },
    if: (condition, body) => {
      statements.push([condition.code, 0x04, 0x40, within(body), 0x0b]);
    },
  });
  const groups = locals.map((type): Code => [1, typeCode[type]]);
  return { parameters, body: sized([vectorOf(groups), prologue, statements, 0x0b]) };
}

/** A parameter by its place. */
export function parameter<T extends Type>(type: T, at: number): Variable<T> {
  return {
    get: value(type, 0x20, unsigned(at)),
    set: (to) => statement(to.code, 0x21, unsigned(at)),
  };
}
