/**
 * The sixteen faults by the two levels: what causes each, what meets it, what it costs, and the way back. The table is
 * the one of the design (section 9), written out; nothing in it comes from the product's own catalogue.
 */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import type { MachineSettings } from '../../src/core/machine';
import {
  attach,
  breakBlock,
  breakIt,
  bringOnline,
  burst,
  clear,
  create,
  deleteSnapshot,
  detach,
  externalWrite,
  finishFailover,
  given,
  givenProtected,
  prepareOffline,
  read,
  readSnapshot,
  repair,
  repairBlock,
  resize,
  setLevel,
  takeOffline,
  unexpectedError,
  wait,
  write,
  type Case,
} from './given';

const NOT_CONNECTED = 'STATUS_DEVICE_NOT_CONNECTED';

interface Row {
  readonly fault: number;
  readonly name: string;
  readonly how: string;
  readonly settings?: Partial<MachineSettings>;
  /** In place of one snapshot of `AAAA....` with block 0 overwritten since. */
  readonly before?: readonly Command[];
  readonly cause: readonly Command[];
  readonly met: readonly Command[];
  readonly status: string;
  /** How the requests among `met` end. None: the fault needs no write. */
  readonly requests?: readonly string[];
  readonly originalLog: readonly number[];
  readonly protectedLog: readonly number[];
  /** What repairs the cause. */
  readonly repair: readonly Command[];
  /** Clearing without repair: what strikes again, and when. `never`: there is no cause that stays. */
  readonly again:
    { readonly fault: number; readonly log: readonly number[]; readonly when: 'clear' | 'copy' } | 'never';
}

const ONE_SNAPSHOT: readonly Command[] = [write(0, 'A', 4), create, write(0, 'B')];
const NOTHING_COPIED: readonly Command[] = [write(0, 'A', 4), create];
const THREE_SNAPSHOTS: readonly Command[] = [
  ...[write(0, 'A', 4), create, write(0, 'B'), create, write(1, 'C'), create, write(2, 'D')],
];
/** A block that has not been copied since the newest snapshot. */
const COPY = [write(1, 'X')];
const IO_ERROR = 'STATUS_IO_DEVICE_ERROR';

const TABLE: readonly Row[] = [
  {
    fault: 1,
    name: 'DIFF_AREA_MISSING',
    how: 'the diff volume is gone when the volume comes online; level ORIGINAL_VOLUME loses at the next copy',
    cause: [takeOffline, detach],
    met: [bringOnline, ...COPY],
    status: 'STATUS_NO_SUCH_DEVICE',
    requests: [NOT_CONNECTED],
    originalLog: [32],
    protectedLog: [80],
    repair: [attach],
    again: { fault: 1, log: [80], when: 'clear' },
  },
  {
    fault: 2,
    name: 'IO_FAILURE_DURING_ONLINE',
    how: 'the diff volume cannot be read when the volume comes online',
    cause: [takeOffline, breakIt('diffReadsFail')],
    met: [bringOnline],
    status: IO_ERROR,
    originalLog: [29],
    protectedLog: [81],
    repair: [repair('diffReadsFail')],
    again: { fault: 2, log: [81], when: 'clear' },
  },
  {
    fault: 3,
    name: 'META_DATA_CORRUPTION',
    how: 'the next copy is to be recorded in a corrupt table',
    cause: [breakIt('diffMetadataCorrupt')],
    met: COPY,
    status: 'STATUS_DISK_CORRUPT_ERROR',
    requests: ['STATUS_DISK_CORRUPT_ERROR'],
    originalLog: [27],
    protectedLog: [82],
    repair: [repair('diffMetadataCorrupt')],
    again: { fault: 3, log: [82], when: 'clear' },
  },
  {
    fault: 3,
    name: 'META_DATA_CORRUPTION',
    how: 'the volume comes online with a corrupt table',
    cause: [takeOffline, breakIt('diffMetadataCorrupt')],
    met: [bringOnline],
    status: 'STATUS_DISK_CORRUPT_ERROR',
    originalLog: [27],
    protectedLog: [82],
    repair: [repair('diffMetadataCorrupt')],
    again: { fault: 3, log: [82], when: 'clear' },
  },
  {
    fault: 4,
    name: 'MEMORY_ALLOCATION_FAILURE',
    how: 'the next copy gets no memory',
    cause: [breakIt('kernelMemoryExhausted')],
    met: COPY,
    status: 'STATUS_INSUFFICIENT_RESOURCES',
    requests: ['STATUS_INSUFFICIENT_RESOURCES'],
    originalLog: [15],
    protectedLog: [83],
    repair: [repair('kernelMemoryExhausted')],
    again: { fault: 4, log: [83], when: 'clear' },
  },
  {
    fault: 5,
    name: 'MAPPED_MEMORY_FAILURE',
    how: 'the next copy cannot map the table',
    cause: [breakIt('pageFileTooSmall')],
    met: COPY,
    status: 'STATUS_COMMITMENT_LIMIT',
    requests: ['STATUS_COMMITMENT_LIMIT'],
    originalLog: [6, 15],
    protectedLog: [84],
    repair: [repair('pageFileTooSmall')],
    again: { fault: 5, log: [84], when: 'clear' },
  },
  {
    fault: 6,
    name: 'COW_READ_FAILURE',
    how: 'the old content of a bad block cannot be read',
    cause: [breakBlock(1)],
    met: COPY,
    status: 'STATUS_DEVICE_DATA_ERROR',
    requests: ['STATUS_DEVICE_DATA_ERROR'],
    originalLog: [14],
    protectedLog: [85],
    repair: [repairBlock(1)],
    again: { fault: 6, log: [85], when: 'copy' },
  },
  {
    fault: 7,
    name: 'COW_WRITE_FAILURE',
    how: 'the next copy cannot be written to the diff area',
    cause: [breakIt('diffDataWritesFail')],
    met: COPY,
    status: IO_ERROR,
    requests: [IO_ERROR],
    originalLog: [14],
    protectedLog: [86],
    repair: [repair('diffDataWritesFail')],
    again: { fault: 7, log: [86], when: 'copy' },
  },
  {
    fault: 8,
    name: 'DIFF_AREA_FULL',
    how: 'writing on, stopped by the maximum: the oldest snapshots go one by one, then the last',
    settings: { initialBlocks: 3, maximumBlocks: 3 },
    before: THREE_SNAPSHOTS,
    cause: [],
    met: [write(3, 'X'), write(0, 'Y'), write(1, 'Z')],
    status: 'STATUS_DISK_FULL',
    requests: ['STATUS_DISK_FULL', NOT_CONNECTED, NOT_CONNECTED],
    originalLog: [38, 33, 38, 33, 38, 36],
    protectedLog: [87],
    // Clear first, then raise the maximum: the documented order.
    repair: [clear, resize(16)],
    again: { fault: 8, log: [87], when: 'copy' },
  },
  {
    fault: 8,
    name: 'DIFF_AREA_FULL',
    how: 'writing on, stopped by the capacity of the diff volume',
    settings: { initialBlocks: 3, maximumBlocks: null, diffVolumeBlocks: 3 },
    before: THREE_SNAPSHOTS,
    cause: [],
    met: [write(3, 'X')],
    status: 'STATUS_DISK_FULL',
    requests: ['STATUS_DISK_FULL'],
    originalLog: [24, 35],
    protectedLog: [87],
    repair: [clear, deleteSnapshot(1), deleteSnapshot(2)],
    again: { fault: 8, log: [87], when: 'copy' },
  },
  {
    fault: 9,
    name: 'GROW_TOO_SLOW',
    how: 'a burst of first writes outruns a slow growth',
    settings: { initialBlocks: 2 },
    cause: [breakIt('growthSlow')],
    met: [burst(1, 3)],
    status: 'STATUS_IO_TIMEOUT',
    requests: ['ok', 'STATUS_IO_TIMEOUT', NOT_CONNECTED],
    originalLog: [25],
    protectedLog: [88],
    // And write less fast: by then the growth has come.
    repair: [repair('growthSlow'), wait(100)],
    again: { fault: 9, log: [88], when: 'copy' },
  },
  {
    fault: 10,
    name: 'GROW_FAILED',
    how: 'the growth that a copy needs is refused',
    settings: { initialBlocks: 2 },
    before: NOTHING_COPIED,
    cause: [breakIt('growthRefused')],
    met: [burst(1, 3)],
    status: 'STATUS_UNSUCCESSFUL',
    requests: ['ok', 'ok', 'STATUS_UNSUCCESSFUL'],
    originalLog: [13, 35],
    protectedLog: [89],
    repair: [repair('growthRefused')],
    again: { fault: 10, log: [89], when: 'copy' },
  },
  {
    fault: 11,
    name: 'DESTROY_ALL_SNAPSHOTS',
    how: 'an unexpected error, at once',
    cause: [],
    met: [unexpectedError],
    status: 'STATUS_INTERNAL_ERROR',
    originalLog: [],
    protectedLog: [90],
    repair: [],
    again: 'never',
  },
  {
    fault: 12,
    name: 'FILE_SYSTEM_FAILURE',
    how: 'the file system of the diff volume is damaged when the volume comes online',
    cause: [takeOffline, breakIt('diffFileSystemDamaged')],
    met: [bringOnline],
    status: 'STATUS_FILE_CORRUPT_ERROR',
    originalLog: [27],
    protectedLog: [91],
    repair: [repair('diffFileSystemDamaged')],
    again: { fault: 12, log: [91], when: 'clear' },
  },
  {
    fault: 13,
    name: 'IO_FAILURE',
    how: 'the next copy cannot be recorded',
    cause: [breakIt('diffMetadataWritesFail')],
    met: COPY,
    status: IO_ERROR,
    requests: [IO_ERROR],
    originalLog: [14],
    protectedLog: [92],
    repair: [repair('diffMetadataWritesFail')],
    again: { fault: 13, log: [92], when: 'copy' },
  },
  {
    fault: 14,
    name: 'DIFF_AREA_REMOVED',
    how: 'the diff volume goes while the volume is online, at once',
    cause: [],
    met: [detach],
    status: 'STATUS_DEVICE_REMOVED',
    originalLog: [16],
    protectedLog: [93],
    repair: [attach],
    again: { fault: 1, log: [80], when: 'clear' },
  },
  {
    fault: 15,
    name: 'EXTERNAL_WRITER_TO_DIFF_AREA',
    how: 'another program writes into the diff area, at once',
    cause: [],
    met: [externalWrite(0)],
    status: 'STATUS_DATA_ERROR',
    originalLog: [119],
    protectedLog: [94],
    repair: [],
    again: 'never',
  },
  {
    fault: 16,
    name: 'MOUNT_DURING_CLUSTER_OFFLINE',
    how: 'the volume comes online before the failover is finished',
    cause: [prepareOffline],
    met: [bringOnline],
    status: 'VOLSNAP_MOUNT_INSTEAD_OF_OFFLINE',
    originalLog: [119],
    protectedLog: [],
    repair: [finishFailover],
    again: { fault: 16, log: [], when: 'clear' },
  },
];

const titled = TABLE.map((row) => ({ title: `${row.fault} ${row.name}: ${row.how}`, row }));

it('the table has all sixteen', () => {
  expect(new Set(TABLE.map((row) => row.fault)).size).toBe(16);
  expect(TABLE.filter(({ fault, protectedLog }) => fault !== 16 && protectedLog[0] !== 79 + fault)).toEqual(
    [],
  );
});

/** The live volume and the snapshots just before the fault is met. */
function prepared(laboratory: Case, row: Row): Case {
  return laboratory.after(...(row.before ?? ONE_SNAPSHOT), ...row.cause);
}

function protectedAt(row: Row): Case {
  return prepared(givenProtected(row.settings), row).when(...row.met);
}

const KEPT = new Map([
  [ONE_SNAPSHOT, { 1: 'AAAA....' }],
  [NOTHING_COPIED, { 1: 'AAAA....' }],
  [THREE_SNAPSHOTS, { 1: 'AAAA....', 2: 'BAAA....', 3: 'BCAA....' }],
]);

function kept(row: Row): Readonly<Record<number, string>> {
  return KEPT.get(row.before ?? ONE_SNAPSHOT)!;
}

describe.each(titled)('fault $title', ({ row }) => {
  describe('at level ORIGINAL_VOLUME', () => {
    const atFault = (): Case => prepared(given(row.settings), row).when(...row.met);

    it('completes the write that met it, deletes the snapshots, and logs why', () => {
      atFault().then({
        log: row.originalLog,
        requests: (row.requests ?? []).map(() => 'ok'),
        snapshots: {},
        chain: '',
        slots: '',
      });
    });

    it('records no fault, stays online, and later reads and writes go on', () => {
      atFault()
        .then({ info: ['ORIGINAL_VOLUME', false, 'NONE', null, false], access: 'online', fault: 0 })
        .when(write(7, 'Z'), write(6, 'Z'), read(7), read(3))
        .then({ requests: ['ok', 'ok', 'ok', 'ok'], log: [] });
    });
  });

  describe('at level SNAPSHOT', () => {
    it('fails the write that met it, keeps the snapshots, and logs which fault', () => {
      const before = prepared(givenProtected(row.settings), row);
      const live = before.text(Array.from({ length: 8 }, (_, block) => before.machine.live.get(block)));
      const completed = (row.requests ?? []).filter((end) => end === 'ok').length;
      before.when(...row.met).then({
        log: row.protectedLog,
        requests: row.requests ?? [],
        snapshots: kept(row),
        // Nothing but what completed has been written.
        live: live.slice(0, 1) + 'x'.repeat(completed) + live.slice(1 + completed),
      });
    });

    it('records fault and failure status, offline, with a diff area that counts as unused', () => {
      protectedAt(row).then({
        fault: row.fault,
        access: 'offlineForProtection',
        info: ['SNAPSHOT', true, row.name, row.status, true],
      });
    });

    it('fails all later reads and writes', () => {
      protectedAt(row)
        .when(write(7, 'Z'), write(0, 'Z'), read(7), read(0))
        .then({ requests: [NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED], log: [] });
    });

    it('ends by repair and clear: I/O goes on, and the snapshots read again, every byte', () => {
      const laboratory = protectedAt(row).after(...row.repair);
      if (laboratory.machine.fault !== 0) laboratory.after(clear);
      laboratory.then({ fault: 0, access: 'online', info: ['SNAPSHOT', false, 'NONE', null, false] });
      for (const [snapshot, content] of Object.entries(kept(row))) {
        const isDeleted = row.repair.some(
          (command) => command.type === 'deleteSnapshot' && command.snapshot === Number(snapshot),
        );
        if (isDeleted) continue;
        laboratory
          .when(...Array.from({ length: 8 }, (_, block) => readSnapshot(Number(snapshot), block)))
          .then({ reads: content });
      }
      const copies = row.met.filter((command) => command.type === 'write');
      laboratory
        .when(...copies, write(7, 'Z'), read(7))
        .then({ requests: [...copies, 1, 2].map(() => 'ok'), fault: 0, log: [] });
    });

    it('without repair strikes again where its cause is met again', () => {
      const laboratory = protectedAt(row).when(clear);
      if (row.again === 'never' || row.again.when === 'copy') {
        laboratory.then({ fault: 0, access: 'online', snapshots: kept(row) });
        const lastCopy = row.met.some((command) => command.type === 'writeBurst')
          ? write(3, 'X')
          : row.met[0]!;
        if (row.again !== 'never') laboratory.when(lastCopy);
      }
      const { fault, log } = row.again === 'never' ? { fault: 0, log: [] } : row.again;
      laboratory.then({ fault, log, snapshots: kept(row) });
    });

    it('can always be left, with the snapshots given up', () => {
      protectedAt(row)
        .when(setLevel('ORIGINAL_VOLUME'))
        .then({ access: 'online', fault: 0, snapshots: {}, slots: '' })
        .when(write(7, 'Z'), read(7))
        .then({ requests: ['ok', 'ok'] });
    });
  });
});

describe('fault 1', () => {
  it('heals without a clear when the diff volume arrives', () => {
    const [row] = TABLE;
    protectedAt(row!)
      .when(attach)
      .then({ fault: 0, access: 'online', snapshots: kept(row!) });
  });
});

describe('with no snapshots', () => {
  it.each(titled)('$title is no fault at either level', ({ row }) => {
    for (const laboratory of [given(row.settings), givenProtected(row.settings)]) {
      laboratory.after(write(0, 'A', 4), ...row.cause).when(...row.met);
      laboratory.then({ fault: 0, log: [] });
      if (row.cause[0] !== takeOffline && row.cause[0] !== prepareOffline) {
        laboratory.then({ requests: (row.requests ?? []).map(() => 'ok') });
      }
    }
  });
});
