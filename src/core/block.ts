/** volsnap works in blocks of 16 KiB, whatever the cluster size (KB312067; libvshadow's format description). */
export const BLOCK_SIZE_BYTES = 16_384;

export const MAXIMUM_BLOCK_COUNT = 1_048_576;

/** The block that a byte lies in. */
export function blockAt(offsetBytes: number): number {
  return Math.floor(offsetBytes / BLOCK_SIZE_BYTES);
}
