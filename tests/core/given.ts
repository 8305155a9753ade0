/**
 * A notation for rules, so that a case is a few lines: given a machine, when commands, then this and no more.
 *
 * A volume is written as a string with a character a block: `A.B` holds what `write(0, 'A')` and `write(2, 'B')` wrote,
 * and a block that was never written. `#` is what another program wrote. Slots are a character each as well: the number
 * of the snapshot that owns it, or a dot.
 */
import { expect } from 'vitest';
import type { HResultName } from '../../src/core/catalogue/hresult';
import type { Command } from '../../src/core/command';
import type { ConditionName, SwitchCondition } from '../../src/core/condition';
import { decide } from '../../src/core/decide/decide';
import { protectionInfo } from '../../src/core/describe/protection-info';
import type { Event, EventType } from '../../src/core/event';
import { evolve } from '../../src/core/evolve';
import { checkMachine, checkTransition } from '../../src/core/invariants';
import {
  createMachine,
  DEFAULT_SETTINGS,
  type Area,
  type Machine,
  type MachineSettings,
} from '../../src/core/machine';
import type { ProtectionLevel } from '../../src/core/protection';
import { snapshotStamps, type ReadPath } from '../../src/core/read-path';
import type { Refusal, RefusalCode } from '../../src/core/refusal';
import type { Table } from '../../src/core/table';

// The commands.

export const write = (block: number, letter: string, count = 1): Command => ({
  type: 'write',
  block,
  count,
  content: { kind: 'text', text: letter },
});
/** One single-block write after the other, from block `block` on. */
export const burst = (block: number, writes: number): Command => ({
  type: 'writeBurst',
  order: 'sequential',
  block,
  span: writes,
  from: 0,
  writes,
  seed: 1,
});
export const read = (block: number): Command => ({ type: 'read', block, from: 'live' });
export const readSnapshot = (snapshot: number, block: number): Command => ({
  type: 'read',
  block,
  from: { snapshot },
});
export const create: Command = { type: 'createSnapshot' };
export const deleteSnapshot = (snapshot: number): Command => ({ type: 'deleteSnapshot', snapshot });
export const revertTo = (snapshot: number): Command => ({ type: 'revertToSnapshot', snapshot });
export const setLevel = (level: ProtectionLevel): Command => ({ type: 'setProtectionLevel', level });
export const clear: Command = { type: 'clearProtectionFault' };
export const deleteUnused: Command = { type: 'deleteUnusedDiffAreas' };
export const resize = (maximumBlocks: number | null): Command => ({ type: 'resizeDiffArea', maximumBlocks });
export const takeOffline: Command = { type: 'takeOffline' };
export const bringOnline: Command = { type: 'bringOnline' };
export const detach: Command = { type: 'detachDiffVolume' };
export const attach: Command = { type: 'attachDiffVolume' };
export const externalWrite = (block: number): Command => ({ type: 'externalWrite', block });
export const breakIt = (name: SwitchCondition): Command => ({ type: 'break', condition: { name } });
export const repair = (name: SwitchCondition): Command => ({ type: 'repair', condition: { name } });
export const breakBlock = (block: number): Command => ({
  type: 'break',
  condition: { name: 'liveBadBlock', block },
});
export const repairBlock = (block: number): Command => ({
  type: 'repair',
  condition: { name: 'liveBadBlock', block },
});
export const wait = (durationMs: number): Command => ({ type: 'wait', durationMs });
export const prepareOffline: Command = { type: 'clusterPrepareOffline' };
export const finishFailover: Command = { type: 'clusterFinishFailover' };
export const unexpectedError: Command = { type: 'unexpectedError' };

// What is expected.

/** VSS_VOLUME_PROTECTION_INFO without its reserved member. */
type Info = readonly [
  level: ProtectionLevel,
  offline: boolean,
  fault: string,
  status: string | null,
  unused: boolean,
];

/** Only what is named is looked at. Everything about commands is about all the commands of the last `when`. */
export interface Expectation {
  /** The types of all events, in order. */
  readonly events?: readonly EventType[];
  /** Event IDs of the System log, in order. */
  readonly log?: readonly number[];
  /** The refusal of the last command; what it does not name is not looked at. */
  readonly refused?: {
    readonly code?: RefusalCode;
    readonly hresult?: HResultName;
    readonly eventId?: number;
    readonly [detail: string]: unknown;
  };
  /** How host requests ended: 'ok', or the status. */
  readonly requests?: readonly string[];
  /** What reads returned, and where each of them looked. */
  readonly reads?: string;
  readonly path?: readonly string[];
  readonly live?: string;
  /** By the number of the snapshot: its whole content. No other snapshot exists. */
  readonly snapshots?: Readonly<Record<number, string>>;
  /** Oldest first: the number of the snapshot, in parentheses when the area is only retained. */
  readonly chain?: string;
  readonly slots?: string;
  readonly access?: Machine['access'];
  readonly fault?: number;
  readonly info?: Info;
  readonly isPending?: boolean;
  readonly isGrowing?: boolean;
  readonly maximum?: number | null;
  readonly tookMs?: number;
  readonly broken?: readonly ConditionName[];
}

/** Eight blocks and room enough: growth starts only at the fifth copy. */
export const SETTINGS: MachineSettings = {
  ...DEFAULT_SETTINGS,
  blockCount: 8,
  diffVolumeBlocks: 16,
  initialBlocks: 8,
  maximumBlocks: 16,
  growthStepBlocks: 4,
};

export class Case {
  machine: Machine;
  readonly #letters = new Map<number, string>([[0, '.']]);
  #before: Machine;
  #events: Event[] = [];
  #refusal: Refusal | null = null;

  constructor(settings: Partial<MachineSettings>, level: ProtectionLevel) {
    this.machine = createMachine({ ...SETTINGS, ...settings }, level);
    this.#before = this.machine;
  }

  /** What came before: every command must make sense. */
  after(...commands: readonly Command[]): this {
    for (const command of commands) {
      this.when(command);
      expect(this.#refusal, command.type).toBeNull();
    }
    return this;
  }

  when(...commands: readonly Command[]): this {
    this.#before = this.machine;
    this.#events = [];
    for (const command of commands) this.#carryOut(command);
    return this;
  }

  /** Carries a write out up to the first `events` of its events. */
  stoppedAfter(events: number, command: Command): this {
    const answer = decide(this.machine, command);
    const happened = answer.ok ? answer.value.slice(0, events) : [];
    this.#rememberLetters(command, happened);
    this.machine = happened.reduce(evolve, this.machine);
    return this;
  }

  #carryOut(command: Command): void {
    const before = this.machine;
    const answer = decide(before, command);
    this.#refusal = answer.ok ? null : answer.problem;
    const events = answer.ok ? answer.value : [];
    this.#rememberLetters(command, events);
    this.machine = events.reduce(evolve, before);
    this.#events.push(...events);
    if (answer.ok) expect(checkMachine(this.machine)).toEqual([]);
    expect(checkTransition(before, command, answer.ok ? events : answer.problem, this.machine)).toEqual([]);
  }

  #rememberLetters(command: Command, events: readonly Event[]): void {
    const letter = command.type === 'write' && command.content.kind === 'text' ? command.content.text : 'x';
    for (const event of events) {
      if (event.type === 'writeRequested') {
        for (let offset = 0; offset < event.count; offset += 1)
          this.#letters.set(event.stamp + offset, letter);
      }
      if (event.type === 'externalWriteLanded') this.#letters.set(event.stamp, '#');
    }
  }

  /** The letters of stamps, a character each. */
  text(stamps: Iterable<number>): string {
    return [...stamps].map((stamp) => this.#letters.get(stamp) ?? '?').join('');
  }

  /** What lies on the diff volume, whether it belongs to a snapshot or not. */
  get diffVolume(): string {
    return this.text(numbersOf(this.machine.diffContents));
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  then(expected: Expectation): this {
    const all = this.#actual(expected);
    const keys = Object.keys(expected) as (keyof Expectation)[];
    const actual = Object.fromEntries(keys.map((key) => [key, all[key]]));
    const { refused, ...others } = expected;
    if (refused !== undefined) expect(this.#refusal).toMatchObject(refused);
    else if (this.#refusal !== null) expect(this.#refusal).toBeNull();
    delete actual['refused'];
    expect(actual).toEqual(others);
    return this;
  }

  #actual(expected: Expectation): Readonly<Record<keyof Expectation, unknown>> {
    const { machine } = this;
    return {
      events: this.#events.map((event) => event.type),
      log: this.#events.flatMap((event) => (event.type === 'eventLogged' ? [event.eventId] : [])),
      refused: null,
      requests: this.#events.flatMap(endOf),
      reads: this.text(
        this.#events.flatMap((event) => (event.type === 'readCompleted' ? [event.stamp] : [])),
      ),
      path: this.#events.flatMap((event) => (event.type === 'readCompleted' ? [wordsOf(event.path)] : [])),
      live: this.text(numbersOf(machine.live)),
      snapshots: this.#snapshots(),
      chain: machine.areas
        .map(({ snapshot, exists }) => (exists ? `${snapshot}` : `(${snapshot})`))
        .join(' '),
      slots: numbersOf(machine.slotArea)
        .slice(0, machine.allocated)
        .map((snapshot) => (snapshot === 0 ? '.' : `${snapshot}`))
        .join(''),
      access: machine.access,
      fault: machine.fault,
      info: expected.info && infoOf(machine),
      isPending: machine.pendingUntilMs !== null,
      isGrowing: machine.growth !== null,
      maximum: machine.maximumBlocks,
      tookMs: machine.clockMs - this.#before.clockMs,
      broken: [
        ...machine.conditions.broken,
        ...machine.conditions.liveBadBlocks.map(() => 'liveBadBlock' as const),
      ],
    };
  }

  #snapshots(): Readonly<Record<number, string>> {
    const existing = this.machine.areas.filter((area: Area) => area.exists);
    return Object.fromEntries(
      existing.map(({ snapshot }) => [snapshot, this.text(snapshotStamps(this.machine, snapshot))]),
    );
  }
}

/** A machine of eight blocks at level ORIGINAL_VOLUME, if nothing else is said. */
export function given(
  settings: Partial<MachineSettings> = {},
  level: ProtectionLevel = 'ORIGINAL_VOLUME',
): Case {
  return new Case(settings, level);
}

/** The same at level SNAPSHOT. */
export function givenProtected(settings: Partial<MachineSettings> = {}): Case {
  return new Case(settings, 'SNAPSHOT');
}

function numbersOf(table: Table): readonly number[] {
  return Array.from({ length: table.length }, (_, index) => table.get(index));
}

function endOf(event: Event): readonly string[] {
  switch (event.type) {
    case 'writeCompleted':
    case 'readCompleted':
      return ['ok'];
    case 'writeFailed':
    case 'writeTurnedAway':
    case 'readFailed':
      return [event.status];
    default:
      return [];
  }
}

/** The places a read looked at: the numbers of the areas, the last of which had the block, or `live`. */
function wordsOf(path: ReadPath): string {
  return path
    .map((hop) => (hop.place === 'live' ? 'live' : hop.retained ? `(${hop.snapshot})` : `${hop.snapshot}`))
    .join(' ');
}

function infoOf(machine: Machine): Info {
  const info = protectionInfo(machine);
  return [
    info.protectionLevel,
    info.offlineForProtection,
    info.protectionFault,
    info.failureStatus.name,
    info.unusedDiffArea,
  ];
}
