import type { Tensor } from '@softdice/reference';

/** A tensor of a layout that ends in C with its channels moved to axis 1; others as they are. */
export function channelsFirst(tensor: Tensor, layout: string): Tensor {
  return endsInChannels(layout) ? moved(tensor, tensor.shape.length - 1, 1) : tensor;
}

/** The inverse of {@link channelsFirst}. */
export function fromChannelsFirst(tensor: Tensor, layout: string): Tensor {
  return endsInChannels(layout) ? moved(tensor, 1, tensor.shape.length - 1) : tensor;
}

function endsInChannels(layout: string): boolean {
  return layout.endsWith('C');
}

function moved({ shape, data }: Tensor, from: number, to: number): Tensor {
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== from);
  axes.splice(to, 0, from);
  const size = (axis: number): number => shape[axis] ?? 1;
  const stride = (axis: number): number =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const read = axes.reduce<readonly number[]>(
    (starts, axis) =>
      starts.flatMap((start) =>
        Array.from({ length: size(axis) }, (_, at) => start + at * stride(axis)),
      ),
    [0],
  );
  return { shape: axes.map(size), data: read.map((at) => data[at] ?? Number.NaN) };
}
