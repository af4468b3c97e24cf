/**
 * Blurs a volume with a Gaussian along x, y and z in turn, repeating the edge voxels.
 *
 * @param values Voxels of a row-major [z, y, x] volume.
 * @param size The volume's [z, y, x].
 * @param sigma Standard deviation of the Gaussian, in voxels.
 */
export function blur(
  values: Float32Array,
  size: readonly [number, number, number],
  sigma: number,
): Float32Array {
  const [z, y, x] = size;
  const kernel = gaussian(sigma);
  const alongX = blurAxis(values, x, 1, kernel);
  const alongY = blurAxis(alongX, y, x, kernel);
  return blurAxis(alongY, z, x * y, kernel);
}

/** Weights at offsets -r to r, cut at three standard deviations; they sum to 1. */
function gaussian(sigma: number): Float32Array {
  const radius = Math.ceil(3 * sigma);
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-0.5 * ((at - radius) / sigma) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Convolves along the axis of `length` voxels that lie `stride` elements apart. */
function blurAxis(
  values: Float32Array,
  length: number,
  stride: number,
  kernel: Float32Array,
): Float32Array {
  const radius = (kernel.length - 1) / 2;
  return values.map((_, at) => {
    const place = Math.floor(at / stride) % length;
    const start = at - place * stride;
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap += 1) {
      const from = Math.min(Math.max(place + tap - radius, 0), length - 1);
      sum += (kernel[tap] ?? 0) * (values[start + from * stride] ?? 0);
    }
    return sum;
  });
}
