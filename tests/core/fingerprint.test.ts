import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/core/fingerprint';
import { createMachine, DEFAULT_SETTINGS, type Machine, type WriteRequest } from '../../src/core/machine';
import { Table } from '../../src/core/table';
import { breakBlock, breakIt, create, given, repair, write } from './given';

const machine: Machine = given().after(write(0, 'A'), create, write(0, 'B'), breakBlock(3)).machine;

function changed(table: Table): Table {
  const editor = table.edit();
  editor.set(table.length - 1, 77);
  return editor.finish();
}

const request: WriteRequest = { block: 1, count: 2, stamp: 3, stage: 'read', done: 0, slot: 4 };

/** For every field of a machine, values that differ from the one it has and from each other. */
const OTHERS: { readonly [Key in keyof Machine]: readonly Machine[Key][] } = {
  settings: [
    { ...machine.settings, blockCount: 9 },
    { ...machine.settings, diffVolumeBlocks: 9 },
    { ...machine.settings, initialBlocks: 9 },
    { ...machine.settings, maximumBlocks: null },
    { ...machine.settings, maximumBlocks: 0 },
    { ...machine.settings, growthStepBlocks: 9 },
    { ...machine.settings, snapshotLimit: 9 },
    { ...machine.settings, timing: { ...machine.settings.timing, liveReadMs: 9 } },
    { ...machine.settings, timing: { ...machine.settings.timing, liveWriteMs: 9 } },
    { ...machine.settings, timing: { ...machine.settings.timing, diffWriteMs: 9 } },
    { ...machine.settings, timing: { ...machine.settings.timing, tableWriteMs: 9 } },
    { ...machine.settings, timing: { ...machine.settings.timing, growMs: 9 } },
  ],
  clockMs: [0, machine.clockMs + 0x1_0000_0000, 2 ** 50, 2 ** 50 + 1],
  nextStamp: [1, 99],
  live: [changed(machine.live), Table.zeros(8)],
  access: ['offlineByAdministrator', 'offlineForCluster', 'offlineForProtection'],
  diffVolumePresent: [false],
  diffContents: [changed(machine.diffContents)],
  maximumBlocks: [null, 0, 1],
  allocated: [0, 9],
  used: [0, 9],
  growth: [{ completesAtMs: 0 }, { completesAtMs: 5 }],
  firstFree: [0, 9],
  slotArea: [changed(machine.slotArea)],
  slotBlock: [changed(machine.slotBlock)],
  slotOlder: [changed(machine.slotOlder)],
  newestCopy: [changed(machine.newestCopy)],
  areas: [
    [],
    [{ snapshot: 2, exists: true, copies: 1, createdAtMs: 1 }],
    [{ snapshot: 1, exists: false, copies: 1, createdAtMs: 1 }],
    [{ snapshot: 1, exists: true, copies: 2, createdAtMs: 1 }],
    [{ snapshot: 1, exists: true, copies: 1, createdAtMs: 2 }],
  ],
  nextSnapshot: [1, 9],
  snapshotsLost: [1, 2],
  frozen: [true],
  level: ['SNAPSHOT'],
  fault: [1, 16],
  pendingUntilMs: [0, 5],
  conditions: [
    { broken: new Set(), liveBadBlocks: [] },
    { broken: new Set(), liveBadBlocks: [3, 4] },
    { broken: new Set(['growthSlow']), liveBadBlocks: [3] },
    { broken: new Set(['growthRefused']), liveBadBlocks: [3] },
  ],
  clusterOfflinePrepared: [true],
  request: [
    request,
    { ...request, block: 9 },
    { ...request, count: 9 },
    { ...request, stamp: 9 },
    { ...request, stage: 'copy' },
    { ...request, done: 9 },
    { ...request, slot: 9 },
    { ...request, slot: null },
    { ...request, slot: 0 },
  ],
  host: [
    { ...machine.host, completed: 9 },
    { ...machine.host, failed: 9 },
    { ...machine.host, bounced: 9 },
  ],
};

describe('the fingerprint of a machine', () => {
  it('is an unsigned number of 32 bits', () => {
    const number = fingerprint(machine);
    expect(Number.isInteger(number) && number >= 0 && number < 0x1_0000_0000).toBe(true);
  });

  it('knows every field there is', () => {
    expect(Object.keys(OTHERS).sort()).toEqual(Object.keys(machine).sort());
  });

  it.each(Object.keys(OTHERS) as (keyof Machine)[])('changes with %s', (key) => {
    const machines = OTHERS[key].map((value) => ({ ...machine, [key]: value }));
    const numbers = [machine, ...machines].map(fingerprint);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('is the same for equal machines, however they were reached', () => {
    const settings = { ...DEFAULT_SETTINGS, blockCount: 8 };
    expect(fingerprint(createMachine(settings, 'SNAPSHOT'))).toBe(
      fingerprint(createMachine({ ...settings, timing: { ...settings.timing } }, 'SNAPSHOT')),
    );
    const oneWay = given().after(
      breakIt('growthSlow'),
      breakIt('growthRefused'),
      breakBlock(5),
      breakBlock(2),
    );
    const other = given().after(
      breakBlock(2),
      breakBlock(5),
      breakIt('growthRefused'),
      breakIt('growthSlow'),
    );
    expect(fingerprint(oneWay.machine)).toBe(fingerprint(other.machine));
    oneWay.after(repair('growthSlow'), breakIt('growthSlow'));
    expect(fingerprint(oneWay.machine)).toBe(fingerprint(other.machine));
  });

  it('does not mistake the place of a number for its value', () => {
    const swapped = { ...machine, live: machine.newestCopy, newestCopy: machine.live };
    expect(fingerprint(swapped)).not.toBe(fingerprint(machine));
  });

  it('does not depend on what was hashed before', () => {
    expect(fingerprint({ ...machine, ...tablesInNewChunks() })).toBe(fingerprint(machine));
  });
});

function tablesInNewChunks(): Partial<Machine> {
  const names = ['live', 'diffContents', 'slotArea', 'slotBlock', 'slotOlder', 'newestCopy'] as const;
  const copyOf = ({ length, chunks }: Table): Table =>
    Table.ofChunks(
      length,
      chunks.map((chunk) => chunk.slice()),
    );
  return Object.fromEntries(names.map((name) => [name, copyOf(machine[name])]));
}
