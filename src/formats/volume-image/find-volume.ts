import type { ImageProblem } from '../../core/image-problem';
import { BadImage, damaged } from './bad-image';
import { isNtfs, SECTOR_SIZE_BYTES, volumeSizeOf } from './boot-sector';
import { partOf, readBytes, type ByteSource } from './byte-source';
import { partitionsOf } from './partition';
import {
  isVolumeHeader,
  parseVolumeHeader,
  VOLUME_HEADER_OFFSET,
  VOLUME_HEADER_SIZE_BYTES,
  type VolumeHeader,
} from './volume-header';

const SUPPORTED_VERSIONS = [1, 2];

/** An NTFS volume with shadow copies, or made ready for them. */
export interface FoundVolume {
  /** From its first to its last sector. */
  readonly volume: ByteSource;
  /** Where on the disk it begins, in bytes. */
  readonly offset: number;
  readonly header: VolumeHeader;
}

/**
 * The volume that the image is, or the first with shadow copies among the partitions of the disk that it is.
 *
 * @throws {BadImage} when there is none
 */
export async function findVolume(source: ByteSource): Promise<FoundVolume> {
  if (await beginsWithVolume(source)) return openVolume(source, 0);
  let problem: ImageProblem = { kind: 'noVolume' };
  for (const { start, sizeBytes } of await partitionsOf(source)) {
    const partition = partOf(source, start, sizeBytes);
    if (!(await beginsWithVolume(partition))) continue;
    if (await hasVolumeHeader(partition)) return openVolume(partition, start);
    if (problem.kind === 'noVolume') problem = { kind: 'noShadowCopies', volumeOffset: start };
  }
  throw new BadImage(problem);
}

async function beginsWithVolume(source: ByteSource): Promise<boolean> {
  if (source.sizeBytes < SECTOR_SIZE_BYTES) return false;
  return isNtfs(await readBytes(source, 0, SECTOR_SIZE_BYTES));
}

async function hasVolumeHeader(source: ByteSource): Promise<boolean> {
  return isVolumeHeader(await readBytes(source, VOLUME_HEADER_OFFSET, VOLUME_HEADER_SIZE_BYTES));
}

/** @param source begins with an NTFS boot sector */
async function openVolume(source: ByteSource, offset: number): Promise<FoundVolume> {
  const sizeBytes = volumeSizeOf(await readBytes(source, 0, SECTOR_SIZE_BYTES));
  if (sizeBytes === null) throw damaged('bootSector', offset, 'badSize');
  if (sizeBytes > source.sizeBytes) {
    throw new BadImage({ kind: 'cutOff', neededBytes: sizeBytes, presentBytes: source.sizeBytes });
  }
  const bytes = await readBytes(source, VOLUME_HEADER_OFFSET, VOLUME_HEADER_SIZE_BYTES);
  if (!isVolumeHeader(bytes)) throw new BadImage({ kind: 'noShadowCopies', volumeOffset: offset });
  const header = parseVolumeHeader(bytes);
  if (!SUPPORTED_VERSIONS.includes(header.version)) {
    throw damaged('volumeHeader', VOLUME_HEADER_OFFSET, 'unknownVersion');
  }
  return { volume: partOf(source, 0, sizeBytes), offset, header };
}
