import type { History } from '../core/history';
import type { LogRecord } from '../core/log-record';
import { pathTo, scenarioOfBranch, type Branch } from '../core/laboratory';
import { retracing, type Retraced } from '../core/retrace';
import type { HeldStart } from '../formats/kept-start';

/** The records of the laboratory by their numbers, whatever branch they are on. */
export class RecordBook {
  readonly #records = new Map<number, LogRecord>();

  replaceAll(records: readonly LogRecord[]): void {
    this.#records.clear();
    this.add(records);
  }

  add(records: readonly LogRecord[]): void {
    for (const record of records) this.#records.set(record.id, record);
  }

  remove(ids: readonly number[]): void {
    for (const id of ids) this.#records.delete(id);
  }

  get(id: number): LogRecord | undefined {
    return this.#records.get(id);
  }

  /**
   * The history of a branch, as far as its records lead where they say. What it has in common with `earlier` is taken
   * from there. A job, since a branch can be long.
   */
  retracing(
    branch: Branch,
    starts: ReadonlyMap<number, HeldStart>,
    earlier: History | null,
  ): Generator<void, Retraced> {
    const scenario = scenarioOfBranch(branch, (id) => starts.get(id)?.start);
    return retracing(
      scenario,
      pathTo(branch.tip, (id) => this.get(id)),
      earlier,
    );
  }

  get count(): number {
    return this.#records.size;
  }

  get all(): readonly LogRecord[] {
    return [...this.#records.values()];
  }
}
