/** FILETIME: units of 100 ns since 1601-01-01 UTC. */
const TICKS_PER_MS = 10_000n;
const TICKS_TO_UNIX_EPOCH = 116_444_736_000_000_000n;
/** Year 9999: the last that has a text with four digits. */
const LAST_TEXT_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export function filetimeOf(unixMs: number): bigint {
  return BigInt(unixMs) * TICKS_PER_MS + TICKS_TO_UNIX_EPOCH;
}

/** ISO 8601 with all seven decimals: 2013-12-02T22:35:09.7363787Z. `null` for a time beyond the year 9999. */
export function textOfFiletime(filetime: bigint): string | null {
  const unixTicks = filetime - TICKS_TO_UNIX_EPOCH;
  const ticks = ((unixTicks % TICKS_PER_MS) + TICKS_PER_MS) % TICKS_PER_MS;
  const unixMs = Number((unixTicks - ticks) / TICKS_PER_MS);
  if (unixMs > LAST_TEXT_MS) return null;
  return new Date(unixMs).toISOString().replace('Z', `${String(ticks).padStart(4, '0')}Z`);
}
