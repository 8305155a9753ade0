import type { ImageFlaw, ImageProblem, ImageStructure, Qcow2Feature } from '../core/image-problem';
import { counted, grouped } from './phrase';

const STRUCTURES: Readonly<Record<ImageStructure, string>> = {
  qcow2Header: 'header of the qcow2 file',
  qcow2Table: 'cluster table of the qcow2 file',
  qcow2Cluster: 'compressed cluster of the qcow2 file',
  bootSector: 'boot sector',
  volumeHeader: 'volume header',
  catalog: 'catalog of shadow copies',
  storeHeader: 'header of a store',
  blockList: 'block list of a store',
  rangeList: 'range list of a store',
  bitmap: 'bitmap of a store',
};

const FLAWS: Readonly<Record<ImageFlaw, string>> = {
  notIdentified: 'what lies there is something else',
  unknownVersion: 'its version is unknown',
  badOffset: 'it would lie outside the volume',
  badSize: 'a size in it makes no sense',
  loop: 'its chain comes back to itself',
  badEntry: 'an entry in it makes no sense',
  notInflated: 'it cannot be decompressed',
};

const FEATURES: Readonly<Record<Qcow2Feature, string>> = {
  version: 'is of a version other than 2 and 3',
  backingFile: 'needs another file beneath it (a backing file)',
  encryption: 'is encrypted',
  markedCorrupt: 'is marked as corrupt: repair it first (qemu-img check -r all)',
  externalDataFile: 'keeps its content in another file',
  compressionType: 'is compressed in another way than deflate',
  extendedEntries: 'has clusters divided into subclusters',
  otherFeature: 'needs a feature that this page does not know',
};

const TOO_LARGE: Readonly<
  Record<(ImageProblem & { readonly kind: 'tooLarge' })['what'], (blocks: string, limit: string) => string>
> = {
  volume: (blocks, limit) => `The volume has ${blocks} of 16 KiB, and a laboratory holds at most ${limit}.`,
  copies: (blocks, limit) =>
    `Its shadow copies need copies of ${blocks}, and the diff volume of a laboratory holds at most ${limit}.`,
  contents: (blocks, limit) =>
    `The volume and its shadow copies hold at least ${blocks} with different content, and a laboratory keeps at most ${limit}.`,
};

/** Why an image cannot be opened, or a block of it not be read. */
export function sentenceOfImageProblem(problem: ImageProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return `The file cannot be read: ${problem.reason}.`;
    case 'noVolume':
      return 'This is no image of an NTFS volume, nor of a disk with one.';
    case 'noShadowCopies':
      return problem.volumeOffset === 0
        ? 'The volume has no shadow copies, and never had any.'
        : `The volume at byte ${problem.volumeOffset} has no shadow copies, and never had any.`;
    case 'cutOff':
      return `The image is cut off: it should have ${counted(problem.neededBytes, 'byte')} and has ${grouped(problem.presentBytes)}.`;
    case 'notSupported':
      return `The qcow2 file ${FEATURES[problem.feature]}.`;
    case 'damaged':
      return `The image is damaged in the ${STRUCTURES[problem.structure]} at byte ${problem.offset}: ${FLAWS[problem.flaw]}.`;
    case 'storedElsewhere':
      return `The diff area of shadow copy ${problem.identifier} is on another volume, which this image does not hold.`;
    case 'tooMuch':
      return problem.what === 'snapshots'
        ? `The image has more than ${problem.limit} shadow copies, more than Windows keeps.`
        : `The shadow copies hold more than ${counted(problem.limit, 'block')}, more than this page can keep in memory.`;
    case 'tooLarge':
      return TOO_LARGE[problem.what](counted(problem.blocks, 'block'), grouped(problem.limit));
    case 'blockUnknown':
      return `There is no block ${problem.block}: there are ${grouped(problem.blockCount)}, counted from 0.`;
  }
}

/** What to know about blocks that were not in use when a snapshot was made. */
export const READERS_DIFFER =
  'Blocks that were not in use when the newest shadow copy was made are shown as zeros, as libvshadow reads them. Other readers show what lies there now.';
