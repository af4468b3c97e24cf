import { type Code, flat, nameBytes, sized, unsigned, vectorOf } from './bytes.js';
import { type Finished, typeByte } from './routine.js';
import { type Statement, statement, type Type, type Value } from './values.js';

/** A function of a module. */
export interface NamedRoutine {
  readonly name: string;
  readonly routine: Finished;
  readonly exported: boolean;
}

/** A call of the function at a place in the module. */
export function call(at: number, args: readonly Value<Type>[]): Statement {
  return statement(
    args.map(({ code }) => code),
    0x10,
    unsigned(at),
  );
}

/** The most pages that a memory can have: 4 GiB. */
const mostPages = 65_536;

/**
 * The bytes of a module that imports `env.memory`.
 *
 * @param shared - Whether that memory is shared between threads, which its import has to say.
 */
export function moduleBytes(
  routines: readonly NamedRoutine[],
  shared: boolean,
): Uint8Array<ArrayBuffer> {
  const section = (id: number, items: readonly Code[]): Code => [id, sized(vectorOf(items))];
  const limits: Code = shared ? [0x03, 0, unsigned(mostPages)] : [0x00, 0];
  const memory: Code = [nameBytes('env'), nameBytes('memory'), 0x02, limits];
  const types = routines.map(
    ({ routine }): Code => [0x60, vectorOf(routine.parameters.map(typeByte)), vectorOf([])],
  );
  const exported = routines.flatMap(({ name, exported }, at): Code[] =>
    exported ? [[nameBytes(name), 0x00, unsigned(at)]] : [],
  );
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, types),
      section(2, [memory]),
      section(
        3,
        routines.map((_, at) => unsigned(at)),
      ),
      section(7, exported),
      section(
        10,
        routines.map(({ routine }) => routine.body),
      ),
    ]),
  );
}
