import { divisors } from './divisors.js';
import { elementNumber } from './model.js';
import { predictionSized, size } from './sizes.js';
import { type Emission, integerList } from './value.js';

/** Runs of voxels of the same length, one after the other. */
export interface BlockRuns {
  /** Voxels in each, an integer without axes. */
  readonly length: string;
  /** Where each begins and where it ends, `[number of blocks, 1]`. */
  readonly from: string;
  readonly to: string;
}

/** More blocks are not looked for; each has its overhead. */
const mostBlocks = 4096;

/**
 * Cuts the voxels into blocks, of all samples and channels, with as many numbers of the prediction as the
 * block size allows: the length is the largest divisor of the number of voxels that does, among those that
 * make at most 4096 blocks; where none does, the smallest of them.
 */
export function blockRuns(emission: Emission, blockSize: number): BlockRuns {
  const { graph } = emission;
  const sized = predictionSized(emission);
  const integer = (value: number): string => graph.constant('int64', [], [value]);
  const node = (op: string, inputs: readonly string[], name: string): string =>
    graph.node(op, inputs, `block/${name}`);
  const largest = (list: string, name: string): string =>
    graph.node('ReduceMax', [list], `block/${name}`, { keepdims: 0 });

  const voxels = size(emission, sized, 'voxel');
  const planes = node(
    'Mul',
    [size(emission, sized, 'sample'), size(emission, sized, 'channel')],
    'planes',
  );
  const last = node('Min', [voxels, integer(mostBlocks)], 'most-count');
  const end = node('Add', [last, integer(1)], 'count-end');
  const counts = node('Range', [integer(1), end, integer(1)], 'counts');
  const found = divisors(emission, voxels, counts, 'block');
  const quotients = node('Div', [voxels, counts], 'quotients');
  const lengths = node('Mul', [quotients, found.isDivisor], 'lengths');
  const most = node('Div', [integer(blockSize), planes], 'most-voxels');
  const fits = graph.node('Cast', [node('LessOrEqual', [lengths, most], 'fits')], 'block/is-fit', {
    to: elementNumber('int64'),
  });
  const fitting = largest(node('Mul', [lengths, fits], 'fitting'), 'longest');
  const smallest = node('Div', [voxels, largest(found.divisors, 'most')], 'smallest');
  const length = node('Max', [fitting, smallest], 'length');
  const from = node('Range', [integer(0), voxels, length], 'begins');
  const column = node('Reshape', [from, integerList(emission, [-1, 1])], 'from');
  return {
    length,
    from: column,
    to: node('Add', [column, length], 'to'),
  };
}
