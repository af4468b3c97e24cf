import { meter } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { channels, type Slices } from './slices.js';

/** Slices that go through the network at once. */
const chunk = 13;

/** What a network makes of slices. */
export interface Judged {
  /** Dice of each class but the first, pooled over all slices. */
  readonly dice: readonly number[];
  /** Decided labels, `[count, height, width]`; empty unless they were asked for. */
  readonly labels: Uint8Array;
}

/** Dice of the decided labels of all slices, by the meter of `@softdice/tfjs`. */
export async function judged(
  network: tf.LayersModel,
  slices: Slices,
  classes: number,
  keepLabels: boolean,
): Promise<Judged> {
  const { count, height, width } = slices;
  const names = Array.from({ length: classes }, (_, label) => `${label}`);
  const pooled = meter({ target: 'labels', decide: 'argmax', per: 'batch' }, { names });
  const labels = new Uint8Array(keepLabels ? count * height * width : 0);
  for (let first = 0; first < count; first += chunk) {
    const many = Math.min(chunk, count - first);
    const [target, prediction] = tf.tidy(() => {
      const [from, to] = [first * height * width, (first + many) * height * width];
      const images = tf.tensor4d(slices.images.subarray(channels * from, channels * to), [
        many,
        height,
        width,
        channels,
      ]);
      return [
        tf.tensor3d(slices.labels.subarray(from, to), [many, height, width], 'int32'),
        network.predict(images) as tf.Tensor,
      ] as const;
    });
    await pooled.update({ target, prediction });
    if (keepLabels) {
      const decided = tf.tidy(() => prediction.argMax(-1));
      labels.set(await decided.data(), first * height * width);
      decided.dispose();
    }
    tf.dispose([target, prediction]);
  }
  const result = pooled.result();
  return { dice: names.slice(1).map((name) => result[`dice_${name}`] ?? Number.NaN), labels };
}
