import type { Entry, History } from '../core/history';
import type { Damage, StorageProblem, StorageStatus } from '../core/problem';
import { success, type Result } from '../core/result';
import { keepsBytes, stampsGivenBy } from '../core/command-content';
import { hashOfBytes, type StoredRecipe } from '../core/content';
import { DOMAIN_SCHEMAS } from '../formats/domain-schemas';
import type { StoredBytes } from '../protocol/answer';
import {
  BLOCKS_PER_SEGMENT,
  type BlockPlace,
  type BytesRow,
  type LaboratoryStore,
  type Loaded,
  type PiecePlace,
  type StartPiece,
} from '../storage/laboratory-store';
import { MemoryStore } from '../storage/memory-store';
import { blockIn, reasonAgainst } from './stored-bytes';
import { StoredContents, type ContentName, type SegmentChanges } from './stored-contents';
import { imageOf, stampAt, summariesOf, worldIndexOf, writtenPlaces, type StoredImage } from './stored-image';
import { NO_CHANGES, type RowChanges, type Savepoint, type Workbench } from './workbench';

export type OpenStore = () => Promise<Result<LaboratoryStore, StorageProblem>>;

const NOTHING_LOADED: Loaded = {
  state: { kind: 'absent' },
  records: [],
  unreadableRecords: [],
  starts: [],
  segments: [],
  unreadableSegments: [],
  pieces: [],
  blocks: [],
  isFormat1: false,
  unknownKeys: [],
};

/** A sample of 2 MiB, as they lie in the store. Beyond these, bytes are compared with the log when somebody looks at them. */
const BLOCKS_VERIFIED = 128;

/** So many rows of format 1 are compared with the log before segments take their place. */
const OLD_BLOCKS_VERIFIED = 256;

const NO_CONTENTS: SegmentChanges = { segments: [], removedSegments: [] };

/** What a commit does besides what follows from the workbench. */
interface Repair {
  /** Contents to be written again. */
  readonly again?: readonly ContentName[];
  readonly removedSegments?: readonly number[];
  readonly removedBlocks?: readonly BlockPlace[];
}

/**
 * Keeps what the workbench has come to: in the database as long as that works, from then on in memory, so that the
 * laboratory goes on.
 */
export class Keeper {
  readonly #announce: (status: StorageStatus) => void;
  #store: LaboratoryStore;
  #status: StorageStatus;
  /** What the contents in the store are those of. */
  #image: StoredImage | null = null;
  /** How many entries of the image's history are in the store, also those since that brought no bytes. */
  #storedEntries = 0;
  #contents = new StoredContents(null, []);
  #pieces: readonly PiecePlace[] = [];
  /** Segments that were found unreadable. They go with the next commit. */
  #unreadable: readonly number[] = [];
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
        const keeper = new Keeper(opened.value, { kind: 'stored' }, announce);
        keeper.#pieces = loaded.value.pieces;
        return { keeper, loaded: loaded.value };
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
  begin(history: History, { segments, unreadableSegments }: Loaded): void {
    this.#image = imageOf(history);
    this.#storedEntries = history.entries.length;
    this.#contents = new StoredContents(this.#image, segments);
    this.#unreadable = unreadableSegments;
  }

  /** Writes all that follows from the log: the contents that were loaded are of no use. */
  async commitWhole(bench: Workbench, loaded: Loaded): Promise<void> {
    const removedSegments = [...loaded.segments.map(({ id }) => id), ...loaded.unreadableSegments];
    const changes = bench.changesSince({ changes: 0 });
    const rewritten = loaded.isFormat1 ? writtenAgain(bench, changes) : changes;
    const committed = await this.#commit(bench, rewritten, { removedSegments, removedBlocks: loaded.blocks });
    if (!committed.ok) await this.#fallBack(bench, committed.problem);
  }

  /**
   * Commits what the workbench has done since a savepoint, in one transaction. A transaction that merely failed is
   * reported and may be tried again; when it fails twice, or the store has no future, everything moves into memory and
   * the commit succeeds there. The workbench may go on meanwhile: `onFailure` takes that back, before anything else.
   */
  async commit(
    bench: Workbench,
    since: Savepoint,
    onFailure: () => void,
  ): Promise<Result<void, StorageProblem>> {
    const committed = await this.#commit(bench, bench.changesSince(since));
    if (committed.ok) {
      this.#wasAborted = false;
      return committed;
    }
    onFailure();
    if (committed.problem.kind === 'aborted' && !this.#wasAborted) {
      this.#wasAborted = true;
      return committed;
    }
    return this.#fallBack(bench, committed.problem);
  }

  async #commit(
    bench: Workbench,
    changes: RowChanges,
    { again = [], removedSegments = [], removedBlocks = [] }: Repair = {},
  ): Promise<Result<void, StorageProblem>> {
    const { state, history } = bench;
    const { added: records, removed: removedRecords, addedStarts: starts, removedStarts } = changes;
    const { removedPieces } = changes;
    const before = this.#contents.segments;
    const isSame = this.#hasSameContents(history);
    const image = isSame ? this.#image : imageOf(history);
    const entryCount = history.entries.length;
    let isCommitted = false;
    try {
      const contents = isSame ? NO_CONTENTS : this.#contents.change(this.#image, history, again);
      const removed = [...contents.removedSegments, ...removedSegments, ...this.#unreadable];
      const committed = await this.#store.commit({
        ...{ state, records, removedRecords, starts, removedStarts, machines: summariesOf(history) },
        ...{ segments: contents.segments, removedSegments: removed },
        ...{ removedPieces, removedBlocks },
      });
      isCommitted = committed.ok;
      return committed;
    } finally {
      if (isCommitted) this.#settle(image, entryCount, removedPieces);
      else this.#contents = new StoredContents(this.#image, before);
    }
  }

  /**
   * Whether nothing that is kept as bytes has come or gone, as while a trace is replayed. Then nobody asks for the
   * machines: on a large volume it takes longer to finish them than to carry out what led there.
   */
  #hasSameContents(history: History): boolean {
    if (!this.#contents.isEmpty || history !== this.#image?.history) return false;
    return history.entries.slice(this.#storedEntries).every(isWithoutBytes);
  }

  #settle(image: StoredImage | null, entryCount: number, removedPieces: readonly number[]): void {
    this.#image = image;
    this.#storedEntries = entryCount;
    this.#unreadable = [];
    this.#forgetPieces(removedPieces);
  }

  #forgetPieces(starts: readonly number[]): void {
    if (starts.length > 0) this.#pieces = this.#pieces.filter(({ start }) => !starts.includes(start));
  }

  async #fallBack(bench: Workbench, reason: StorageProblem): Promise<Result<void, StorageProblem>> {
    const memory = newMemoryStore();
    await memory.keepPieces(await this.#readAllPieces());
    this.#store.close();
    this.#store = memory;
    this.#status = { kind: 'memory', reason };
    this.#image = null;
    this.#contents = new StoredContents(null, []);
    const committed = await this.#commit(bench, bench.allRows());
    this.#announce(this.#status);
    return committed;
  }

  /** What no log can make again, as far as it can still be read. */
  async #readAllPieces(): Promise<readonly StartPiece[]> {
    const places = this.#pieces;
    const read = await this.#store.readPieces(places);
    if (!read.ok) return [];
    return places.flatMap((place, index) => {
      const row = read.value[index]!;
      return row.kind === 'bytes' ? [{ ...place, bytes: row.bytes }] : [];
    });
  }

  /**
   * Keeps contents that a start is to bring along, before it is there: they can be too many for one transaction. Where
   * that fails nothing else is lost, and the laboratory stays where it is kept.
   */
  async keepPieces(pieces: readonly StartPiece[]): Promise<Result<void, StorageProblem>> {
    const kept = await this.#store.keepPieces(pieces);
    if (!kept.ok) return kept;
    const isNew = ({ start, piece }: PiecePlace): boolean =>
      !this.#pieces.some((known) => known.start === start && known.piece === piece);
    const places = pieces.map(({ start, piece }) => ({ start, piece }));
    this.#pieces = [...this.#pieces, ...places.filter(isNew)];
    return kept;
  }

  /** Removes all contents that start number `start` was to bring along. */
  async dropPieces(start: number): Promise<Result<void, StorageProblem>> {
    const dropped = await this.#store.dropPieces([start]);
    if (dropped.ok) this.#forgetPieces([start]);
    return dropped;
  }

  async readPiece(place: PiecePlace): Promise<Result<BytesRow, StorageProblem>> {
    const read = await this.#store.readPieces([place]);
    return read.ok ? success(read.value[0]!) : read;
  }

  /** Removes contents that were kept for a start which never came. Where a start cannot be read, they might be its own. */
  async dropLeftovers({ starts, neededContents }: Workbench, loaded: Loaded): Promise<void> {
    if (loaded.starts.some(({ id }) => !starts.has(id))) return;
    const found = new Set(loaded.pieces.map(({ start }) => start));
    const left = [...found].filter((start) => !neededContents.has(start));
    if (left.length === 0) return;
    const dropped = await this.#store.dropPieces(left);
    if (dropped.ok) this.#forgetPieces(left);
  }

  /** The bytes of a place as they lie in the store, against what the log says. */
  async readStored(history: History, place: BlockPlace): Promise<Result<StoredBytes, StorageProblem>> {
    const stamp = stampAt(history, place);
    const recipe = history.recipeOf(worldIndexOf(history, place.world), stamp);
    if (recipe.kind === 'stored') return this.#readBrought(recipe, stamp);
    const read = await this.#readPlaces(history, [place]);
    if (!read.ok) return read;
    const row = read.value[0]!;
    // They go to the page, and the rest of their segment stays here.
    const bytes = row.kind === 'bytes' ? row.bytes.slice() : null;
    const agreesWithLog = this.#disagreement(history, place, row) === null;
    return success({ stamp, bytes, agreesWithLog });
  }

  /** What a start brought along: the log has only its hash to tell it by. */
  async #readBrought(
    { start, index, hash }: StoredRecipe,
    stamp: number,
  ): Promise<Result<StoredBytes, StorageProblem>> {
    const piece = Math.floor(index / BLOCKS_PER_SEGMENT);
    const read = await this.readPiece({ start, piece });
    if (!read.ok) return read;
    const row = blockIn(read.value, index % BLOCKS_PER_SEGMENT);
    if (row.kind !== 'bytes') return success({ stamp, bytes: null, agreesWithLog: false });
    const bytes = row.bytes.slice();
    return success({ stamp, bytes, agreesWithLog: hashOfBytes(bytes) === hash });
  }

  /** One row for each place, in order: that of its content. */
  async #readPlaces(
    history: History,
    places: readonly BlockPlace[],
  ): Promise<Result<readonly BytesRow[], StorageProblem>> {
    const locations = places.map((place) => this.#contents.locate(contentAt(history, place)));
    const segments = [...new Set(locations.flatMap((location) => location?.segment ?? []))];
    const read = await this.#store.readSegments(segments);
    if (!read.ok) return read;
    return success(
      locations.map((location): BytesRow => {
        if (location === null) return { kind: 'absent' };
        return blockIn(read.value[segments.indexOf(location.segment)]!, location.position);
      }),
    );
  }

  /** The places whose bytes are compared with the log: those that have none, and some of the others. */
  placesToVerify(): readonly BlockPlace[] {
    if (this.#image === null) return [];
    const sample = this.#sampleOfSegments();
    const missing: BlockPlace[] = [];
    const found: { readonly place: BlockPlace; readonly segment: number }[] = [];
    for (const { stamp, ...place } of writtenPlaces(this.#image)) {
      const content = { world: place.world, stamp };
      const location = this.#contents.locate(content);
      if (location !== null) {
        if (sample.has(location.segment)) found.push({ place, segment: location.segment });
      } else if (this.#contents.isHeld(content)) missing.push(place);
    }
    // Those of one segment come together, so that its bytes are read once.
    found.sort((one, other) => one.segment - other.segment);
    return [...missing, ...found.map(({ place }) => place)];
  }

  /** Whole ones: nothing less can be read. */
  #sampleOfSegments(): ReadonlySet<number> {
    const sample = new Set<number>();
    let blocks = 0;
    for (const { id, names } of this.#contents.segments) {
      blocks += names.length / 2;
      if (blocks > BLOCKS_VERIFIED) break;
      sample.add(id);
    }
    return sample;
  }

  /** Compares bytes with the log, and writes again what differs. */
  async verify(bench: Workbench, places: readonly BlockPlace[]): Promise<readonly Damage[]> {
    const { history } = bench;
    const read = await this.#readPlaces(history, places);
    if (!read.ok) return [];
    const damages = this.#damagesIn(history, places, read.value);
    if (damages.length === 0) return [];
    const again = damages.map((place) => contentAt(history, place));
    const committed = await this.#commit(bench, NO_CHANGES, { again });
    return committed.ok ? damages : [];
  }

  /** Compares some of the rows of format 1 with the log, before segments take their place. */
  async verifyOld(history: History, blocks: readonly BlockPlace[]): Promise<readonly Damage[]> {
    const places = blocks.slice(0, OLD_BLOCKS_VERIFIED);
    const read = await this.#store.readBlocks(places);
    return read.ok ? this.#damagesIn(history, places, read.value) : [];
  }

  #damagesIn(
    history: History,
    places: readonly BlockPlace[],
    rows: readonly BytesRow[],
  ): readonly (Damage & BlockPlace)[] {
    return places.flatMap((place, index) => {
      const reason = this.#disagreement(history, place, rows[index]!);
      return reason === null ? [] : [{ kind: 'blockRebuilt' as const, ...place, reason }];
    });
  }

  /** How a row differs from the log; `null` when it does not. */
  #disagreement(history: History, place: BlockPlace, row: BytesRow): string | null {
    const content = contentAt(history, place);
    if (row.kind === 'absent') return this.#contents.isHeld(content) ? 'it is missing' : null;
    return row.kind === 'unreadable' ? row.reason : reasonAgainst(row.bytes, history, content);
  }
}

/** Every record, and each in the place of what the store has under its number. */
function writtenAgain(bench: Workbench, changes: RowChanges): RowChanges {
  const { added } = bench.allRows();
  return { ...changes, added, removed: [...changes.removed, ...added.map(({ id }) => id)] };
}

/** Whether an entry brings no bytes that are kept. */
function isWithoutBytes({ record }: Entry): boolean {
  const { command } = record.instruction;
  return stampsGivenBy(command) === 0 || !keepsBytes(command);
}

function newMemoryStore(): LaboratoryStore {
  return new MemoryStore({ schemas: DOMAIN_SCHEMAS });
}

function contentAt(history: History, place: BlockPlace): ContentName {
  return { world: place.world, stamp: stampAt(history, place) };
}
