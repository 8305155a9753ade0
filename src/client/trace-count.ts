import type { ReplaySettings } from '../core/replay/replay';
import type { TraceReading } from '../formats/trace/parsers';
import type { ReadTrace } from '../formats/trace/read-trace';
import type { ReaderAnswer, ReaderClient } from './reader-client';

/** Large enough that handing them over costs nothing beside reading them. */
const PIECE_BYTES = 2 ** 20;

/** How a trace is read: with `settings`, what would have been copied is counted as well. */
interface TraceCounting {
  readonly file: Blob;
  readonly reading: TraceReading;
  readonly settings: ReplaySettings | null;
  readonly signal: AbortSignal;
}

/**
 * Has a trace read by a worker, piece by piece, and tells after each how many bytes are done; the next one is fetched
 * meanwhile. Returns what was seen. Throws when the file gives nothing, and at once when `signal` says so: the worker is
 * of no more use then.
 */
export async function* countTrace(
  reader: ReaderClient,
  { file, reading, settings, signal }: TraceCounting,
): AsyncGenerator<number, ReadTrace> {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('it was stopped')), { once: true });
  });
  // Nobody may be waiting when it is stopped.
  stopped.catch(() => undefined);
  signal.throwIfAborted();
  await answered(reader.ask({ type: 'beginTrace', reading, settings }));
  let next = pieceOf(file, 0);
  for (let start = 0; start < file.size; start += PIECE_BYTES) {
    const bytes = await Promise.race([next, stopped]);
    const doneBytes = start + bytes.length;
    next = pieceOf(file, start + PIECE_BYTES);
    // Should it fail after this one was stopped, nobody is left to hear of it.
    next.catch(() => undefined);
    const pushed = reader.ask({ type: 'pushTrace', bytes }, undefined, [bytes.buffer]);
    await Promise.race([answered(pushed), stopped]);
    yield doneBytes;
  }
  return Promise.race([answered(reader.ask({ type: 'endTrace' })), stopped]);
}

async function pieceOf(file: Blob, start: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer());
}

async function answered<Type extends 'beginTrace' | 'pushTrace' | 'endTrace'>(asked: ReaderAnswer<Type>) {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.problem.kind);
  return answer.value;
}
