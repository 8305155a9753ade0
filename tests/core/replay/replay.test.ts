import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import { replaySettings, type ReplaySettings } from '../../../src/core/replay/replay';
import { DISCARD, LONGEST_WRITE_BYTES, OTHER, WRITE } from '../../../src/core/replay/trace';
import { blocks, READING, replayed, write, type Request } from './batches';

describe('which blocks a write touches', () => {
  const cases: readonly (readonly [what: string, request: Request, touched: number])[] = [
    ['a byte', write(0, 1), 1],
    ['a whole block', write(0, BLOCK_SIZE_BYTES), 1],
    ['one byte more', write(0, BLOCK_SIZE_BYTES + 1), 2],
    ['two bytes over a border', write(BLOCK_SIZE_BYTES - 1, 2), 2],
    ['the last byte of a block', write(BLOCK_SIZE_BYTES - 1, 1), 1],
    ['nothing', write(BLOCK_SIZE_BYTES, 0), 0],
    ['the last bytes there can be', write(2 ** 53 - 3, 2), 1],
  ];

  test.each(cases)('%s', (_what, request, touched) => {
    expect(replayed([request]).totals).toMatchObject({
      writes: 1,
      blocksTouched: touched,
      uniqueBlocksWritten: touched,
      copies: touched,
    });
  });

  test('reads, discards and everything else touch none, but are records', () => {
    const others = [READING, { ...READING, operation: DISCARD }, { ...READING, operation: OTHER }];

    expect(replayed(others).totals).toEqual({
      ...{ records: 3, writes: 0, blocksTouched: 0, uniqueBlocksWritten: 0, copies: 0 },
      copiesPerSnapshot: [0],
    });
  });

  test('the same block of another device is another block', () => {
    expect(replayed([blocks(3), blocks(3, 1, 1), blocks(3)]).totals).toMatchObject({
      uniqueBlocksWritten: 2,
      copies: 2,
    });
  });
});

describe('snapshots', () => {
  test('a block is copied once for each newest snapshot', () => {
    const { totals } = replayed([blocks(1), blocks(1), blocks(1), blocks(1)], { snapshotsAt: [0, 2] });

    expect(totals).toMatchObject({ uniqueBlocksWritten: 1, copies: 2, copiesPerSnapshot: [1, 1] });
  });

  test('before the first one nothing is copied', () => {
    const { totals } = replayed([blocks(1), blocks(2), blocks(1)], { snapshotsAt: [2] });

    expect(totals).toMatchObject({ uniqueBlocksWritten: 2, copiesPerSnapshot: [1] });
  });

  test('of several at the same moment only the newest gets copies', () => {
    expect(replayed([blocks(1), blocks(2)], { snapshotsAt: [0, 0, 1] }).totals.copiesPerSnapshot).toEqual([
      0, 1, 1,
    ]);
  });

  test('the usual four are spread evenly over the records that count', () => {
    const device = { name: '', reads: 0, writes: 0, range: { from: 0, to: 0 } };
    const survey = {
      records: 925,
      devices: [
        { ...device, records: 7 },
        { ...device, records: 918 },
      ],
    };

    expect(replaySettings(survey, { device: null, partitionOffsetBytes: 0 }).snapshotsAt).toEqual([
      0, 231, 462, 693,
    ]);
    expect(replaySettings(survey, { device: 0, partitionOffsetBytes: 512 })).toEqual({
      records: 7,
      snapshotsAt: [0, 1, 3, 5],
      device: 0,
      partitionOffsetBytes: 512,
    });
  });
});

describe('what the user chose', () => {
  test('of one device only its records count', () => {
    const requests = [blocks(1), blocks(1, 1, 1), READING, blocks(2, 1, 1), blocks(1, 1, 1)];
    const { totals } = replayed(requests, { device: 1, records: 3, snapshotsAt: [0, 2] });

    expect(totals).toEqual({
      ...{ records: 3, writes: 3, blocksTouched: 3, uniqueBlocksWritten: 2, copies: 3 },
      copiesPerSnapshot: [2, 1],
    });
  });

  test('with a partition, blocks begin where it begins, and what lies before is outside', () => {
    const start = 63 * 512;
    const flush = { operation: OTHER, device: 0, offset: 0, length: 0 };
    const requests = [write(0, 512), write(start, BLOCK_SIZE_BYTES), write(start - 1, 2), flush];
    const report = replayed(requests, { partitionOffsetBytes: start });

    expect(report.recordsOutside).toBe(2);
    expect(report.totals).toMatchObject({ records: 4, writes: 1, blocksTouched: 1, copies: 1 });
    expect(replayed(requests).totals.blocksTouched).toBe(4);
  });
});

test('copied and written bytes are compared', () => {
  const report = replayed([write(0, 4096), write(0, 4096)]);

  expect([report.writtenBytes, report.copiedBytes, report.copiedOverWritten]).toEqual([8192, 16_384, 2]);
  expect(replayed([READING]).copiedOverWritten).toBeNull();
});

test('as many records must come as were announced', () => {
  expect(() => replayed([READING], { records: 2 })).toThrow('1 records were added, 2 announced');
});

test('blocks beyond what can be told apart are counted as that', () => {
  const perWrite = LONGEST_WRITE_BYTES / BLOCK_SIZE_BYTES;
  // 2^22 groups of 16 blocks are 1024 of the longest writes.
  const requests = Array.from({ length: 1025 }, (_, index) => blocks(index * perWrite, perWrite));
  const { totals, touchesNotTracked } = replayed([...requests, blocks(0)]);

  expect(touchesNotTracked).toBe(perWrite);
  expect(totals).toMatchObject({
    blocksTouched: 1025 * perWrite + 1,
    uniqueBlocksWritten: 2 ** 26,
    copies: 2 ** 26,
  });
});

describe('growth', () => {
  test('has a sample of every record of a short trace', () => {
    const { growth } = replayed([blocks(0, 2), READING, blocks(1, 2)]);

    expect(Object.fromEntries(Object.entries(growth).map(([name, column]) => [name, [...column]]))).toEqual({
      records: [0, 1, 2, 3],
      writes: [0, 1, 1, 2],
      writtenBytes: [0, 32_768, 32_768, 65_536],
      uniqueBlocks: [0, 2, 2, 3],
      copies: [0, 2, 2, 3],
    });
  });

  test('has at most 512 samples after the start, from the first record to the last', () => {
    const requests = Array.from({ length: 1537 }, (_, index) => blocks(index));
    const { records, copies } = replayed(requests).growth;

    expect(records).toHaveLength(513);
    expect([records[1], records[256], records[512]]).toEqual([3, 768, 1537]);
    expect(copies).toEqual(records);
  });

  test('of no records is the start alone', () => {
    expect([...replayed([]).growth.records]).toEqual([0]);
  });
});

/** The same in sets, a line a rule. */
function naive(requests: readonly Request[], { snapshotsAt }: Pick<ReplaySettings, 'snapshotsAt'>): object {
  const unique = new Set<string>();
  const copied = snapshotsAt.map(() => new Set<string>());
  const at: number[] = [];
  let [writes, blocksTouched] = [0, 0];
  requests.forEach(({ operation, device, offset, length }, record) => {
    if (operation !== WRITE) return;
    writes += 1;
    for (let byte = offset; byte < offset + length; byte += BLOCK_SIZE_BYTES - (byte % BLOCK_SIZE_BYTES)) {
      const key = `${device} ${Math.floor(byte / BLOCK_SIZE_BYTES)}`;
      blocksTouched += 1;
      unique.add(key);
      const newest = copied[snapshotsAt.filter((before) => before <= record).length - 1];
      if (newest !== undefined && !newest.has(key)) at.push(record);
      newest?.add(key);
    }
  });
  const copiesPerSnapshot = copied.map(({ size }) => size);
  return {
    totals: {
      ...{ records: requests.length, writes, blocksTouched, uniqueBlocksWritten: unique.size },
      ...{ copies: at.length, copiesPerSnapshot },
    },
    marks: at,
  };
}

test('it counts what sets count', () => {
  const request = fc.record({
    operation: fc.constantFrom(WRITE, WRITE, WRITE, 0, DISCARD, OTHER),
    device: fc.nat(2),
    offset: fc.oneof(fc.nat(400_000), fc.integer({ min: 2 ** 46, max: 2 ** 46 + 400_000 })),
    length: fc.nat(70_000),
  });
  const traces = fc.array(request, { maxLength: 60 });
  const moments = fc.array(fc.nat(60), { maxLength: 8 }).map((all) => all.sort((a, b) => a - b));

  fc.assert(
    fc.property(traces, moments, fc.integer({ min: 1, max: 9 }), (requests, snapshotsAt, size) => {
      const { totals, copyCurve } = replayed(requests, { snapshotsAt }, size);
      expect({ totals, marks: [...copyCurve.marks] }).toEqual(naive(requests, { snapshotsAt }));
    }),
    { numRuns: 300 },
  );
});
