import type { TraceBatch, TraceSurvey } from '../core/replay/trace';
import type { TraceReading } from '../formats/trace/parsers';
import { TraceReader } from '../formats/trace/trace-reader';

/** Short enough to be read and counted between two pictures of the page. */
const PIECE_BYTES = 2 ** 17;

/**
 * Reads a trace piece by piece, each in a task of its own, and tells after each how many bytes are done; the next one is
 * fetched while this one is read. Returns what was seen. Throws when the file gives nothing, or when `signal` says so.
 *
 * @param take receives the records of a piece; without it they are only surveyed
 */
export async function* readTrace(
  file: Blob,
  reading: TraceReading,
  signal: AbortSignal,
  take: ((batch: TraceBatch) => void) | null = null,
): AsyncGenerator<number, TraceSurvey> {
  const reader = new TraceReader(reading, take);
  let next = pieceOf(file, 0);
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    const piece = await next;
    signal.throwIfAborted();
    next = pieceOf(file, start + PIECE_BYTES);
    // Should it fail after this one was stopped, nobody is left to hear of it.
    next.catch(() => undefined);
    reader.push(piece);
    yield start + piece.length;
  }
  return reader.end();
}

async function pieceOf(file: Blob, start: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer());
}
