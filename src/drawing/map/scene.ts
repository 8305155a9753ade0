import type { Machine } from '../../core/machine';
import { CHUNK_SIZE, type Table } from '../../core/table';
import { BLOCK_BITS, BLOCK_KINDS, blockKind, readBlockStates, type BlockKind } from '../block-state';
import { readSlotStates, SLOT_KINDS, slotBounds, slotKind, type SlotKind } from '../slot-state';

/** What a map shows: a state for every block, and what has changed since the scene before. */
export interface Scene<Kind extends string = string> {
  readonly subject: Subject<Kind>;
  readonly count: number;
  /** Written again for the next scene of the same book: whoever draws it draws it before that. */
  readonly states: Uint8Array<ArrayBuffer>;
  /** How many blocks are of each kind. */
  readonly tally: ReadonlyMap<Kind, number>;
  /** No other scene of the same book has it. */
  readonly version: number;
  /** The blocks whose state is not what it was in version `follows`; `null`: any may be. */
  readonly changed: readonly number[] | null;
  readonly follows: number;
}

interface Look {
  readonly machine: Machine;
  readonly lookThrough: number | null;
}

/** What a map is of: the blocks of a volume, or the slots of a diff area. */
export interface Subject<Kind extends string> {
  readonly kinds: readonly Kind[];
  /** In a pixel that stands for many blocks a kind counts, once it is there, at least so many times all of them. */
  readonly presence: Readonly<Record<Kind, number>>;
  kindOf(state: number): Kind;
  /** A snapshot still needs the block: it has a folded corner. */
  hasCorner(state: number): boolean;
  /** The block cannot be read: it is crossed out. */
  hasCross(state: number): boolean;
  countOf(machine: Machine): number;
  read(look: Look, first: number, states: Uint8Array): void;
  /** Every index whose state may differ between two looks, and perhaps others; `null`: too many to name them. */
  suspects(before: Look, after: Look): readonly number[] | null;
}

/** A scene, what it is of, and how many blocks are in each state. */
interface Kept<Kind extends string> {
  readonly look: Look;
  readonly scene: Scene<Kind>;
  readonly counts: Uint32Array;
}

/** A scene that is prepared is read in parts of so many blocks: some milliseconds each. */
const PART_BLOCKS = 32_768;

/** Scenes of one map, one after another. Costs what has changed, not the size of the volume. */
export class SceneBook<Kind extends string> {
  readonly #subject: Subject<Kind>;
  readonly #kinds: readonly Kind[];
  #shown: Kept<Kind> | null = null;
  /** What was prepared, until it is asked for. */
  #ready: Kept<Kind> | null = null;
  /** The states of a scene that is over, to be written again. */
  #spare = new Uint8Array(0);
  #versions = 0;

  constructor(subject: Subject<Kind>) {
    this.#subject = subject;
    this.#kinds = Array.from({ length: 256 }, (_, state) => subject.kindOf(state));
  }

  at(machine: Machine, lookThrough: number | null): Scene<Kind> {
    const look = { machine, lookThrough };
    if (isOf(this.#shown, look)) return this.#shown.scene;
    if (isOf(this.#ready, look)) this.#showReady(this.#ready);
    else this.#shown = this.#readSome(look) ?? this.#readAll(look);
    return this.#shown!.scene;
  }

  #showReady(ready: Kept<Kind>): void {
    this.#spare = this.#shown?.scene.states ?? this.#spare;
    this.#shown = ready;
    this.#ready = null;
  }

  /** Makes the scene that is asked for next, as a job that can rest. Until it is asked for, what is shown stays. */
  *prepare(machine: Machine, lookThrough: number | null): Generator<void, Scene<Kind>> {
    const look = { machine, lookThrough };
    if (isOf(this.#shown, look)) return this.#shown.scene;
    const states = this.#takeSpare(this.#subject.countOf(machine));
    const counts = new Uint32Array(256);
    for (let first = 0; first < states.length; first += PART_BLOCKS) {
      const part = states.subarray(first, first + PART_BLOCKS);
      this.#subject.read(look, first, part);
      addUp(part, counts);
      yield;
    }
    this.#ready = this.#keep(look, states, counts, null);
    return this.#ready.scene;
  }

  /** It is given away: whoever was on the way with it before, and is so still, keeps it. */
  #takeSpare(count: number): Uint8Array<ArrayBuffer> {
    const spare = this.#ready?.scene.states ?? this.#spare;
    this.#ready = null;
    this.#spare = new Uint8Array(0);
    return spare.length === count ? spare : new Uint8Array(count);
  }

  #readAll(look: Look): Kept<Kind> {
    const count = this.#subject.countOf(look.machine);
    const before = this.#shown?.scene.states;
    const states = before?.length === count ? before : new Uint8Array(count);
    const counts = new Uint32Array(256);
    this.#subject.read(look, 0, states);
    addUp(states, counts);
    return this.#keep(look, states, counts, null);
  }

  /** `null`: there is nothing to begin with, or too much may be different. */
  #readSome(look: Look): Kept<Kind> | null {
    const before = this.#shown;
    if (before?.scene.count !== this.#subject.countOf(look.machine)) return null;
    const suspects = this.#subject.suspects(before.look, look);
    if (suspects === null) return null;
    const { counts } = before;
    const { states } = before.scene;
    const state = new Uint8Array(1);
    const changed: number[] = [];
    for (const index of suspects) {
      this.#subject.read(look, index, state);
      const [was, is] = [states[index]!, state[0]!];
      if (was === is) continue;
      states[index] = is;
      counts[was]! -= 1;
      counts[is]! += 1;
      changed.push(index);
    }
    return this.#keep(look, states, counts, changed);
  }

  #keep(
    look: Look,
    states: Uint8Array<ArrayBuffer>,
    counts: Uint32Array,
    changed: readonly number[] | null,
  ): Kept<Kind> {
    this.#versions += 1;
    const scene = {
      subject: this.#subject,
      count: states.length,
      states,
      tally: this.#tallyByKind(counts),
      version: this.#versions,
      changed,
      follows: this.#shown?.scene.version ?? 0,
    };
    return { look, scene, counts };
  }

  #tallyByKind(counts: Uint32Array): ReadonlyMap<Kind, number> {
    const tally = new Map<Kind, number>();
    for (const [state, kind] of this.#kinds.entries()) {
      const count = counts[state]!;
      if (count > 0) tally.set(kind, (tally.get(kind) ?? 0) + count);
    }
    return tally;
  }
}

function isOf<Kind extends string>(kept: Kept<Kind> | null, look: Look): kept is Kept<Kind> {
  return kept?.look.machine === look.machine && kept.look.lookThrough === look.lookThrough;
}

function addUp(states: Uint8Array, counts: Uint32Array): void {
  for (let index = 0; index < states.length; index += 1) counts[states[index]!]! += 1;
}

/** Beyond so many it is quicker to read every state than to ask which one is another. */
const MOST_SUSPECTS = 50_000;

/** Collects indices, up to a limit. */
class Suspects {
  readonly #indices: number[] = [];

  add(index: number): void {
    this.#indices.push(index);
  }

  get areTooMany(): boolean {
    return this.#indices.length > MOST_SUSPECTS;
  }

  get indices(): readonly number[] | null {
    return this.areTooMany ? null : this.#indices;
  }

  addRange(from: number, to: number): void {
    for (let index = from; index < to && !this.areTooMany; index += 1) this.add(index);
  }
}

/** Tells every index at which two tables of the same length differ. Chunks that both share are not looked at. */
function eachDifference(
  before: Table,
  after: Table,
  suspects: Suspects,
  tell = (index: number): void => suspects.add(index),
): void {
  if (before === after) return;
  for (let at = 0; at < after.chunks.length && !suspects.areTooMany; at += 1) {
    const [chunk, other] = [after.chunks[at]!, before.chunks[at]];
    if (other === undefined || other === chunk) continue;
    for (let first = 0; first < chunk.length; first += TOGETHER) {
      if (first + TOGETHER <= chunk.length && areAlike(chunk, other, first)) continue;
      const end = Math.min(first + TOGETHER, chunk.length);
      for (let index = first; index < end; index += 1) {
        if (chunk[index] !== other[index]) tell(at * CHUNK_SIZE + index);
      }
    }
  }
}

/** So many numbers are compared in one go: of a chunk that was written, hardly any have changed. */
const TOGETHER = 8;

function areAlike(one: Uint32Array, other: Uint32Array, at: number): boolean {
  const differing =
    (one[at]! ^ other[at]!) |
    (one[at + 1]! ^ other[at + 1]!) |
    (one[at + 2]! ^ other[at + 2]!) |
    (one[at + 3]! ^ other[at + 3]!) |
    (one[at + 4]! ^ other[at + 4]!) |
    (one[at + 5]! ^ other[at + 5]!) |
    (one[at + 6]! ^ other[at + 6]!) |
    (one[at + 7]! ^ other[at + 7]!);
  return differing === 0;
}

const BLOCK_TABLES = ['live', 'newestCopy'] as const;
const SLOT_TABLES = ['slotArea', 'slotBlock', 'slotOlder', 'diffContents'] as const;

function blockSuspects(before: Look, after: Look): readonly number[] | null {
  const isAlike =
    before.lookThrough === after.lookThrough &&
    before.machine.slotArea.length === after.machine.slotArea.length &&
    (after.lookThrough !== null || newestSnapshot(before.machine) === newestSnapshot(after.machine));
  if (!isAlike) return null;
  const suspects = new Suspects();
  for (const name of BLOCK_TABLES) eachDifference(before.machine[name], after.machine[name], suspects);
  // What lies in a slot matters to the block that it was or is a copy of.
  const addOwners = (slot: number): void => {
    suspects.add(before.machine.slotBlock.get(slot));
    suspects.add(after.machine.slotBlock.get(slot));
  };
  for (const name of SLOT_TABLES)
    eachDifference(before.machine[name], after.machine[name], suspects, addOwners);
  const [were, are] = [before.machine.conditions.liveBadBlocks, after.machine.conditions.liveBadBlocks];
  if (were !== are) for (const block of [...were, ...are]) suspects.add(block);
  return suspects.indices;
}

function newestSnapshot({ areas }: Machine): number {
  return areas.at(-1)?.snapshot ?? 0;
}

function slotSuspects({ machine: before }: Look, { machine: after }: Look): readonly number[] | null {
  if (retainedAreas(before) !== retainedAreas(after)) return null;
  const suspects = new Suspects();
  eachDifference(before.slotArea, after.slotArea, suspects);
  const [was, is] = [slotBounds(before), slotBounds(after)];
  for (const bound of ['allocated', 'growingTo', 'limit'] as const) {
    suspects.addRange(Math.min(was[bound], is[bound]), Math.max(was[bound], is[bound]));
  }
  return suspects.indices;
}

function retainedAreas({ areas }: Machine): string {
  return areas
    .filter((area) => !area.exists)
    .map((area) => area.snapshot)
    .join();
}

export const LIVE_BLOCKS: Subject<BlockKind> = {
  kinds: BLOCK_KINDS,
  presence: {
    ...{ blank: 0, blankNeeded: 0, written: 0.5, needed: 0.5, copied: 0.8, bad: 3 },
    ...{ ownArea: 0.6, newerArea: 0.6, pastLive: 0.2, pastBlank: 0 },
  },
  kindOf: blockKind,
  hasCorner: (state) => (state & BLOCK_BITS.needed) !== 0,
  hasCross: (state) => (state & BLOCK_BITS.bad) !== 0,
  countOf: (machine) => machine.settings.blockCount,
  read: ({ machine, lookThrough }, first, states) => readBlockStates(machine, lookThrough, first, states),
  suspects: blockSuspects,
};

export const DIFF_SLOTS: Subject<SlotKind> = {
  kinds: SLOT_KINDS,
  presence: {
    ...{ free: 0, usedOdd: 0.4, usedEven: 0.4, retained: 0.4, growing: 0.2, available: 0, beyondMaximum: 0 },
  },
  kindOf: slotKind,
  hasCorner: () => false,
  hasCross: () => false,
  countOf: (machine) => machine.settings.diffVolumeBlocks,
  read: ({ machine }, first, states) => readSlotStates(machine, first, states),
  suspects: slotSuspects,
};
