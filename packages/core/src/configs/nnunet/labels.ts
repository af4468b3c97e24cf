import { shown } from '../../schema/problem.js';
import { configError } from '../config-error.js';
import { entry, isTreeRecord, type Tree } from '../config-tree.js';

/** What a dataset says about its labels. */
export interface DatasetLabels {
  /** Unions of labels that the network emits a channel for; undefined where it emits one per label. */
  readonly regions?: readonly (readonly number[])[];
  readonly ignore?: number;
  /** Channels of the network. */
  readonly channels: number;
}

/**
 * The labels of a `dataset.json`.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/utilities/label_handling/label_handling.py (`LabelManager`).
 *
 * @throws ConfigError - where nnU-Net would refuse them.
 */
export function datasetLabels(dataset: Tree): DatasetLabels {
  const labels = entry(dataset, 'labels');
  if (!isTreeRecord(labels)) {
    throw configError('dataset.labels', 'an object of labels by name', shown(labels));
  }
  if (entry(labels, 'background') !== 0) {
    const received = shown(entry(labels, 'background'));
    throw configError('dataset.labels.background', '0', received);
  }
  const ignore = entry(labels, 'ignore');
  const named = Object.entries(labels).filter(([name]) => name !== 'ignore');
  const members = named.map(([name, value]) => membersOf(value, `dataset.labels.${name}`));
  const all = [...new Set(members.flat())].toSorted((a, b) => a - b);
  if (ignore !== undefined && ignore !== (all.at(-1) ?? 0) + 1) {
    throw configError('dataset.labels.ignore', 'the highest label + 1', shown(ignore));
  }
  const ignored = typeof ignore === 'number' ? { ignore } : {};
  if (members.every((one) => one.length === 1)) return { ...ignored, channels: all.length };
  const order = entry(dataset, 'regions_class_order');
  const regions = members.filter((one) => one.some((label) => label !== 0));
  if (!Array.isArray(order) || order.length !== regions.length) {
    const expected = `${regions.length} labels, one per region`;
    throw configError('dataset.regions_class_order', expected, shown(order));
  }
  return { ...ignored, regions, channels: regions.length };
}

function membersOf(value: Tree, path: string): readonly number[] {
  const list: readonly Tree[] = Array.isArray(value) ? value : [value];
  const labels = list.filter((one) => Number.isSafeInteger(one) && Number(one) >= 0).map(Number);
  if (labels.length !== list.length || list.length === 0) {
    throw configError(path, 'a label or a list of labels', shown(value));
  }
  return labels;
}
