import { SWITCH_CONDITIONS, type Conditions } from './condition';
import type { Access, Area, Machine, MachineSettings, WriteRequest } from './machine';
import { WRITE_STAGES } from './machine';
import { PROTECTION_LEVELS } from './protection';
import type { Table } from './table';

const SEED = 0x5ca1ab1e;

const ACCESS_NUMBERS: Readonly<Record<Access, number>> = {
  online: 0,
  offlineByAdministrator: 1,
  offlineForCluster: 2,
  offlineForProtection: 3,
};

interface SummedTable {
  readonly length: number;
  readonly sum: number;
}

/** A machine, or one under way. */
type Fingerprinted = {
  readonly [Key in keyof Machine]: Machine[Key] extends Table ? SummedTable : Machine[Key];
};

/** One step of MurmurHash3, 32 bit. */
function mix(hash: number, word: number): number {
  let block = Math.imul(word, 0xcc9e2d51);
  block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
  const mixed = hash ^ block;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A whole number of up to 53 bits, as its two halves: the virtual clock outgrows 32 bits after 50 days. */
function mixNumber(hash: number, value: number): number {
  return mix(mix(hash, value | 0), Math.floor(value / 0x1_0000_0000) | 0);
}

function mixNumbers(hash: number, values: readonly number[]): number {
  return values.reduce(mixNumber, mixNumber(hash, values.length));
}

/** No number at all hashes unlike every number. */
function mixOptional(hash: number, value: number | null | undefined): number {
  return value === null || value === undefined ? mix(hash, 1) : mixNumber(mix(hash, 2), value);
}

function mixTable(hash: number, table: SummedTable): number {
  return mix(mixNumber(hash, table.length), table.sum);
}

function mixSettings(hash: number, settings: MachineSettings): number {
  const { timing } = settings;
  const mixed = mixNumbers(hash, [
    settings.blockCount,
    settings.diffVolumeBlocks,
    settings.initialBlocks,
    settings.growthStepBlocks,
    settings.snapshotLimit,
    timing.liveReadMs,
    timing.liveWriteMs,
    timing.diffWriteMs,
    timing.tableWriteMs,
    timing.growMs,
  ]);
  return mixOptional(mixed, settings.maximumBlocks);
}

function mixAreas(hash: number, areas: readonly Area[]): number {
  return areas.reduce(
    (mixed, area) => mixNumbers(mixed, [area.snapshot, area.exists ? 1 : 0, area.copies, area.createdAtMs]),
    mixNumber(hash, areas.length),
  );
}

function mixConditions(hash: number, conditions: Conditions): number {
  const switches = SWITCH_CONDITIONS.map((name) => (conditions.broken.has(name) ? 1 : 0));
  return mixNumbers(mixNumbers(hash, switches), conditions.liveBadBlocks);
}

function mixRequest(hash: number, request: WriteRequest | null): number {
  if (request === null) return mix(hash, 1);
  const { block, count, stamp, stage, done, slot } = request;
  return mixOptional(
    mixNumbers(mix(hash, 2), [block, count, stamp, WRITE_STAGES.indexOf(stage), done]),
    slot,
  );
}

/**
 * A whole machine as one unsigned 32-bit number: equal machines have equal fingerprints, however they were reached, in
 * the worker and on the page. Costs next to nothing: tables keep up their part with every write.
 */
export function fingerprint(machine: Fingerprinted): number {
  let hash = mixSettings(SEED, machine.settings);
  hash = mixNumbers(hash, [
    machine.clockMs,
    machine.nextStamp,
    ACCESS_NUMBERS[machine.access],
    machine.diffVolumePresent ? 1 : 0,
    machine.allocated,
    machine.used,
    machine.firstFree,
    machine.nextSnapshot,
    machine.snapshotsLost,
    machine.frozen ? 1 : 0,
    PROTECTION_LEVELS.indexOf(machine.level),
    machine.fault,
    machine.clusterOfflinePrepared ? 1 : 0,
    machine.host.completed,
    machine.host.failed,
    machine.host.bounced,
  ]);
  hash = mixOptional(hash, machine.maximumBlocks);
  hash = mixOptional(hash, machine.growth?.completesAtMs);
  hash = mixOptional(hash, machine.pendingUntilMs);
  hash = mixAreas(hash, machine.areas);
  hash = mixConditions(hash, machine.conditions);
  hash = mixRequest(hash, machine.request);
  hash = mixTable(hash, machine.live);
  hash = mixTable(hash, machine.diffContents);
  hash = mixTable(hash, machine.slotArea);
  hash = mixTable(hash, machine.slotBlock);
  hash = mixTable(hash, machine.slotOlder);
  return finish(mixTable(hash, machine.newestCopy));
}
