import type { History } from '../core/history';
import type { Damage, StorageProblem, StorageStatus } from '../core/problem';
import { success, type Result } from '../core/result';
import { ZEROS_STAMP } from '../core/content';
import { DOMAIN_SCHEMAS } from '../formats/domain-schemas';
import type { StoredBytes } from '../protocol/answer';
import type { BlockChange, BlockPlace, BlockRow, LaboratoryStore, Loaded } from '../storage/laboratory-store';
import { MemoryStore } from '../storage/memory-store';
import {
  bytesOf,
  changedBlocks,
  imageOf,
  stampAt,
  summariesOf,
  wholeImage,
  worldIndexOf,
  type StoredImage,
} from './stored-image';
import { NO_CHANGES, type RowChanges, type Savepoint, type Workbench } from './workbench';

export type OpenStore = () => Promise<Result<LaboratoryStore, StorageProblem>>;

const NOTHING_LOADED: Loaded = {
  state: { kind: 'absent' },
  records: [],
  unreadableRecords: [],
  starts: [],
  blocks: [],
  unknownKeys: [],
};

/**
 * Keeps what the workbench has come to: in the database as long as that works, from then on in memory, so that the
 * laboratory goes on.
 */
export class Keeper {
  readonly #announce: (status: StorageStatus) => void;
  #store: LaboratoryStore;
  #status: StorageStatus;
  /** What the blocks in the store are. */
  #image: StoredImage | null = null;
  #wasAborted = false;

  private constructor(
    store: LaboratoryStore,
    status: StorageStatus,
    announce: (status: StorageStatus) => void,
  ) {
    this.#store = store;
    this.#status = status;
    this.#announce = announce;
  }

  /** Opens the store and reads it. What cannot be read as a whole is left alone, and the laboratory begins in memory. */
  static async open(
    openStore: OpenStore,
    announce: (status: StorageStatus) => void,
  ): Promise<{ readonly keeper: Keeper; readonly loaded: Loaded }> {
    const opened = await openStore();
    if (opened.ok) {
      const loaded = await opened.value.load();
      if (loaded.ok) {
        return { keeper: new Keeper(opened.value, { kind: 'stored' }, announce), loaded: loaded.value };
      }
      opened.value.close();
      return { keeper: Keeper.#inMemory(loaded.problem, announce), loaded: NOTHING_LOADED };
    }
    return { keeper: Keeper.#inMemory(opened.problem, announce), loaded: NOTHING_LOADED };
  }

  static #inMemory(reason: StorageProblem, announce: (status: StorageStatus) => void): Keeper {
    return new Keeper(newMemoryStore(), { kind: 'memory', reason }, announce);
  }

  get status(): StorageStatus {
    return this.#status;
  }

  /** The store holds what the workbench holds: commits begin from there. */
  begin(history: History): void {
    this.#image = imageOf(history);
  }

  /** Writes all that follows from the log: what is in the store is of no use. `rows`: the blocks that have one. */
  async commitWhole(bench: Workbench, rows: readonly BlockPlace[]): Promise<void> {
    const blocks = wholeImage(bench.history, rows);
    const committed = await this.#commit(bench, bench.changesSince({ changes: 0 }), blocks);
    if (committed.ok) this.begin(bench.history);
    else await this.#fallBack(bench, committed.problem);
  }

  /**
   * Commits what the workbench has done since a savepoint, in one transaction. A transaction that merely failed is
   * reported and may be tried again; when it fails twice, or the store has no future, everything moves into memory and
   * the commit succeeds there.
   */
  async commit(bench: Workbench, since: Savepoint): Promise<Result<void, StorageProblem>> {
    const blocks = changedBlocks(this.#image, bench.history);
    const committed = await this.#commit(bench, bench.changesSince(since), blocks);
    if (committed.ok) {
      this.begin(bench.history);
      this.#wasAborted = false;
      return committed;
    }
    if (committed.problem.kind === 'aborted' && !this.#wasAborted) {
      this.#wasAborted = true;
      return committed;
    }
    return this.#fallBack(bench, committed.problem);
  }

  #commit(
    bench: Workbench,
    changes: RowChanges,
    blocks: Iterable<BlockChange>,
  ): Promise<Result<void, StorageProblem>> {
    const { state, history } = bench;
    const { added: records, removed: removedRecords, addedStarts: starts, removedStarts } = changes;
    const machines = summariesOf(history);
    return this.#store.commit({ state, records, removedRecords, starts, removedStarts, machines, blocks });
  }

  async #fallBack(bench: Workbench, reason: StorageProblem): Promise<Result<void, StorageProblem>> {
    this.#store.close();
    this.#store = newMemoryStore();
    this.#status = { kind: 'memory', reason };
    const committed = await this.#commit(bench, bench.allRows(), wholeImage(bench.history, []));
    if (committed.ok) this.begin(bench.history);
    this.#announce(this.#status);
    return committed;
  }

  /** The bytes of a place as they lie in the store, against what the log says. */
  async readStored(history: History, place: BlockPlace): Promise<Result<StoredBytes, StorageProblem>> {
    const read = await this.#store.readBlocks([place]);
    if (!read.ok) return read;
    const row = read.value[0]!;
    const bytes = row.kind === 'bytes' ? row.bytes : null;
    const agreesWithLog = disagreement(history, place, row) === null;
    return success({ stamp: stampAt(history, place), bytes, agreesWithLog });
  }

  /** Compares rows with the log, and makes again what differs. */
  async verify(bench: Workbench, places: readonly BlockPlace[]): Promise<readonly Damage[]> {
    const { history } = bench;
    const read = await this.#store.readBlocks(places);
    if (!read.ok) return [];
    const damaged = places.flatMap((place, index) => {
      const reason = disagreement(history, place, read.value[index]!);
      return reason === null ? [] : [{ place, reason }];
    });
    if (damaged.length === 0) return [];
    const blocks = damaged.map(({ place }) => ({ place, bytes: bytesAt(history, place) }));
    const committed = await this.#commit(bench, NO_CHANGES, blocks);
    if (!committed.ok) return [];
    return damaged.map(({ place, reason }) => ({ kind: 'blockRebuilt', ...place, reason }));
  }
}

function newMemoryStore(): LaboratoryStore {
  return new MemoryStore({ schemas: DOMAIN_SCHEMAS });
}

function bytesAt(history: History, place: BlockPlace): Uint8Array<ArrayBuffer> | null {
  return bytesOf(history, worldIndexOf(history, place.world), stampAt(history, place));
}

/** How a row differs from the log; `null` when it does not. */
function disagreement(history: History, place: BlockPlace, row: BlockRow): string | null {
  if (row.kind === 'unreadable') return row.reason;
  const isWritten = stampAt(history, place) !== ZEROS_STAMP;
  if (row.kind === 'absent') return isWritten ? 'it is missing' : null;
  if (!isWritten) return 'it was never written';
  const expected = bytesAt(history, place)!;
  return row.bytes.every((byte, index) => byte === expected[index]) ? null : 'its bytes are others';
}
