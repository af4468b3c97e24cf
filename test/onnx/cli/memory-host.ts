import { FileError } from '../../../packages/onnx/src/cli/file-error.js';
import type { Host } from '../../../packages/onnx/src/cli/host.js';
import { run } from '../../../packages/onnx/src/cli/run.js';

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly told: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Files and standard input of a command line. */
export interface World {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly input?: string;
  readonly colours?: boolean;
  readonly watched?: boolean;
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** Carries out a command line, split at blanks, without touching the machine. */
export async function softdice(line: string | readonly string[], world: World = {}): Promise<Ran> {
  const words = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line;
  const files = new Map(
    Object.entries(world.files ?? {}).map(([path, content]) => [path, bytesOf(content)] as const),
  );
  const [out, told]: [string[], string[]] = [[], []];
  const host: Host = {
    readFile: async (path) => {
      const bytes = files.get(path);
      if (bytes === undefined) throw new FileError(`[softdice] Cannot read ${path}: no such file`);
      return bytes;
    },
    writeFile: async (path, bytes) => {
      files.set(path, bytes);
    },
    readInput: async () => bytesOf(world.input ?? ''),
    print: (text) => {
      out.push(typeof text === 'string' ? text : `${text.length} bytes`);
    },
    tell: (text) => {
      told.push(text);
    },
    columns: undefined,
    colours: world.colours ?? false,
    watched: world.watched ?? false,
  };
  const code = await run(words, host);
  return { code, out: out.join(''), told: told.join(''), files };
}
