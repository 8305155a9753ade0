import { blockAt } from '../block';
import type { Command } from '../command';
import { MAXIMUM_REPLAY_WRITES, MAXIMUM_WRITE_BLOCKS } from '../workload';
import { BAD_BLOCK_FAULT, causeInReplay } from './fault-in-replay';
import type { PlannedFault, ReplayPlan } from './replay-plan';
import { WRITE, type TraceBatch } from './trace';

const FIRST_CAPACITY = 1024;

/** Gives the block of the machine for one of a device; the blocks of one write lie side by side there as well. */
export type BlockNumbering = (device: number, block: number) => number;

/** A command of a replay that is no write, and the record and the request before which it comes. */
export interface Interlude {
  readonly record: number;
  readonly request: number;
  readonly command: Command;
}

/**
 * Turns the records of a trace into commands: the writes in stretches, a snapshot or the cause of a fault before the
 * records that the plan names. Reads, discards and writes of nothing copy nothing and become nothing.
 */
export class ReplayCommands {
  readonly #plan: ReplayPlan;
  readonly #numberOf: BlockNumbering;
  readonly #interludes: Interlude[] = [];
  #commands: Command[] = [];
  #writes: number[] = [];
  #touched = 0;
  /** Per request: the record that it is of. */
  #recordOf = new Uint32Array(FIRST_CAPACITY);
  #requests = 0;
  #records = 0;
  #snapshots = 0;
  #copies = 0;
  /** Per block: how many snapshots there were, plus one, when it was last written. */
  readonly #writtenAt: Uint16Array;
  #pending: PlannedFault | null;

  constructor(plan: ReplayPlan, blockCount: number, numberOf: BlockNumbering) {
    this.#plan = plan;
    this.#numberOf = numberOf;
    this.#writtenAt = new Uint16Array(blockCount);
    this.#pending = plan.fault;
  }

  /** Records taken so far, of those that count. */
  get records(): number {
    return this.#records;
  }

  get interludes(): readonly Interlude[] {
    return this.#interludes;
  }

  /** The record that a request is of, both counted from 0. */
  recordOfRequest(request: number): number {
    return this.#recordOf[request]!;
  }

  add({ count, operations, devices, offsets, lengths }: TraceBatch): void {
    const { device, partitionOffsetBytes, records } = this.#plan;
    for (let at = 0; at < count; at += 1) {
      if (device !== null && devices[at] !== device) continue;
      if (this.#records === records) return;
      this.#takeSnapshots();
      const offset = offsets[at]! - partitionOffsetBytes;
      const length = lengths[at]!;
      if (operations[at] === WRITE && offset >= 0 && length > 0) {
        this.#write(devices[at]!, blockAt(offset), blockAt(offset + length - 1));
      } else this.#causeFault(null);
      this.#records += 1;
    }
  }

  #takeSnapshots(): void {
    const { snapshotsAt } = this.#plan;
    while (this.#records >= (snapshotsAt[this.#snapshots] ?? Infinity)) {
      this.#snapshots += 1;
      this.#interrupt({ type: 'createSnapshot' });
    }
  }

  #write(device: number, first: number, last: number): void {
    let block = this.#numberOf(device, first);
    const end = block + last - first + 1;
    this.#causeFault({ block, end });
    while (block < end) {
      const count = Math.min(end - block, MAXIMUM_WRITE_BLOCKS);
      this.#request(block, count);
      block += count;
    }
  }

  /** What is due, as soon as there is all that it needs: `next` is what will be written. */
  #causeFault(next: { readonly block: number; readonly end: number } | null): void {
    const planned = this.#pending;
    if (planned === null || this.#records < planned.atRecord) return;
    const block = next === null ? -1 : this.#firstToCopy(next.block, next.end);
    if (planned.fault === BAD_BLOCK_FAULT && block < 0) return;
    this.#pending = null;
    const cause = causeInReplay(planned.fault, { block, used: this.#copies });
    for (const command of cause) this.#interrupt(command);
  }

  #firstToCopy(block: number, end: number): number {
    if (this.#snapshots === 0) return -1;
    for (let at = block; at < end; at += 1) if (this.#writtenAt[at] !== this.#snapshots + 1) return at;
    return -1;
  }

  #request(block: number, count: number): void {
    if (this.#touched + count > MAXIMUM_WRITE_BLOCKS) this.#flush();
    this.#writes.push(block, count);
    this.#touched += count;
    for (let at = block; at < block + count; at += 1) this.#touch(at);
    if (this.#requests === this.#recordOf.length) this.#makeRoom();
    this.#recordOf[this.#requests] = this.#records;
    this.#requests += 1;
    if (this.#writes.length === 2 * MAXIMUM_REPLAY_WRITES) this.#flush();
  }

  #touch(block: number): void {
    const now = this.#snapshots + 1;
    if (this.#writtenAt[block] === now) return;
    this.#writtenAt[block] = now;
    if (this.#snapshots > 0) this.#copies += 1;
  }

  #makeRoom(): void {
    const longer = new Uint32Array(this.#recordOf.length * 2);
    longer.set(this.#recordOf);
    this.#recordOf = longer;
  }

  #interrupt(command: Command): void {
    this.#flush();
    this.#commands.push(command);
    this.#interludes.push({ record: this.#records, request: this.#requests, command });
  }

  #flush(): void {
    if (this.#writes.length === 0) return;
    const from = this.#requests - this.#writes.length / 2;
    this.#commands.push({ type: 'replayWrites', from, writes: Uint32Array.from(this.#writes) });
    this.#writes = [];
    this.#touched = 0;
  }

  /** The commands that are complete since this was last asked. */
  take(): readonly Command[] {
    const commands = this.#commands;
    this.#commands = [];
    return commands;
  }

  /** The last of them, when all records were added. */
  finish(): readonly Command[] {
    this.#flush();
    return this.take();
  }
}
