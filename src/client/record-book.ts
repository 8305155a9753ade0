import type { LogRecord } from '../core/history';

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

  get count(): number {
    return this.#records.size;
  }

  get all(): readonly LogRecord[] {
    return [...this.#records.values()];
  }
}
