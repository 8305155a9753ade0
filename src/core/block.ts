/** volsnap works in blocks of 16 KiB, whatever the cluster size (KB312067; libvshadow's format description). */
export const BLOCK_SIZE_BYTES = 16_384;

export const MAXIMUM_BLOCK_COUNT = 1_048_576;
