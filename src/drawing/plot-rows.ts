import { WRITE_COMMANDS } from '../core/command';
import type { Entry, History } from '../core/history';

/** What standing quantities are at a position: sizes in blocks of 16 KiB. */
interface Stocks {
  readonly used: number;
  readonly allocated: number;
  readonly limit: number;
  /** Requests that have failed so far. */
  readonly failed: number;
}

/** What writes cost: one of them, or several on average. */
export interface Flows {
  /** Blocks copied for a write; `null`: there was none. */
  readonly copies: number | null;
  /** Virtual ms from a request to its answer, on average and at most; `null`: none was completed. */
  readonly latency: number | null;
  readonly latencyMax: number | null;
}

/** The quantities of one world. */
export type Reading = Stocks & Flows;

/** A stretch of commands: what they did together, and how things stood after them. Readings are per world. */
interface Row {
  /** The position before its first step, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly readings: readonly Reading[];
}

/** Adds up what commands did to a world, by their digests. */
export class Tally {
  #writes = 0;
  #copies = 0;
  #completed = 0;
  #latencySumMs = 0;
  #latencyMaxMs = 0;

  add({ record, digests }: Entry, worldIndex: number): this {
    const { completed, failed, copies, latencySumMs, latencyMaxMs } = digests[worldIndex]!;
    const { type } = record.instruction.command;
    // What fails in other commands is reads.
    this.#writes += WRITE_COMMANDS.has(type) ? completed + failed : completed;
    this.#copies += copies;
    this.#completed += completed;
    this.#latencySumMs += latencySumMs;
    this.#latencyMaxMs = Math.max(this.#latencyMaxMs, latencyMaxMs);
    return this;
  }

  get flows(): Flows {
    const isAnswered = this.#completed > 0;
    return {
      copies: this.#writes === 0 ? null : this.#copies / this.#writes,
      latency: isAnswered ? this.#latencySumMs / this.#completed : null,
      latencyMax: isAnswered ? this.#latencyMaxMs : null,
    };
  }
}

/** The whole history as a table of at most `limit` rows, each of as many commands as the others. */
export function rowsOf({ entries, scenario }: History, limit: number): readonly Row[] {
  const size = Math.max(1, Math.ceil(entries.length / limit));
  const failed = scenario.worlds.map(() => 0);
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, row) => {
    const own = entries.slice(row * size, (row + 1) * size);
    const last = own[own.length - 1]!;
    const readings = failed.map((failedBefore, worldIndex): Reading => {
      const tally = own.reduce((sum, entry) => sum.add(entry, worldIndex), new Tally());
      const failures = own.reduce((sum, { digests }) => sum + digests[worldIndex]!.failed, failedBefore);
      failed[worldIndex] = failures;
      const { used, allocated, limit: most } = last.samples[worldIndex]!;
      return { used, allocated, limit: most, failed: failures, ...tally.flows };
    });
    return { from: own[0]!.start, to: last.start + last.record.steps, readings };
  });
}
