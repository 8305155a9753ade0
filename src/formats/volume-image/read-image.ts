import type { ImageProblem } from '../../core/image-problem';
import type { Result } from '../../core/result';
import { BadImage, damaged, guarded } from './bad-image';
import { BufferedSource, type ByteSource } from './byte-source';
import { parseCatalogBlock, type SnapshotEntry, type StoreEntry } from './catalog';
import { readChain } from './chain';
import { findVolume, type FoundVolume } from './find-volume';
import { Lookup } from './lookup';
import { isQcow2, openQcow2 } from './qcow2';
import { readBitmap, readStore, type ImageStore } from './read-store';
import type { ReadableStore } from './resolve';
import { VolumeImage } from './volume-image';

/** volsnap keeps at most 512 snapshots of a volume (Microsoft Learn, Volume Shadow Copy Service). */
const MOST_SNAPSHOTS = 512;
/** Enough for those, and for what lies free between them. */
const MOST_CATALOG_BLOCKS = 64;

/**
 * Opens a volume image with shadow copies: a raw one or a qcow2 file, of a volume or of a disk with partitions. Of the
 * file only the metadata is read; nothing is trusted that it says.
 */
export function openImage(file: ByteSource): Promise<Result<VolumeImage, ImageProblem>> {
  return guarded(async () => {
    const source = new BufferedSource(file);
    const disk = (await isQcow2(source)) ? await openQcow2(source) : source;
    const found = await findVolume(disk);
    const stores = await readStores(found);
    return new VolumeImage(found, stores, await readableStores(found.volume, stores));
  });
}

/** Oldest first. */
async function readStores({ volume, header }: FoundVolume): Promise<readonly ImageStore[]> {
  const { snapshots, locations } = await readCatalog(volume, header.catalogOffset);
  const stores: ImageStore[] = [];
  let descriptors = 0;
  for (const snapshot of snapshots.toSorted(byAge)) {
    const location = locations.get(snapshot.store);
    if (location === undefined) throw new BadImage({ kind: 'storedElsewhere', identifier: snapshot.store });
    const store = await readStore(volume, snapshot, location, descriptors);
    descriptors += store.descriptors.length;
    stores.push(store);
  }
  return stores;
}

function byAge(first: SnapshotEntry, second: SnapshotEntry): number {
  if (first.createdAt === second.createdAt) return first.sequence - second.sequence;
  return first.createdAt < second.createdAt ? -1 : 1;
}

interface Catalog {
  readonly snapshots: readonly SnapshotEntry[];
  readonly locations: ReadonlyMap<string, StoreEntry>;
}

/** Entries belong together by their identifier, in whatever order they stand. */
async function readCatalog(volume: ByteSource, offset: number): Promise<Catalog> {
  const snapshots: SnapshotEntry[] = [];
  const locations = new Map<string, StoreEntry>();
  for await (const block of readChain(volume, 'catalog', offset, MOST_CATALOG_BLOCKS)) {
    for (const found of parseCatalogBlock(block)) {
      if (found.type === 'unknown') throw damaged('catalog', offset, 'badEntry');
      if (found.type === 'snapshot') snapshots.push(found.entry);
      if (found.type === 'store') locations.set(found.entry.store, found.entry);
    }
  }
  if (snapshots.length > MOST_SNAPSHOTS) {
    throw new BadImage({ kind: 'tooMuch', what: 'snapshots', limit: MOST_SNAPSHOTS });
  }
  return { snapshots, locations };
}

async function readableStores(
  volume: ByteSource,
  stores: readonly ImageStore[],
): Promise<readonly ReadableStore[]> {
  const newest = stores[stores.length - 1]?.location;
  const bitmap = newest === undefined ? null : await readBitmap(volume, newest.bitmapOffset);
  const previousBitmap = newest === undefined ? null : await readBitmap(volume, newest.previousBitmapOffset);
  return stores.map(({ descriptors, location }) => ({
    lookup: new Lookup(descriptors),
    bitmap: location === newest ? bitmap : null,
    previousBitmap: location === newest ? previousBitmap : null,
  }));
}
