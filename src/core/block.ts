/** volsnap works in blocks of 16 KiB, whatever the cluster size (KB312067; libvshadow's format description). */
export const BLOCK_SIZE_BYTES = 16_384;

export const MAXIMUM_BLOCK_COUNT = 1_048_576;

/** What is done for each block of more of them holds up the page, unless it is done little by little. */
export const MOST_AT_ONCE = 131_072;

/** Whether a machine of this size takes long to look at. */
export function isLarge(size: { readonly blockCount: number; readonly diffVolumeBlocks: number }): boolean {
  return Math.max(size.blockCount, size.diffVolumeBlocks) > MOST_AT_ONCE;
}

/** The block that a byte lies in. */
export function blockAt(offsetBytes: number): number {
  return Math.floor(offsetBytes / BLOCK_SIZE_BYTES);
}
