import { InputError } from '@softdice/core';

/** What is used of a device of WebGPU. */
export interface Device {
  readonly pushErrorScope: (filter: ErrorKind) => void;
  readonly popErrorScope: () => Promise<{ readonly message: string } | null>;
}

/** Text that is no WGSL, and what a driver fails at. */
type ErrorKind = 'validation' | 'internal';

/** A reading of tfjs's WebGPU backend, and the verdicts that it waits for. */
type Read = ((id: object) => Promise<unknown>) & { readonly verdicts?: Set<Promise<void>> };

/** A backend whose readings may be made to wait. */
export interface Judged {
  readonly device: Device;
  read: Read;
}

/**
 * Does what may compile a shader. A shader that does not compile computes nothing, and what it was to compute is 0:
 * so the next reading of any tensor waits for the device's verdict and throws where it is bad.
 *
 * @param onFailure - Told of a bad verdict before that.
 * @throws InputError - from the reading.
 */
export function judged<Result>(
  backend: Judged,
  compile: () => Result,
  onFailure: (reason: string) => void,
): Result {
  const { device } = backend;
  const kinds: readonly ErrorKind[] = ['validation', 'internal'];
  for (const kind of kinds) device.pushErrorScope(kind);
  try {
    return compile();
  } finally {
    // A lost device has no verdict.
    const errors = kinds.map(() => device.popErrorScope().catch(() => null));
    const verdict = Promise.all(errors).then((found) => {
      const reason = found.find((error) => error !== null)?.message;
      if (reason === undefined) return;
      onFailure(reason);
      throw new InputError([
        {
          path: 'shader',
          expected: 'WGSL that this device compiles',
          received: reason,
          fix: "use kernels 'ops' here, and report it with the spec and the device",
        },
      ]);
    });
    const waiting = verdictsOf(backend);
    waiting.add(verdict);
    // Good ones are forgotten, bad ones by the reading that throws.
    verdict.then(
      () => waiting.delete(verdict),
      () => undefined,
    );
  }
}

/** The verdicts that the next reading of a backend waits for: they stand beside the reading itself. */
function verdictsOf(backend: Judged): Set<Promise<void>> {
  const { read } = backend;
  if (read.verdicts !== undefined) return read.verdicts;
  const verdicts = new Set<Promise<void>>();
  const waiting = async (id: object): Promise<unknown> => {
    const due = [...verdicts];
    try {
      await Promise.all(due);
    } finally {
      for (const verdict of due) verdicts.delete(verdict);
    }
    return read.call(backend, id);
  };
  backend.read = Object.assign(waiting, { verdicts });
  return verdicts;
}
