/** A file that cannot be read or written. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
}
