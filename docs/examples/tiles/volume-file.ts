import { type FileHandle, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Sizes of a volume: slices, rows, columns and channels. */
export type VolumeShape = readonly [depth: number, height: number, width: number, channels: number];

/**
 * A volume on disk, channels last: `logits.f32` of `[depth, height, width, channels]` and `labels.u8` of
 * `[depth, height, width]`. A slab of slices is one run of bytes in either file.
 */
export interface Volume {
  readonly shape: VolumeShape;
  /** Reads slices into buffers that hold as many. */
  readonly read: (from: number, logits: Float32Array, labels: Uint8Array) => Promise<void>;
  /** Writes the gradient of slices, in the layout of the logits. */
  readonly writeGradient: (from: number, gradient: Float32Array) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a volume; its gradient is written to `gradient.f32` beside it. */
export async function openVolume(folder: string): Promise<Volume> {
  const shape = JSON.parse(await readFile(join(folder, 'shape.json'), 'utf8')) as VolumeShape;
  const [, height, width, channels] = shape;
  const logitsFile = await open(join(folder, 'logits.f32'), 'r');
  const labelsFile = await open(join(folder, 'labels.u8'), 'r');
  const opened: FileHandle[] = [logitsFile, labelsFile];
  let gradientFile: FileHandle | undefined;
  return {
    shape,
    read: async (from, logits, labels) => {
      await readAll(logitsFile, logits, 4 * from * height * width * channels);
      await readAll(labelsFile, labels, from * height * width);
    },
    writeGradient: async (from, gradient) => {
      if (gradientFile === undefined) {
        gradientFile = await open(join(folder, 'gradient.f32'), 'w');
        opened.push(gradientFile);
      }
      const bytes = new Uint8Array(gradient.buffer, gradient.byteOffset, gradient.byteLength);
      await gradientFile.write(bytes, 0, bytes.length, 4 * from * height * width * channels);
    },
    close: async () => {
      await Promise.all(opened.map((file) => file.close()));
    },
  };
}

/** Writes a volume slice by slice: nested balls, and logits that are not sure of them. */
export async function writeVolume(folder: string, shape: VolumeShape, seed = 1): Promise<void> {
  const [depth, height, width, channels] = shape;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'shape.json'), JSON.stringify(shape));
  const logitsFile = await open(join(folder, 'logits.f32'), 'w');
  const labelsFile = await open(join(folder, 'labels.u8'), 'w');
  const logits = new Float32Array(height * width * channels);
  const labels = new Uint8Array(height * width);
  let state = seed;
  const noise = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  };
  for (let z = 0; z < depth; z++) {
    for (let at = 0; at < labels.length; at++) {
      const [y, x] = [Math.floor(at / width), at % width];
      const offsets = [z / depth - 0.5, y / height - 0.5, x / width - 0.5];
      const radius = Math.hypot(...offsets) * 2;
      const label = Math.max(0, Math.ceil((1 - radius) * channels) - 1);
      labels[at] = Math.min(label, channels - 1);
      for (let channel = 0; channel < channels; channel++) {
        logits[at * channels + channel] = 2 * noise() + (channel === label ? 1.5 : 0);
      }
    }
    await logitsFile.write(new Uint8Array(logits.buffer));
    await labelsFile.write(labels);
  }
  await Promise.all([logitsFile.close(), labelsFile.close()]);
}

async function readAll(
  file: FileHandle,
  { buffer, byteOffset, byteLength }: Float32Array | Uint8Array,
  position: number,
): Promise<void> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let done = 0; done < byteLength; ) {
    const { bytesRead } = await file.read(bytes, done, byteLength - done, position + done);
    if (bytesRead === 0) throw new Error(`the file ends ${byteLength - done} bytes too early`);
    done += bytesRead;
  }
}
