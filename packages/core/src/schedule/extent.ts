import type { ClassMap } from '../expression/class-map.js';
import type { Node } from '../expression/node.js';

/** How many values a voxel has: one, one per channel, one per channel but the first, or a number. */
export type Extent = 'one' | 'channels' | 'channels - 1' | number;

/** The number that an extent is for so many channels. */
export function extentSize(extent: Extent, channels: number): number {
  switch (extent) {
    case 'one':
      return 1;
    case 'channels':
      return channels;
    case 'channels - 1':
      return channels - 1;
    default:
      return extent;
  }
}

/** How many classes a map makes. */
function mapExtent(map: ClassMap): Extent {
  switch (map.kind) {
    case 'all':
      return 'channels';
    case 'foreground':
      return 'channels - 1';
    case 'rows':
    case 'matrix':
      return map.rows.length;
  }
}

/**
 * The extents of nodes along their channels or classes.
 *
 * @param given - Extents of inputs that have classes, by name.
 */
export function extents(given: ReadonlyMap<string, Extent>): (node: Node) => Extent {
  const found = new Map<Node, Extent>();
  const ofClasses = (node: Node): Extent | undefined => {
    switch (node.op) {
      case 'input':
        return given.get(node.name);
      case 'vector':
        return node.values.length;
      case 'toClass':
        return mapExtent(node.map);
      default: {
        const ofArgs = node.args.filter(({ axes }) => axes.includes('class')).map(extentOf);
        // A symbol says more than a number, which equals it for the channels at hand.
        return ofArgs.find((extent) => typeof extent === 'string') ?? ofArgs[0];
      }
    }
  };
  const extentOf = (node: Node): Extent => {
    if (node.axes.includes('channel')) return 'channels';
    if (!node.axes.includes('class')) return 'one';
    const extent = found.get(node) ?? ofClasses(node);
    if (extent === undefined) throw new TypeError(`${node.op} has classes of unknown number`);
    found.set(node, extent);
    return extent;
  };
  return extentOf;
}
