import { BLOCK_SIZE_BYTES, MAXIMUM_BLOCK_COUNT } from '../../core/block';
import { hashOfBytes, ZEROS_STAMP } from '../../core/content';
import type { ImageProblem } from '../../core/image-problem';
import { failure, success, type Result } from '../../core/result';
import type { Scenario, Start } from '../../core/scenario';
import { Table } from '../../core/table';
import { MOST_CONTENTS } from '../kept-start';
import { BadImage, guarded } from './bad-image';
import { scenarioOfImage, startOfImage, type ImportedCopy } from './imported-machine';
import { sha256Of } from './sha256';
import type { VolumeImage } from './volume-image';

/** Contents that are handed out together: as many as lie together in the store. */
const CONTENTS_PER_PART = 64;

/** After so many blocks a part comes even when nothing new was found, so that there is progress to tell of. */
const BLOCKS_PER_PART = 2_048;

/** Contents that were found, in the order of their numbers: 16 KiB each. */
export interface ImportedPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Blocks of the volume that were read so far. */
  readonly doneBlocks: number;
  readonly isLast: boolean;
}

/**
 * Goes once through a volume and its snapshots, block by block, and gives every content that is not zeros once, whoever
 * holds it and however often. What is left behind is who holds which: the start of a laboratory.
 */
export class ImageImport {
  readonly #image: VolumeImage;
  readonly #blockCount: number;
  readonly #live: Uint32Array;
  readonly #copies: ImportedCopy[] = [];
  /** By what identifies the bytes. */
  readonly #stamps = new Map<string, number>();
  readonly #hashes: number[] = [];
  #found: Uint8Array<ArrayBuffer>[] = [];
  #block = 0;

  private constructor(image: VolumeImage, blockCount: number) {
    this.#image = image;
    this.#blockCount = blockCount;
    this.#live = new Uint32Array(blockCount);
  }

  static of(image: VolumeImage): Result<ImageImport, ImageProblem> {
    const blocks = image.blockCountOf('live');
    const limit = MAXIMUM_BLOCK_COUNT;
    if (blocks > limit) return failure({ kind: 'tooLarge', what: 'volume', blocks, limit });
    return success(new ImageImport(image, blocks));
  }

  /** Reads on until there is something to hand out. After the last part there is nothing more to ask for. */
  next(): Promise<Result<ImportedPart, ImageProblem>> {
    return guarded(async () => {
      const until = Math.min(this.#blockCount, this.#block + BLOCKS_PER_PART);
      while (this.#block < until && this.#found.length < CONTENTS_PER_PART) {
        await this.#readBlock(this.#block);
        this.#block += 1;
      }
      const isAtEnd = this.#block === this.#blockCount;
      const bytes = this.#takeFound(isAtEnd);
      return { bytes, doneBlocks: this.#block, isLast: isAtEnd && this.#found.length === 0 };
    });
  }

  /** As many as lie together in the store, or none; at the end all that are left. */
  #takeFound(isAtEnd: boolean): Uint8Array<ArrayBuffer> {
    const isWhole = this.#found.length >= CONTENTS_PER_PART;
    const taken = isWhole || isAtEnd ? this.#found.slice(0, CONTENTS_PER_PART) : [];
    const bytes = new Uint8Array(taken.length * BLOCK_SIZE_BYTES);
    taken.forEach((content, index) => bytes.set(content, index * BLOCK_SIZE_BYTES));
    this.#found = this.#found.slice(taken.length);
    return bytes;
  }

  async #readBlock(block: number): Promise<void> {
    const image = this.#image;
    /** The last block of a volume may be shorter. */
    const length = Math.min(BLOCK_SIZE_BYTES, image.sizeBytes - block * BLOCK_SIZE_BYTES);
    const stampAt = async (offset: number): Promise<number> =>
      this.#stampOf((await image.contentAt(offset)).subarray(0, length));
    const live = await stampAt(block * BLOCK_SIZE_BYTES);
    this.#live[block] = live;
    /** What the next newer snapshot reads, and what is read through it. */
    let newer = live;
    let through = live;
    for (let snapshot = image.stores.length - 1; snapshot >= 0; snapshot -= 1) {
      if (block >= image.blockCountOf(snapshot)) continue;
      let stamp = through;
      if (image.isTold(snapshot, block)) {
        const { offset, overlay } = image.resolve(snapshot, block);
        through = offset === null ? live : await stampAt(offset);
        stamp = offset === null ? ZEROS_STAMP : through;
        if (overlay !== null) stamp = this.#stampOf(await this.#snapshotBlock(snapshot, block));
      }
      if (stamp !== newer || image.hasCopy(snapshot, block)) this.#copies.push({ snapshot, block, stamp });
      newer = stamp;
    }
    if (this.#copies.length > MAXIMUM_BLOCK_COUNT) throw tooLarge('copies', this.#copies.length);
  }

  async #snapshotBlock(snapshot: number, block: number): Promise<Uint8Array> {
    const read = await this.#image.readBlock(snapshot, block);
    if (!read.ok) throw new BadImage(read.problem);
    return read.value.bytes;
  }

  /** @param bytes of the last block of a volume there may be fewer: zeros follow */
  #stampOf(bytes: Uint8Array): number {
    if (isZeros(bytes)) return ZEROS_STAMP;
    const whole = new Uint8Array(BLOCK_SIZE_BYTES);
    whole.set(bytes);
    const key = String.fromCharCode(...sha256Of(whole));
    const known = this.#stamps.get(key);
    if (known !== undefined) return known;
    if (this.#hashes.length === MOST_CONTENTS) throw tooLarge('contents', MOST_CONTENTS + 1);
    this.#found.push(whole);
    this.#hashes.push(hashOfBytes(whole));
    this.#stamps.set(key, this.#hashes.length);
    return this.#hashes.length;
  }

  /**
   * After the last part: the machines, both alike but for their levels, and what they are made for.
   *
   * @param id the number of the start in its laboratory
   */
  finish(id: number): { readonly start: Start; readonly scenario: Scenario } {
    const { facts } = this.#image;
    const [live, copies] = [this.#live, this.#copies];
    const scenario = scenarioOfImage(facts, live.length, copies.length);
    const start = startOfImage({ id, facts, scenario, live, copies, contentCount: this.#hashes.length });
    const contents = { start: id, hashes: tableOf(this.#hashes) };
    return { scenario, start: this.#hashes.length === 0 ? start : { ...start, contents } };
  }
}

function tooLarge(what: 'copies' | 'contents', blocks: number): BadImage {
  const limit = what === 'copies' ? MAXIMUM_BLOCK_COUNT : MOST_CONTENTS;
  return new BadImage({ kind: 'tooLarge', what, blocks, limit });
}

function isZeros(bytes: Uint8Array): boolean {
  const words = bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0;
  const numbers = words ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) : bytes;
  for (let index = 0; index < numbers.length; index += 1) if (numbers[index] !== 0) return false;
  return true;
}

function tableOf(numbers: readonly number[]): Table {
  const table = Table.zeros(numbers.length).edit();
  numbers.forEach((number, index) => table.set(index, number));
  return table.finish();
}
