import { NOTHING_BROKEN, type Conditions } from './condition';
import type { FaultNumber } from './fault';
import type { ProtectionLevel } from './protection';
import { Table } from './table';

/** How long each operation takes on the virtual clock, in milliseconds. */
interface Timing {
  readonly liveReadMs: number;
  readonly liveWriteMs: number;
  readonly diffWriteMs: number;
  readonly tableWriteMs: number;
  readonly growMs: number;
}

/** What a scenario may set; everything else about a new machine follows from it. */
export interface MachineSettings {
  readonly blockCount: number;
  /** Blocks of the diff volume: the diff area can never be larger. */
  readonly diffVolumeBlocks: number;
  readonly initialBlocks: number;
  /** `null`: unbounded, so that the diff volume bounds it. */
  readonly maximumBlocks: number | null;
  readonly growthStepBlocks: number;
  readonly snapshotLimit: number;
  readonly timing: Timing;
}

export const DEFAULT_SETTINGS: MachineSettings = {
  blockCount: 64,
  diffVolumeBlocks: 64,
  initialBlocks: 8,
  maximumBlocks: 32,
  growthStepBlocks: 8,
  // 64 client-accessible shadow copies a volume: MaxShadowCopies (registry keys for backup and restore).
  snapshotLimit: 64,
  timing: { liveReadMs: 1, liveWriteMs: 1, diffWriteMs: 1, tableWriteMs: 1, growMs: 8 },
};

/** Why the live volume takes no I/O, or `online`. */
export type Access = 'online' | 'offlineByAdministrator' | 'offlineForCluster' | 'offlineForProtection';

/** The part of the diff area that belongs to one snapshot. It outlives the snapshot while an older one reads through it. */
export interface Area {
  readonly snapshot: number;
  readonly exists: boolean;
  /** Blocks copied into this area: they were overwritten for the first time while it was the newest. */
  readonly copies: number;
  readonly createdAtMs: number;
}

/** The stage of the write path that a request has yet to perform (design: the write path, stages 2 to 10). */
export const WRITE_STAGES = [
  'gate',
  'lookUp',
  'memory',
  'space',
  'read',
  'copy',
  'record',
  'overwrite',
  'complete',
] as const;

export type WriteStage = (typeof WRITE_STAGES)[number];

/** A host write between two of its stages. Between commands there is none, except in a write stopped by the learner. */
export interface WriteRequest {
  readonly block: number;
  readonly count: number;
  /** The stamp of the first block's new content; the others follow. */
  readonly stamp: number;
  readonly stage: WriteStage;
  /** How many blocks of the request have passed the current phase: looked up and copied, or overwritten. */
  readonly done: number;
  /** The slot taken for the block in hand, until it is recorded. */
  readonly slot: number | null;
}

/** What the writing program has seen so far. */
export interface Host {
  readonly completed: number;
  readonly failed: number;
  /** Requests that came back since the volume went offline. */
  readonly bounced: number;
}

/**
 * The simulated machine at one moment: a value. Tables hold a number per block or per slot; `slot + 1` stands for a
 * slot where 0 has to mean "none".
 */
export interface Machine {
  readonly settings: MachineSettings;
  readonly clockMs: number;
  /** The stamp that the next block write will get. */
  readonly nextStamp: number;

  /** Per block: the stamp of its present content. */
  readonly live: Table;
  readonly access: Access;

  readonly diffVolumePresent: boolean;
  /** Per block of the diff volume: the stamp of the bytes that lie there, also after a slot was freed. */
  readonly diffContents: Table;

  readonly maximumBlocks: number | null;
  /** The first `allocated` blocks of the diff volume are the slots of the diff area. */
  readonly allocated: number;
  readonly used: number;
  readonly growth: { readonly completesAtMs: number } | null;
  /** The lowest slot without an owner; `allocated` when there is none. */
  readonly firstFree: number;
  /** Per slot: the number of the snapshot whose area owns it; 0 for none. */
  readonly slotArea: Table;
  /** Per slot: the live block that its copy came from. */
  readonly slotBlock: Table;
  /** Per slot: `slot + 1` of the next older copy of the same block. May name a slot that has been freed since. */
  readonly slotOlder: Table;
  /** Per live block: `slot + 1` of its newest copy. */
  readonly newestCopy: Table;

  /** Oldest first. The last one receives the copies. */
  readonly areas: readonly Area[];
  readonly nextSnapshot: number;
  readonly snapshotsLost: number;
  /** Writes are held while a snapshot is created. */
  readonly frozen: boolean;

  readonly level: ProtectionLevel;
  /** 0: VSS_PROTECTION_FAULT_NONE. */
  readonly fault: FaultNumber | 0;
  /** The volume came online before its diff volume: until when that volume may still arrive. */
  readonly pendingUntilMs: number | null;

  readonly conditions: Conditions;
  readonly clusterOfflinePrepared: boolean;

  readonly request: WriteRequest | null;
  readonly host: Host;
}

export function createMachine(settings: MachineSettings, level: ProtectionLevel): Machine {
  return {
    settings,
    clockMs: 0,
    nextStamp: 1,
    live: Table.zeros(settings.blockCount),
    access: 'online',
    diffVolumePresent: true,
    diffContents: Table.zeros(settings.diffVolumeBlocks),
    maximumBlocks: settings.maximumBlocks,
    allocated: 0,
    used: 0,
    growth: null,
    firstFree: 0,
    slotArea: Table.zeros(settings.diffVolumeBlocks),
    slotBlock: Table.zeros(settings.diffVolumeBlocks),
    slotOlder: Table.zeros(settings.diffVolumeBlocks),
    newestCopy: Table.zeros(settings.blockCount),
    areas: [],
    nextSnapshot: 1,
    snapshotsLost: 0,
    frozen: false,
    level,
    fault: 0,
    pendingUntilMs: null,
    conditions: NOTHING_BROKEN,
    clusterOfflinePrepared: false,
    request: null,
    host: { completed: 0, failed: 0, bounced: 0 },
  };
}

export function isOnline(machine: { readonly access: Access }): boolean {
  return machine.access === 'online';
}

/** The snapshots that exist, oldest first. */
export function existingSnapshots(machine: { readonly areas: readonly Area[] }): readonly Area[] {
  return machine.areas.filter((area) => area.exists);
}

export function findSnapshot(
  machine: { readonly areas: readonly Area[] },
  snapshot: number,
): Area | undefined {
  return machine.areas.find((area) => area.snapshot === snapshot && area.exists);
}

/** m_volumeHasUnusedDiffArea: while the volume is offline for protection its diff area counts as unused. */
export function hasUnusedDiffArea(machine: Machine): boolean {
  return machine.access === 'offlineForProtection' && machine.allocated > 0;
}
