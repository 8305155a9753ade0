import { DESCRIPTOR_FLAGS, type Descriptor } from './block-list';
import type { Bitmap } from './bitmap';
import type { Lookup } from './lookup';
import { BLOCK_SIZE_BYTES } from '../../core/block';

/** What a store is to a read: its copies, and which blocks were not in use. */
export interface ReadableStore {
  readonly lookup: Lookup;
  /** Those of the newest snapshot only: no other read looks at them. */
  readonly bitmap: Bitmap | null;
  readonly previousBitmap: Bitmap | null;
}

/** One place a read looked at. Only the last one of a path had the block; `offset` is where on the volume. */
export type ImageHop =
  | { readonly place: 'store'; readonly store: number; readonly found: 'nothing' }
  | { readonly place: 'store'; readonly store: number; readonly found: 'copy'; readonly offset: number }
  /** To be read at another place from here on. */
  | { readonly place: 'store'; readonly store: number; readonly found: 'forwarder'; readonly offset: number }
  | { readonly place: 'live'; readonly offset: number }
  /** Not in use when the snapshot was made: it reads as zeros here, and as what lies there in other readers. */
  | { readonly place: 'unused' };

export interface Resolution {
  readonly path: readonly ImageHop[];
  /** Where the block lies on the volume; `null`: zeros. */
  readonly offset: number | null;
  /** Sectors that were written to the snapshot itself, over that. */
  readonly overlay: Descriptor | null;
}

/**
 * Where a block of snapshot `snapshot` is read from, as libvshadow reads it: its own store, else the next newer one, ...,
 * else the live volume. Stores are oldest first.
 */
export function resolveBlock(stores: readonly ReadableStore[], snapshot: number, block: number): Resolution {
  const overlay = stores[snapshot]?.lookup.at(block * BLOCK_SIZE_BYTES)?.overlay ?? null;
  const path: ImageHop[] = [];
  let offset = block * BLOCK_SIZE_BYTES;
  for (let store = snapshot; store < stores.length; store += 1) {
    const base = stores[store]!.lookup.at(offset)?.base ?? null;
    if (base === null) {
      path.push({ place: 'store', store, found: 'nothing' });
      const isOwn = store === snapshot && store === stores.length - 1;
      if (!isOwn || !isUnused(stores[store]!, block)) continue;
      return { path: [...path, { place: 'unused' }], offset: null, overlay };
    }
    if ((base.flags & DESCRIPTOR_FLAGS.forwarder) === 0) {
      path.push({ place: 'store', store, found: 'copy', offset: base.data });
      return { path, offset: base.data, overlay };
    }
    offset = base.relative;
    path.push({ place: 'store', store, found: 'forwarder', offset });
  }
  return { path: [...path, { place: 'live', offset }], offset, overlay };
}

/** In use neither when this snapshot was made nor when the one before it was. A forwarder's target is in use. */
function isUnused({ lookup, bitmap, previousBitmap }: ReadableStore, block: number): boolean {
  if (bitmap === null || !bitmap.isUnused(block)) return false;
  if (previousBitmap !== null && !previousBitmap.isUnused(block)) return false;
  return !lookup.isTarget(block * BLOCK_SIZE_BYTES);
}
