import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import { randomBelow } from '../../../src/core/random';

const SEED = 6_871;

/** A volume of 16 GiB. */
const BLOCKS = 1_048_576;

const WRITES = 1_000_000;

/** Random writes of one block each all over a volume, the last block among them, as a log of fio. */
export function longTrace(): string {
  const lines = ['fio version 2 iolog', '/dev/sdb add', '/dev/sdb open'];
  for (let index = 0; index < WRITES; index += 1) {
    const block = index === 0 ? BLOCKS - 1 : randomBelow(SEED, index, BLOCKS);
    lines.push(`/dev/sdb write ${block * BLOCK_SIZE_BYTES} ${BLOCK_SIZE_BYTES}`);
  }
  return `${lines.join('\n')}\n/dev/sdb close\n`;
}
