/** What a command may touch of the world: a test gives its own. */
export interface Host {
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Writes a file whole or not at all. */
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly readInput: () => Promise<Uint8Array>;
  readonly print: (text: string | Uint8Array) => void;
  /** For people: notes, progress, errors. */
  readonly tell: (text: string) => void;
  /** Width of the terminal, where output goes to one. */
  readonly columns: number | undefined;
  /** Whether output may have colours. */
  readonly colours: boolean;
  /** Whether {@link tell} goes to a terminal, so that progress may be shown. */
  readonly watched: boolean;
}
