import { BLOCK_SIZE_BYTES } from '../../core/block';
import { DESCRIPTOR_FLAGS, type Descriptor } from './block-list';
import type { ImageContent } from './image-facts';
import type { ClusterBitmap } from './ntfs-bitmap';
import type { VolumeImage } from './volume-image';

/** Where a block of a snapshot lies, least telling first: of several in a point, the last one is shown. */
const SNAPSHOT_KINDS = ['unused', 'live', 'newer', 'own', 'moved', 'overlaid'] as const;

/** What a block of the live volume is. */
const LIVE_KINDS = ['free', 'used', 'copied'] as const;

export const IMAGE_KINDS = [...SNAPSHOT_KINDS, ...LIVE_KINDS] as const;

type ImageKind = (typeof IMAGE_KINDS)[number];

/** More points than this no screen shows. */
const MOST_POINTS = 65_536;

/** 1 TiB: looking up whether each of more blocks is in use would take too long. */
const MOST_LOOKED_UP = 2 ** 26;

export interface ImageMap {
  readonly blocksPerPoint: number;
  /** The kinds that there are, least telling first. */
  readonly kinds: readonly ImageKind[];
  /** Per point: a place in `kinds`. */
  readonly points: Uint8Array<ArrayBuffer>;
  /** Blocks by kind. */
  readonly counts: readonly number[];
  /** Of the live volume: whether it could be read which blocks are free. */
  readonly isFreeKnown: boolean;
}

/** @param clusters of the volume as it is now; `null`: not known */
export function mapOfContent(
  image: VolumeImage,
  content: ImageContent,
  clusters: ClusterBitmap | null,
): ImageMap {
  const isLive = content === 'live';
  const kinds: readonly ImageKind[] = isLive ? LIVE_KINDS : SNAPSHOT_KINDS;
  const states = isLive ? copiedSinceNewest(image) : statesOf(image, content);
  const isFree = (block: number): boolean =>
    isLive ? (clusters?.isFree(block) ?? false) : image.readsAsUnused(content, block);
  return {
    kinds,
    isFreeKnown: clusters !== null,
    ...drawn(image.blockCountOf(content), kinds, states, isFree),
  };
}

type States = ReadonlyMap<number, ImageKind>;

/** Of the kinds, the first is for blocks that are free, the second for those that are told of by nothing else. */
function drawn(
  blockCount: number,
  kinds: readonly ImageKind[],
  told: States,
  isFree: (block: number) => boolean,
): Pick<ImageMap, 'blocksPerPoint' | 'points' | 'counts'> {
  const blocksPerPoint = Math.ceil(blockCount / MOST_POINTS);
  const points = new Uint8Array(Math.ceil(blockCount / blocksPerPoint));
  const counts = kinds.map(() => 0);
  const put = (block: number, state: number): void => {
    const point = Math.floor(block / blocksPerPoint);
    points[point] = Math.max(points[point]!, state);
    counts[state]! += 1;
  };
  if (blockCount <= MOST_LOOKED_UP) {
    for (let block = 0; block < blockCount; block += 1)
      if (!told.has(block)) put(block, isFree(block) ? 0 : 1);
  } else {
    points.fill(1);
    counts[1] = blockCount - told.size;
  }
  for (const [block, kind] of told) put(block, kinds.indexOf(kind));
  return { blocksPerPoint, points, counts };
}

/** What the block lists say of a snapshot: its own, then newer ones. */
function statesOf(image: VolumeImage, snapshot: number): States {
  const blockCount = image.blockCountOf(snapshot);
  const states = new Map<number, ImageKind>();
  const put = (descriptor: Descriptor, copied: 'own' | 'newer'): void => {
    if ((descriptor.flags & DESCRIPTOR_FLAGS.unused) !== 0) return;
    const block = descriptor.original / BLOCK_SIZE_BYTES;
    const isMoved = (descriptor.flags & DESCRIPTOR_FLAGS.forwarder) !== 0;
    const isOverlay = (descriptor.flags & DESCRIPTOR_FLAGS.overlay) !== 0;
    // What another snapshot has of its own, by writing to it, no other one sees.
    if (block >= blockCount || (isOverlay && copied !== 'own')) return;
    states.set(block, isMoved ? 'moved' : isOverlay ? 'overlaid' : copied);
  };
  for (let store = image.stores.length - 1; store > snapshot; store -= 1) {
    for (const descriptor of image.stores[store]!.descriptors) put(descriptor, 'newer');
  }
  for (const descriptor of image.stores[snapshot]!.descriptors) put(descriptor, 'own');
  return states;
}

/** The blocks that were overwritten since the newest snapshot. */
function copiedSinceNewest(image: VolumeImage): States {
  const blockCount = image.blockCountOf('live');
  const states = new Map<number, ImageKind>();
  const isNoCopy = DESCRIPTOR_FLAGS.unused | DESCRIPTOR_FLAGS.forwarder | DESCRIPTOR_FLAGS.overlay;
  for (const { original, flags } of image.stores[image.stores.length - 1]?.descriptors ?? []) {
    const block = original / BLOCK_SIZE_BYTES;
    if ((flags & isNoCopy) === 0 && block < blockCount) states.set(block, 'copied');
  }
  return states;
}
