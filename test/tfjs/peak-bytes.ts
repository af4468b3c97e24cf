import * as tf from '@tensorflow/tfjs';

/** The most bytes that the tensors made by f hold at once; tensors that share data count once. */
export function peakBytes(f: () => void): number {
  const backend = tf.backend();
  const sizes = new Map<object, number>();
  let [current, peak] = [0, 0];
  const [move, disposeData] = [backend.move.bind(backend), backend.disposeData.bind(backend)];
  backend.move = (dataId, values, shape, dtype, count) => {
    move(dataId, values, shape, dtype, count);
    const bytes = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
    sizes.set(dataId, bytes);
    current += bytes;
    peak = Math.max(peak, current);
  };
  backend.disposeData = (dataId, force) => {
    const gone = disposeData(dataId, force);
    if (gone) current -= sizes.get(dataId) ?? 0;
    return gone;
  };
  try {
    tf.tidy(f);
  } finally {
    Object.assign(backend, { move, disposeData });
  }
  return peak;
}
