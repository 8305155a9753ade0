import { BLOCK_SIZE_BYTES } from '../../core/block';
import { DESCRIPTOR_FLAGS, type Descriptor } from '../../formats/volume-image/block-list';
import type { VolumeImage } from '../../formats/volume-image/volume-image';

/** Where a block of a snapshot lies, least telling first: of several in a point, the last one is shown. */
export const IMAGE_KINDS = ['live', 'newer', 'own', 'moved', 'overlaid'] as const;

type ImageKind = (typeof IMAGE_KINDS)[number];

const STATE = Object.fromEntries(IMAGE_KINDS.map((kind, state) => [kind, state])) as Record<
  ImageKind,
  number
>;

/** More points than this no screen shows. */
const MOST_POINTS = 65_536;

interface ImageMap {
  readonly blocksPerPoint: number;
  /** Per point: a place in `IMAGE_KINDS`. */
  readonly points: Uint8Array;
  /** Blocks that the block lists tell of, by kind; the rest lies in the live volume. */
  readonly counts: readonly number[];
}

/** Where the blocks of snapshot `snapshot` (0: the oldest) lie, as the block lists say: its own, then newer ones. */
export function mapOfSnapshot(image: VolumeImage, snapshot: number): ImageMap {
  const blockCount = image.blockCountOf(snapshot);
  const states = statesOf(image, snapshot, blockCount);
  const blocksPerPoint = Math.ceil(blockCount / MOST_POINTS);
  const points = new Uint8Array(Math.ceil(blockCount / blocksPerPoint));
  const counts = IMAGE_KINDS.map(() => 0);
  for (const [block, state] of states) {
    const point = Math.floor(block / blocksPerPoint);
    points[point] = Math.max(points[point]!, state);
    counts[state]! += 1;
  }
  counts[STATE.live] = blockCount - states.size;
  return { blocksPerPoint, points, counts };
}

function statesOf(image: VolumeImage, snapshot: number, blockCount: number): ReadonlyMap<number, number> {
  const states = new Map<number, number>();
  const put = (descriptor: Descriptor, copied: number): void => {
    if ((descriptor.flags & DESCRIPTOR_FLAGS.unused) !== 0) return;
    const block = descriptor.original / BLOCK_SIZE_BYTES;
    const isMoved = (descriptor.flags & DESCRIPTOR_FLAGS.forwarder) !== 0;
    const isOverlay = (descriptor.flags & DESCRIPTOR_FLAGS.overlay) !== 0;
    // What another snapshot has of its own, by writing to it, no other one sees.
    if (block >= blockCount || (isOverlay && copied !== STATE.own)) return;
    states.set(block, isMoved ? STATE.moved : isOverlay ? STATE.overlaid : copied);
  };
  for (let store = image.stores.length - 1; store > snapshot; store -= 1) {
    for (const descriptor of image.stores[store]!.descriptors) put(descriptor, STATE.newer);
  }
  for (const descriptor of image.stores[snapshot]!.descriptors) put(descriptor, STATE.own);
  return states;
}
