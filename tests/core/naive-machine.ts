/**
 * The rules of the simulated machine once more, in the simplest way there is: a full copy of the volume for every
 * snapshot, a list of slots, and a loop for a write. It shares no code with the engine, only the type of a command, so
 * that the two can be held against each other. Where a write could be stopped between two stages it yields.
 */
import type { Command } from '../../src/core/command';

export interface NaiveSettings {
  readonly blockCount: number;
  readonly diffVolumeBlocks: number;
  readonly initialBlocks: number;
  readonly maximumBlocks: number | null;
  readonly growthStepBlocks: number;
  readonly snapshotLimit: number;
  readonly timing: {
    readonly liveReadMs: number;
    readonly liveWriteMs: number;
    readonly diffWriteMs: number;
    readonly tableWriteMs: number;
    readonly growMs: number;
  };
}

interface NaiveSnapshot {
  readonly number: number;
  exists: boolean;
  /** The stamp of every block at the moment of creation. */
  readonly contents: readonly number[];
}

/** What a command came to: a refusal by its code, or `null`; and what a read returned. */
export interface NaiveOutcome {
  readonly refused: string | null;
  readonly stamp: number | null;
}

type Condition = (Command & { type: 'break' })['condition'];
type Burst = Command & { type: 'writeBurst' };

/** Where a write can be stopped: before its next stage, or between two writes of a burst. */
type Stop = 'stage' | 'write';
type Steps<Value> = Generator<Stop, Value>;

const FIVE_MINUTES_MS = 300_000;
const SEVEN_DAYS_MS = 604_800_000;
const BLOCK_BYTES = 16_384;

/** What level ORIGINAL_VOLUME logs for a fault, apart from fault 8. */
const LOSS_EVENTS: Readonly<Record<number, readonly number[]>> = {
  1: [32],
  2: [29],
  3: [27],
  4: [15],
  5: [6, 15],
  6: [14],
  7: [14],
  9: [25],
  10: [13, 35],
  11: [],
  12: [27],
  13: [14],
  14: [16],
  15: [119],
  16: [119],
};

export class NaiveMachine {
  readonly settings: NaiveSettings;
  level: 'ORIGINAL_VOLUME' | 'SNAPSHOT';
  clockMs = 0;
  nextStamp = 1;
  live: number[];
  access: 'online' | 'offlineByAdministrator' | 'offlineForCluster' | 'offlineForProtection' = 'online';
  diffVolumePresent = true;
  maximumBlocks: number | null;
  /** One entry a slot of the diff area: whose copy of which block lies there. */
  slots: ({ readonly snapshot: number; readonly block: number } | null)[] = [];
  chain: NaiveSnapshot[] = [];
  created = 0;
  growthEndsAtMs: number | null = null;
  pendingUntilMs: number | null = null;
  fault = 0;
  broken = new Set<string>();
  clusterPrepared = false;
  completed = 0;
  failed = 0;
  bounced = 0;
  /** The events of the System log, from the beginning. */
  logged: number[] = [];
  #request: { overwriting: boolean } | null = null;

  constructor(settings: NaiveSettings, level: 'ORIGINAL_VOLUME' | 'SNAPSHOT') {
    this.settings = settings;
    this.level = level;
    this.maximumBlocks = settings.maximumBlocks;
    this.live = new Array<number>(settings.blockCount).fill(0);
  }

  get snapshots(): readonly NaiveSnapshot[] {
    return this.chain.filter((snapshot) => snapshot.exists);
  }

  get used(): number {
    return this.slots.filter((slot) => slot !== null).length;
  }

  /** Carries a command out from its beginning to its end; also one that interrupts a write. */
  perform(command: Command): NaiveOutcome {
    const steps = this.start(command);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** Begins a command, to be stopped anywhere. */
  *start(command: Command): Steps<NaiveOutcome> {
    let stamp: number | null = null;
    let refused: string | null = null;
    if (command.type === 'write') refused = yield* this.#write(command.block, command.count, command.content);
    else if (command.type === 'writeBurst') refused = yield* this.#burst(command);
    else if (command.type === 'replayWrites') refused = yield* this.#replay([...command.writes]);
    else if (command.type === 'wait') refused = yield* this.#wait(command.durationMs);
    else if (command.type === 'read') {
      const answer = yield* this.#read(command.block, command.from);
      if (typeof answer === 'string') refused = answer;
      else stamp = answer;
    } else if (command.type === 'revertToSnapshot') refused = yield* this.#revert(command.snapshot);
    else refused = this.#performAtOnce(command);
    return { refused, stamp };
  }

  #performAtOnce(command: Command): string | null {
    switch (command.type) {
      case 'createSnapshot':
        return this.#createSnapshot();
      case 'deleteSnapshot':
        return this.#deleteSnapshot(command.snapshot);
      case 'setProtectionLevel':
        return this.#setLevel(command.level);
      case 'clearProtectionFault':
        return this.#clearFault();
      case 'deleteUnusedDiffAreas':
        return this.#deleteUnused();
      case 'resizeDiffArea':
        return this.#resize(command.maximumBlocks);
      case 'takeOffline':
        return this.#takeOffline();
      case 'bringOnline':
        return this.#bringOnline();
      case 'detachDiffVolume':
        return this.#detach();
      case 'attachDiffVolume':
        return this.#attach();
      case 'externalWrite':
        return this.#externalWrite(command.block);
      case 'break':
        return this.#break(command.condition);
      case 'repair':
        return this.#repair(command.condition);
      case 'clusterPrepareOffline':
        return this.#clusterPrepare();
      case 'clusterFinishFailover':
        return this.#clusterFinish();
      case 'unexpectedError':
        if (this.#isVulnerable()) this.#strike(11);
        return null;
      default:
        throw new Error(`The naive machine does not know ${command.type}`);
    }
  }

  // Writing.

  #refuseBlocks(block: number, count: number): string | null {
    if (!Number.isInteger(count) || count < 1) return 'countInvalid';
    if (!Number.isInteger(block) || block < 0 || block + count > this.settings.blockCount) {
      return 'blockOutsideVolume';
    }
    return null;
  }

  *#write(
    block: number,
    count: number,
    content: (Command & { type: 'write' })['content'],
  ): Steps<string | null> {
    const refused = this.#refuseBlocks(block, count);
    if (refused !== null) return refused;
    if (content.kind === 'text' && Buffer.byteLength(content.text) > BLOCK_BYTES) return 'contentTooLong';
    yield* this.#hostWrite(block, count);
    return null;
  }

  *#burst(burst: Burst): Steps<string | null> {
    const refused = this.#refuseBlocks(burst.block, burst.span);
    if (refused !== null) return refused;
    if (!Number.isInteger(burst.writes) || burst.writes < 1 || burst.writes > 1_000_000)
      return 'countInvalid';
    for (let index = burst.from; index < burst.from + burst.writes; index += 1) {
      if (index > burst.from) yield 'write';
      const offset =
        burst.order === 'sequential' ? index % burst.span : hashBelow(burst.seed, index, burst.span);
      yield* this.#hostWrite(burst.block + offset, 1);
    }
    return null;
  }

  *#replay(writes: readonly number[]): Steps<string | null> {
    const pairs = writes.flatMap((block, at) =>
      at % 2 === 0 ? [[block, writes[at + 1] ?? 0] as const] : [],
    );
    if (writes.length % 2 === 1 || pairs.length < 1 || pairs.length > 256) return 'countInvalid';
    if (pairs.reduce((sum, [, count]) => sum + count, 0) > 4096) return 'countInvalid';
    for (const [block, count] of pairs) {
      const refused = this.#refuseBlocks(block, count);
      if (refused !== null) return refused;
    }
    for (const [index, [block, count]] of pairs.entries()) {
      if (index > 0) yield 'write';
      yield* this.#hostWrite(block, count);
    }
    return null;
  }

  /** One host write: gate, then for each block look-up and copy, then the overwriting. */
  *#hostWrite(block: number, count: number): Steps<void> {
    const request = { overwriting: false };
    const stamp = this.nextStamp;
    this.nextStamp += count;
    this.#request = request;
    yield 'stage';
    if (this.#request !== request) return;
    if (this.access !== 'online') {
      this.#failRequest();
      this.bounced += 1;
      return;
    }
    for (let offset = 0; offset < count; offset += 1) {
      yield* this.#saveOldContent(block + offset);
      if (this.#request !== request) return;
    }
    for (let offset = 0; offset < count; offset += 1) {
      yield 'stage';
      if (this.#request !== request) return;
      request.overwriting = true;
      this.live[block + offset] = stamp + offset;
      yield* this.#spend(this.settings.timing.liveWriteMs);
    }
    yield 'stage';
    this.#request = null;
    this.completed += 1;
  }

  #failRequest(): void {
    this.#request = null;
    this.failed += 1;
  }

  /** Ends with the old content saved, with no need to save it, or with the request failed. */
  *#saveOldContent(block: number): Steps<void> {
    for (;;) {
      yield 'stage';
      if (this.#request === null || !this.#needsCopy(block)) return;
      if (this.pendingUntilMs !== null) this.#strike(1);
      else if (yield* this.#copy(block)) return;
      if (this.#request === null) return;
    }
  }

  #needsCopy(block: number): boolean {
    const newest = this.chain.at(-1);
    if (newest === undefined) return false;
    return !this.slots.some((slot) => slot?.snapshot === newest.number && slot.block === block);
  }

  /** Says whether the copy was made and recorded. */
  *#copy(block: number): Steps<boolean> {
    const { timing } = this.settings;
    if (!(yield* this.#passes(() => this.#memoryFault()))) return false;
    const slot = yield* this.#takeSlot();
    if (slot === null) return false;
    if (!(yield* this.#passes(() => (this.broken.has(`liveBadBlock ${block}`) ? 6 : 0)))) return false;
    yield* this.#spend(timing.liveReadMs);
    if (!(yield* this.#passes(() => (this.broken.has('diffDataWritesFail') ? 7 : 0)))) return false;
    yield* this.#spend(timing.diffWriteMs);
    if (!(yield* this.#passes(() => this.#recordFault()))) return false;
    this.clockMs += timing.tableWriteMs;
    this.slots[slot] = { snapshot: this.chain.at(-1)!.number, block };
    if (this.#growthWanted()) this.#startGrowth();
    yield* this.#settle();
    return true;
  }

  /** A stage that may meet a fault: can be stopped before it, and is left when the snapshots or the request are gone. */
  *#passes(faultOf: () => number): Steps<boolean> {
    yield 'stage';
    if (this.#request === null || this.chain.length === 0) return false;
    const fault = faultOf();
    if (fault === 0) return true;
    this.#strike(fault);
    return false;
  }

  #memoryFault(): number {
    if (this.broken.has('kernelMemoryExhausted')) return 4;
    return this.broken.has('pageFileTooSmall') ? 5 : 0;
  }

  #recordFault(): number {
    if (this.broken.has('diffMetadataCorrupt')) return 3;
    return this.broken.has('diffMetadataWritesFail') ? 13 : 0;
  }

  *#takeSlot(): Steps<number | null> {
    while (this.#request !== null && this.chain.length > 0) {
      // Growing is part of the stage: the write cannot be stopped before it, only after it.
      if (!this.#mustGrow() && !(yield* this.#passes(() => 0))) return null;
      const slot = this.slots.indexOf(null);
      if (slot >= 0) return slot;
      const limit = this.#growthLimit();
      if (this.#mustGrow()) {
        this.#startGrowth();
        yield* this.#passTime(this.growthEndsAtMs!);
      } else if (this.growthEndsAtMs !== null) this.#strike(9);
      else if (limit !== null) this.#strike(8, limit);
      else this.#strike(10);
    }
    return null;
  }

  #mustGrow(): boolean {
    const isFull = !this.slots.includes(null) && this.growthEndsAtMs === null;
    return isFull && this.#growthLimit() === null && !this.broken.has('growthRefused');
  }

  // Time and growth.

  #growthLimit(): 'maximum' | 'diffVolume' | null {
    const grown = this.slots.length + this.settings.growthStepBlocks;
    if (this.maximumBlocks !== null && grown > this.maximumBlocks) return 'maximum';
    return grown > this.settings.diffVolumeBlocks ? 'diffVolume' : null;
  }

  #growthWanted(): boolean {
    const isLow = this.slots.length - this.used < 4;
    return (
      isLow &&
      this.growthEndsAtMs === null &&
      this.#growthLimit() === null &&
      !this.broken.has('growthRefused')
    );
  }

  #startGrowth(): void {
    const factor = this.broken.has('growthSlow') ? 10 : 1;
    this.growthEndsAtMs = this.clockMs + this.settings.timing.growMs * factor;
  }

  *#spend(durationMs: number): Steps<void> {
    this.clockMs += durationMs;
    yield* this.#settle();
  }

  *#settle(): Steps<void> {
    if (this.growthEndsAtMs !== null && this.growthEndsAtMs <= this.clockMs) {
      this.growthEndsAtMs = null;
      const comes =
        this.diffVolumePresent && this.#growthLimit() === null && !this.broken.has('growthRefused');
      if (comes)
        for (let added = 0; added < this.settings.growthStepBlocks; added += 1) this.slots.push(null);
    }
    if (!this.#isArrivalOverdue()) return;
    if (this.#request !== null) yield 'stage';
    if (this.#isArrivalOverdue()) this.#strike(1);
  }

  #isArrivalOverdue(): boolean {
    return this.pendingUntilMs !== null && this.pendingUntilMs <= this.clockMs;
  }

  *#passTime(untilMs: number): Steps<void> {
    do {
      const due = [untilMs, this.growthEndsAtMs ?? untilMs, this.pendingUntilMs ?? untilMs];
      yield* this.#spend(Math.max(0, Math.min(...due) - this.clockMs));
    } while (this.clockMs < untilMs);
  }

  *#wait(durationMs: number): Steps<string | null> {
    if (!Number.isInteger(durationMs) || durationMs < 1 || durationMs > SEVEN_DAYS_MS)
      return 'durationInvalid';
    yield* this.#passTime(this.clockMs + durationMs);
    return null;
  }

  // Faults and losses.

  #isVulnerable(): boolean {
    return this.chain.length > 0 && this.fault === 0;
  }

  #strike(fault: number, limit: 'maximum' | 'diffVolume' = 'diffVolume'): void {
    if (this.level === 'SNAPSHOT') {
      this.fault = fault;
      if (fault !== 16) this.logged.push(79 + fault);
      if (this.#request !== null && !this.#request.overwriting) this.#failRequest();
      this.pendingUntilMs = null;
      this.access = 'offlineForProtection';
    } else if (fault !== 8) {
      this.logged.push(...LOSS_EVENTS[fault]!);
      this.#loseAll();
    } else if (limit === 'diffVolume') {
      this.logged.push(24, 35);
      this.#loseAll();
    } else {
      this.logged.push(38);
      this.#purgeUntil(() => this.slots.includes(null));
    }
  }

  #purgeUntil(isEnough: () => boolean): void {
    while (!isEnough()) {
      const [oldest, next] = this.snapshots;
      if (oldest === undefined || next === undefined) {
        this.logged.push(36);
        return this.#loseAll();
      }
      this.logged.push(33);
      this.#remove(oldest);
    }
  }

  #loseAll(): void {
    this.chain = [];
    this.slots = [];
    this.growthEndsAtMs = null;
    this.pendingUntilMs = null;
  }

  /** A snapshot goes; what no older snapshot reads through goes with it. */
  #remove(snapshot: NaiveSnapshot): void {
    snapshot.exists = false;
    const oldestKept = this.chain.findIndex((other) => other.exists);
    if (oldestKept < 0) return this.#loseAll();
    this.#free(this.chain.slice(0, oldestKept));
  }

  #free(gone: readonly NaiveSnapshot[]): void {
    this.chain = this.chain.filter((snapshot) => !gone.includes(snapshot));
    const numbers = gone.map(({ number }) => number);
    this.slots = this.slots.map((slot) => (slot !== null && numbers.includes(slot.snapshot) ? null : slot));
  }

  // Reading.

  *#read(block: number, from: 'live' | { readonly snapshot: number }): Steps<string | number | null> {
    const refused = this.#refuseBlocks(block, 1);
    if (refused !== null) return refused;
    const snapshot = from === 'live' ? null : this.snapshots.find(({ number }) => number === from.snapshot);
    if (snapshot === undefined) return 'snapshotUnknown';
    if (snapshot === null && this.access !== 'online') {
      this.failed += 1;
      this.bounced += 1;
      return null;
    }
    if (snapshot !== null) {
      if (this.pendingUntilMs !== null) return 'snapshotsPending';
      if (this.access === 'offlineForProtection') return 'volumeOfflineForProtection';
      if (this.access !== 'online') return 'volumeOffline';
    }
    const isCopy = snapshot !== null && this.#readsCopy(snapshot, block);
    if (this.broken.has(isCopy ? 'diffReadsFail' : `liveBadBlock ${block}`)) {
      this.failed += 1;
      return null;
    }
    this.completed += 1;
    yield* this.#spend(this.settings.timing.liveReadMs);
    return snapshot === null ? this.live[block]! : snapshot.contents[block]!;
  }

  /** Whether a block of a snapshot comes from the diff area: copied since its creation. */
  #readsCopy(snapshot: NaiveSnapshot, block: number): boolean {
    return this.slots.some(
      (slot) => slot !== null && slot.snapshot >= snapshot.number && slot.block === block,
    );
  }

  // Snapshots.

  #refuseUnavailable(): string | null {
    if (this.access === 'offlineForProtection') return 'volumeOfflineForProtection';
    if (this.access !== 'online') return 'volumeOffline';
    return this.pendingUntilMs === null ? null : 'snapshotsPending';
  }

  #createSnapshot(): string | null {
    const refused = this.#refuseUnavailable() ?? this.#refuseStorage();
    if (refused !== null) return refused;
    if (this.snapshots.length >= this.settings.snapshotLimit) {
      this.logged.push(58);
      this.#remove(this.snapshots[0]!);
    }
    if (this.chain.length === 0) this.slots = new Array<null>(this.settings.initialBlocks).fill(null);
    this.created += 1;
    this.chain.push({ number: this.created, exists: true, contents: [...this.live] });
    return null;
  }

  #refuseStorage(): string | null {
    if (!this.diffVolumePresent) return 'diffVolumeAbsent';
    const unusable = ['diffFileSystemDamaged', 'diffMetadataWritesFail', 'diffMetadataCorrupt'];
    if (unusable.some((name) => this.broken.has(name))) return 'storageUnusable';
    return this.#hasRoom() ? null : 'noRoomForSnapshot';
  }

  #hasRoom(): boolean {
    const { initialBlocks, diffVolumeBlocks, snapshotLimit } = this.settings;
    const isFirst = this.chain.length === 0 || (snapshotLimit === 1 && this.snapshots.length === 1);
    if (isFirst) return initialBlocks <= Math.min(this.maximumBlocks ?? Infinity, diffVolumeBlocks);
    if (this.slots.includes(null) || this.growthEndsAtMs !== null) return true;
    return this.#growthLimit() === null && !this.broken.has('growthRefused');
  }

  #deleteSnapshot(number: number): string | null {
    const refused = this.#refuseUnavailable();
    if (refused !== null) return refused;
    const snapshot = this.snapshots.find((other) => other.number === number);
    if (snapshot === undefined) return 'snapshotUnknown';
    this.#remove(snapshot);
    return null;
  }

  *#revert(number: number): Steps<string | null> {
    const refused = this.#refuseUnavailable();
    if (refused !== null) return refused;
    const snapshot = this.snapshots.find((other) => other.number === number);
    if (snapshot === undefined) return 'snapshotUnknown';
    const needsCopies = this.live.some((_, block) => this.#readsCopy(snapshot, block));
    if (needsCopies && this.broken.has('diffReadsFail')) return 'storageUnreadable';
    const changed = this.live.filter((stamp, block) => stamp !== snapshot.contents[block]).length;
    this.live = [...snapshot.contents];
    this.#free(this.chain.filter((other) => other.number > number));
    yield* this.#spend(changed * this.settings.timing.liveWriteMs);
    return null;
  }

  #resize(maximum: number | null): string | null {
    if (maximum !== null && (!Number.isInteger(maximum) || maximum < 0)) return 'maximumInvalid';
    if (this.access === 'offlineForProtection') return 'volumeOfflineForProtection';
    if (this.access !== 'online') return 'volumeOffline';
    if (!this.diffVolumePresent) return 'diffVolumeAbsent';
    if (maximum === this.maximumBlocks) return 'maximumUnchanged';
    if (maximum === 0 && this.chain.length > 0) return 'maximumZeroInUse';
    const limit = maximum ?? this.settings.diffVolumeBlocks;
    const isEnough = (): boolean => this.slots.slice(limit).every((slot) => slot === null);
    if (!isEnough() && this.level === 'SNAPSHOT') return 'maximumBelowUse';
    this.#purgeUntil(isEnough);
    this.maximumBlocks = maximum;
    this.slots = this.slots.slice(0, limit);
    return null;
  }

  // Protection.

  #setLevel(level: 'ORIGINAL_VOLUME' | 'SNAPSHOT'): string | null {
    if (level === this.level) return 'levelUnchanged';
    this.level = level;
    if (this.fault !== 0) {
      this.#loseAll();
      this.fault = 0;
      this.#comeOnline();
    } else if (this.pendingUntilMs !== null) {
      this.#strike(1);
    }
    return null;
  }

  #clearFault(): string | null {
    if (this.fault === 0) return 'notFaulted';
    this.fault = 0;
    this.#comeOnline();
    return null;
  }

  #deleteUnused(): string | null {
    if (!this.diffVolumePresent) return 'diffVolumeAbsent';
    if (this.access !== 'offlineForProtection' || this.slots.length === 0) return 'nothingUnused';
    this.#loseAll();
    return null;
  }

  // The volumes and what surrounds them.

  #detect(): number {
    if (this.chain.length === 0) return 0;
    if (this.clusterPrepared) return 16;
    if (!this.diffVolumePresent) return 1;
    if (this.broken.has('diffReadsFail')) return 2;
    if (this.broken.has('diffFileSystemDamaged')) return 12;
    if (this.broken.has('diffMetadataCorrupt')) return 3;
    return this.#memoryFault();
  }

  #comeOnline(): void {
    const fault = this.#detect();
    const isPending = fault === 1 && this.level === 'ORIGINAL_VOLUME';
    if (fault !== 0 && !isPending) this.#strike(fault);
    if (this.fault !== 0) return;
    this.access = 'online';
    this.bounced = 0;
    if (isPending) this.pendingUntilMs = this.clockMs + FIVE_MINUTES_MS;
  }

  #takeOffline(): string | null {
    if (this.access !== 'online') return 'volumeOfflineAlready';
    this.access = 'offlineByAdministrator';
    this.pendingUntilMs = null;
    return null;
  }

  #bringOnline(): string | null {
    if (this.access === 'online') return 'volumeOnlineAlready';
    if (this.access === 'offlineForProtection') return 'volumeOfflineForProtection';
    this.#comeOnline();
    return null;
  }

  #detach(): string | null {
    if (!this.diffVolumePresent) return 'diffVolumeAbsent';
    this.diffVolumePresent = false;
    if (this.access === 'online' && this.#isVulnerable()) this.#strike(14);
    return null;
  }

  #attach(): string | null {
    if (this.diffVolumePresent) return 'diffVolumePresentAlready';
    this.diffVolumePresent = true;
    if (this.pendingUntilMs !== null) {
      const fault = this.#detect();
      if (fault !== 0) this.#strike(fault);
      this.pendingUntilMs = null;
    }
    if (this.fault === 1) {
      this.fault = 0;
      this.#comeOnline();
    }
    return null;
  }

  #externalWrite(block: number): string | null {
    if (!Number.isInteger(block) || block < 0 || block >= this.settings.diffVolumeBlocks) {
      return 'blockOutsideDiffVolume';
    }
    if (!this.diffVolumePresent) return 'diffVolumeAbsent';
    this.nextStamp += 1;
    if (block < this.slots.length && this.#isVulnerable()) this.#strike(15);
    return null;
  }

  #refuseCondition(condition: Condition): string | null {
    return condition.name === 'liveBadBlock' ? this.#refuseBlocks(condition.block, 1) : null;
  }

  #break(condition: Condition): string | null {
    const refused = this.#refuseCondition(condition);
    if (refused !== null) return refused;
    if (this.broken.has(keyOf(condition))) return 'brokenAlready';
    this.broken.add(keyOf(condition));
    return null;
  }

  #repair(condition: Condition): string | null {
    const refused = this.#refuseCondition(condition);
    if (refused !== null) return refused;
    return this.broken.delete(keyOf(condition)) ? null : 'notBroken';
  }

  #clusterPrepare(): string | null {
    if (this.clusterPrepared) return 'clusterPreparedAlready';
    if (this.access !== 'online') return 'volumeOfflineAlready';
    this.clusterPrepared = true;
    this.logged.push(113);
    this.access = 'offlineForCluster';
    this.pendingUntilMs = null;
    return null;
  }

  #clusterFinish(): string | null {
    if (!this.clusterPrepared) return 'clusterNotPrepared';
    this.clusterPrepared = false;
    return null;
  }
}

function keyOf(condition: Condition): string {
  return condition.name === 'liveBadBlock' ? `liveBadBlock ${condition.block}` : condition.name;
}

const MASK = 0xffff_ffffn;

/** MurmurHash3's finalizer, in whole numbers without limits. */
function mixed(value: bigint): bigint {
  let hash = value & MASK;
  hash = ((hash ^ (hash >> 16n)) * 0x85eb_ca6bn) & MASK;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2_ae35n) & MASK;
  return hash ^ (hash >> 16n);
}

function hashBelow(seed: number, index: number, below: number): number {
  const word = mixed(mixed(BigInt(seed)) + BigInt(index) * 0x9e37_79b1n + 0x7f4a_7c15n);
  return Number((word * BigInt(below)) >> 32n);
}
