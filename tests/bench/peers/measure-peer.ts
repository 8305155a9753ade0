import { renderContent } from '../../../src/core/content';
import { randomAt } from '../../../src/core/random';
import { openRival, type RivalName } from './open-peer';
import type { CopiedBlock, Peer } from './peer';

export interface PersistedWork {
  /** Of the volume; each is overwritten once, in random order, and so copied once. */
  readonly blocks: number;
  readonly blocksPerCommit: number;
}

export interface PersistedRun {
  readonly blocks: number;
  /** From the first write to the end of the last commit. */
  readonly writtenMs: number;
}

const SEED = 8_191;

/** So many blocks and copies are read back and compared. */
const BLOCKS_COMPARED = 64;

/** Fills a volume, takes the snapshot and writes, in a database that nobody has used before. */
export async function measureRival(
  name: RivalName,
  { blocks, blocksPerCommit }: PersistedWork,
): Promise<PersistedRun> {
  const peer = await openRival(name);
  const work = copiesOf(blocks);
  const inOrder = Array.from({ length: blocks }, (_, block) => ({ block, newBytes: bytesOf(block) }));
  for (const part of partsOf(inOrder, blocksPerCommit)) await peer.fill(part);
  const from = performance.now();
  for (const part of partsOf(work, blocksPerCommit)) await peer.write(part);
  const writtenMs = performance.now() - from;
  await compare(peer, work);
  return { blocks, writtenMs };
}

/** All bytes are made before the time is taken. */
function copiesOf(blocks: number): readonly CopiedBlock[] {
  const order = Array.from({ length: blocks }, (_, block) => block);
  order.sort((a, b) => randomAt(SEED, a) - randomAt(SEED, b));
  return order.map((block, slot) => {
    return { block, slot, oldBytes: bytesOf(block), newBytes: bytesOf(blocks + slot) };
  });
}

/** Bytes as the product makes them: nothing can be gained by compressing them. */
function bytesOf(write: number): Uint8Array<ArrayBuffer> {
  return renderContent({ kind: 'pattern', seed: SEED, stamp: write + 1, label: `write ${write}` });
}

function partsOf<Block>(blocks: readonly Block[], size: number): readonly (readonly Block[])[] {
  return Array.from({ length: Math.ceil(blocks.length / size) }, (_, part) =>
    blocks.slice(part * size, (part + 1) * size),
  );
}

async function compare(peer: Peer, work: readonly CopiedBlock[]): Promise<void> {
  for (let index = 0; index < BLOCKS_COMPARED; index += 1) {
    const expected = work[Math.floor((index * work.length) / BLOCKS_COMPARED)]!;
    const { live, copy } = await peer.read(expected);
    if (!isSame(live, expected.newBytes)) throw new Error(`Block ${expected.block} holds other bytes`);
    if (!isSame(copy, expected.oldBytes)) throw new Error(`Slot ${expected.slot} holds other bytes`);
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
