import { Replay, type ReplaySettings } from '../core/replay/replay';
import type { TraceReading } from '../formats/trace/parsers';
import type { ReadTrace } from '../formats/trace/read-trace';
import { TraceReader } from '../formats/trace/trace-reader';

/** Reads a trace from its pieces in order; and counts the copies, when it is told how. */
export class TraceCount {
  readonly #replay: Replay | null;
  readonly #reader: TraceReader;

  constructor(reading: TraceReading, settings: ReplaySettings | null) {
    const replay = settings === null ? null : new Replay(settings);
    this.#replay = replay;
    this.#reader = new TraceReader(reading, replay === null ? null : (batch) => replay.add(batch));
  }

  push(piece: Uint8Array): void {
    this.#reader.push(piece);
  }

  end(): ReadTrace {
    const survey = this.#reader.end();
    return { survey, report: this.#replay?.finish() ?? null };
  }
}
