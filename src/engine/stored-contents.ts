import { BLOCK_SIZE_BYTES } from '../core/block';
import { ZEROS_STAMP } from '../core/content';
import type { History } from '../core/history';
import { WORLD_IDS, type WorldId } from '../core/scenario';
import { BLOCKS_PER_SEGMENT, type ContentNames, type Segment } from '../storage/laboratory-store';
import {
  changesIn,
  isSameInBoth,
  renderStamp,
  worldIndexOf,
  writtenPlaces,
  type StoredImage,
} from './stored-image';

/** What names the contents in a segment, without their bytes. */
export type SegmentNames = Omit<Segment, 'bytes'>;

/** A content in a world. */
export interface ContentName {
  readonly world: WorldId;
  readonly stamp: number;
}

/** What one transaction does to the segments. */
export interface SegmentChanges {
  /** Made as they are asked for. */
  readonly segments: Iterable<Segment>;
  readonly removedSegments: readonly number[];
}

/** Where a content lies: in a segment, counted in blocks. */
export interface Location {
  readonly segment: number;
  readonly position: number;
}

const WORLD_BITS: Readonly<Record<WorldId, number>> = { off: 1, on: 2 };

/** A content that places of the volumes hold. */
interface Held {
  /** How many of them. A copy is one more of them, and nothing else. */
  places: number;
  /** `null`: it is in none. */
  segment: KnownSegment | null;
  position: number;
}

/** A segment in the store, and what of it is in use. */
interface KnownSegment extends SegmentNames {
  /** By position: the worlds that hold its content. */
  readonly users: Uint8Array;
  /** How many positions have any. */
  used: number;
}

/** What nothing holds any more may take as much room as what is held, and so many blocks more. */
const GARBAGE_ALLOWED = 256;

/** Segments are merged when there are more than so many, and on average they hold less than so many blocks. */
const SMALL_SEGMENTS_ALLOWED = 64;
const SMALL_SEGMENT = 16;

/** What of a segment is in use is written again only where that is half of a large one at most. */
const MOST_REWRITTEN_OF_SEGMENT = BLOCKS_PER_SEGMENT / 2;

/** At most so many blocks are written again with one commit: the others wait for the next ones. */
const REWRITTEN_PER_COMMIT = 256;

/**
 * Which contents of the current branch lie where in the store. Contents are known by the stamps that they have on the
 * branch, and kept for as long as any place of the volumes holds them. Bytes are never copied: the log makes them.
 */
export class StoredContents {
  readonly #held: Readonly<Record<WorldId, Map<number, Held>>> = { off: new Map(), on: new Map() };
  readonly #segments = new Map<number, KnownSegment>();
  /** Those in which nothing is in use. */
  readonly #idle = new Set<KnownSegment>();
  /** In blocks. */
  #stored = 0;
  #used = 0;
  #nextSegment = 1;

  /** `image`: what the store holds, if anything. `segments`: what lies in it, by number, ascending. */
  constructor(image: StoredImage | null, segments: readonly SegmentNames[]) {
    if (image !== null) this.#holdAll(image);
    for (const segment of segments) this.#add(segment);
  }

  #holdAll(image: StoredImage): void {
    const { history } = image;
    for (const { world, stamp } of writtenPlaces(image)) {
      const held = this.#held[world].get(stamp);
      if (held !== undefined) held.places += 1;
      else if (history.keepsBytesOf(worldIndexOf(history, world), stamp)) {
        this.#held[world].set(stamp, { places: 1, segment: null, position: 0 });
      }
    }
  }

  /** What lies in the segments, by number, ascending. */
  get segments(): readonly SegmentNames[] {
    return [...this.#segments.values()];
  }

  /** Whether no place of the volumes holds a content that is kept as bytes. */
  get isEmpty(): boolean {
    return this.#held.off.size + this.#held.on.size === 0;
  }

  /** Whether any place of the volumes holds a content that is kept as bytes. */
  isHeld({ world, stamp }: ContentName): boolean {
    return this.#held[world].has(stamp);
  }

  /** `null`: it is in no segment. */
  locate({ world, stamp }: ContentName): Location | null {
    const held = this.#held[world].get(stamp);
    if (held === undefined || held.segment === null) return null;
    return { segment: held.segment.id, position: held.position };
  }

  /** Where two segments name the same content, the later one has it. */
  #add({ id, names }: SegmentNames): KnownSegment {
    const count = names.length / 2;
    const segment: KnownSegment = { id, names, users: new Uint8Array(count), used: 0 };
    this.#segments.set(id, segment);
    this.#idle.add(segment);
    this.#stored += count;
    this.#nextSegment = Math.max(this.#nextSegment, id + 1);
    for (let position = 0; position < count; position += 1) {
      for (const { world, stamp } of namesAt(names, position)) {
        const held = this.#held[world].get(stamp);
        if (held === undefined) continue;
        this.#leave(held);
        this.#settle(held, segment, position);
      }
    }
    return segment;
  }

  #settle(held: Held, segment: KnownSegment, position: number): void {
    held.segment = segment;
    held.position = position;
    segment.users[position]! += 1;
    if (segment.users[position] !== 1) return;
    segment.used += 1;
    this.#used += 1;
    if (segment.used === 1) this.#idle.delete(segment);
  }

  #leave(held: Held): void {
    const { segment, position } = held;
    if (segment === null) return;
    held.segment = null;
    segment.users[position]! -= 1;
    if (segment.users[position] !== 0) return;
    segment.used -= 1;
    this.#used -= 1;
    if (segment.used === 0) this.#idle.add(segment);
  }

  /**
   * Goes from an image to the end of a history, and gives what has to be done to the segments for it. `again`: contents
   * whose bytes in the store are no good. Whoever does not do it needs to begin from the segments that there were.
   */
  change(image: StoredImage | null, history: History, again: readonly ContentName[]): SegmentChanges {
    const unstored = { off: this.#goTo(image, history, 'off'), on: this.#goTo(image, history, 'on') };
    const taken = this.#takeOut(again);
    const fresh = unstored.off.length + unstored.on.length + taken.length;
    for (const { world, stamp } of [...taken, ...this.#compact(fresh)]) unstored[world].push(stamp);
    const removedSegments = this.#removeIdle();
    const added = this.#addAll(namesOf(unstored, history));
    return { segments: render(added, history), removedSegments };
  }

  /** Gives the stamps that are held now, and lie in no segment. */
  #goTo(image: StoredImage | null, history: History, world: WorldId): number[] {
    const known = this.#held[world];
    const fresh = new Map<number, Held>();
    const left: number[] = [];
    const worldIndex = worldIndexOf(history, world);
    for (const change of changesIn(world, image, history, (stamp) => known.has(stamp))) {
      const before = known.get(change.before);
      if (before !== undefined) {
        before.places -= 1;
        if (before.places === 0) left.push(change.before);
      }
      if (change.after === ZEROS_STAMP) continue;
      const after = (change.isKnown ? known.get(change.after) : undefined) ?? fresh.get(change.after);
      if (after !== undefined) after.places += 1;
      else if (history.keepsBytesOf(worldIndex, change.after)) {
        fresh.set(change.after, { places: 1, segment: null, position: 0 });
      }
    }
    for (const stamp of left) this.#forget(world, stamp);
    for (const [stamp, held] of fresh) known.set(stamp, held);
    return [...fresh.keys()];
  }

  /** It was copied meanwhile, perhaps. */
  #forget(world: WorldId, stamp: number): void {
    const held = this.#held[world].get(stamp);
    if (held === undefined || held.places > 0) return;
    this.#leave(held);
    this.#held[world].delete(stamp);
  }

  /** Gives those of the contents that are held. */
  #takeOut(contents: readonly ContentName[]): readonly ContentName[] {
    const taken = new Map(contents.map((content) => [`${content.world} ${content.stamp}`, content]));
    return [...taken.values()].filter(({ world, stamp }) => {
      const held = this.#held[world].get(stamp);
      if (held !== undefined) this.#leave(held);
      return held !== undefined;
    });
  }

  /** Takes what is in use out of the emptiest segments, if that is worth it; gives it. */
  #compact(fresh: number): readonly ContentName[] {
    const taken: ContentName[] = [];
    if (!this.#isWasteful()) return taken;
    const emptiest = [...this.#segments.values()]
      .filter(({ used }) => used > 0 && used <= MOST_REWRITTEN_OF_SEGMENT)
      .sort((one, other) => one.used - other.used);
    const limit = Math.max(REWRITTEN_PER_COMMIT, fresh);
    for (const segment of emptiest) {
      if (taken.length + segment.used > limit) break;
      taken.push(...this.#takeOut(this.#contentsIn(segment)));
    }
    return taken;
  }

  #isWasteful(): boolean {
    const { size } = this.#segments;
    return (
      this.#stored > 2 * this.#used + GARBAGE_ALLOWED ||
      size > SMALL_SEGMENTS_ALLOWED + this.#used / SMALL_SEGMENT
    );
  }

  #contentsIn(segment: KnownSegment): readonly ContentName[] {
    const contents: ContentName[] = [];
    for (const [position, users] of segment.users.entries()) {
      if (users === 0) continue;
      for (const content of namesAt(segment.names, position)) {
        const held = this.#held[content.world].get(content.stamp);
        if (held?.segment === segment && held.position === position) contents.push(content);
      }
    }
    return contents;
  }

  #removeIdle(): readonly number[] {
    const removed = [...this.#idle];
    this.#idle.clear();
    for (const { id, users } of removed) {
      this.#segments.delete(id);
      this.#stored -= users.length;
    }
    return removed.map(({ id }) => id);
  }

  #addAll(names: readonly number[]): readonly SegmentNames[] {
    const added: SegmentNames[] = [];
    for (let first = 0; first < names.length; first += 2 * BLOCKS_PER_SEGMENT) {
      const own = Uint32Array.from(names.slice(first, first + 2 * BLOCKS_PER_SEGMENT));
      added.push(this.#add({ id: this.#nextSegment, names: own }));
    }
    return added;
  }
}

function namesAt(names: ContentNames, position: number): readonly ContentName[] {
  const bits = names[2 * position]!;
  const stamp = names[2 * position + 1]!;
  return WORLD_IDS.filter((world) => (bits & WORLD_BITS[world]) !== 0).map((world) => ({ world, stamp }));
}

/** The names of contents, two numbers for each. What is the same in both worlds is named once. */
function namesOf(
  { off, on }: Readonly<Record<WorldId, readonly number[]>>,
  history: History,
): readonly number[] {
  const names: number[] = [];
  const inOn = new Set(on);
  const inBoth = new Set<number>();
  for (const stamp of off) {
    const isInBoth = inOn.has(stamp) && isSameInBoth(history, stamp);
    if (isInBoth) inBoth.add(stamp);
    names.push(isInBoth ? WORLD_BITS.off | WORLD_BITS.on : WORLD_BITS.off, stamp);
  }
  for (const stamp of on) if (!inBoth.has(stamp)) names.push(WORLD_BITS.on, stamp);
  return names;
}

function* render(segments: readonly SegmentNames[], history: History): Iterable<Segment> {
  for (const { id, names } of segments) {
    const count = names.length / 2;
    const bytes = new Uint8Array(count * BLOCK_SIZE_BYTES);
    for (let position = 0; position < count; position += 1) {
      const { world, stamp } = namesAt(names, position)[0]!;
      const first = position * BLOCK_SIZE_BYTES;
      renderStamp(bytes.subarray(first, first + BLOCK_SIZE_BYTES), history, world, stamp);
    }
    yield { id, names, bytes };
  }
}
