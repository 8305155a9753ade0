/**
 * Real traces that are not part of the repository, each with what two independent programs counted in it. Where they are
 * not there, the skipped test says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../run/process.js';
import { checkMachine } from '../../../src/core/invariants';
import { replaySettings } from '../../../src/core/replay/replay';
import { WORLD_IDS } from '../../../src/core/scenario';
import { replayThrough } from '../../core/replay/replaying';
import { readAll, recognise, replayOf, surveyOf, total } from './reading';

const FOLDER = path.join(ROOT, '../shared/data/traces');
const SUFFIX = '.expected.json';

const FILES = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length))
  : [];

interface Counts {
  readonly records: number;
  readonly reads: number;
  readonly writes: number;
  readonly min_offset: number;
  readonly max_end: number;
  readonly unique_blocks_written: number;
}

interface Expected extends Counts {
  readonly format: string;
  readonly other: number;
  readonly zero_length_writes: number;
  readonly written_bytes: number;
  readonly block_touches: number;
  readonly devices: number;
  readonly chain_4_snapshots: {
    readonly epochs: readonly { readonly from_record: number; readonly cow_copies: number }[];
    readonly cow_copies_total: number;
    readonly copied_bytes: number;
    readonly copied_over_written: number;
  };
  readonly single_snapshot: {
    readonly at_records: readonly number[];
    readonly cow_copies: readonly number[];
  };
  readonly growth_curve: { readonly rows: readonly (readonly number[])[] };
  readonly per_device: Readonly<Record<string, Counts>>;
}

describe.each(FILES)('%s', (name) => {
  const bytes = readFileSync(path.join(FOLDER, name));
  const expected = JSON.parse(readFileSync(path.join(FOLDER, name + SUFFIX), 'utf8')) as Expected;
  const { reading } = recognise(bytes);
  const survey = surveyOf([bytes], reading);
  const chain = expected.chain_4_snapshots;

  test('it is recognised, and nothing in it is left without an explanation', () => {
    expect(reading.format.replace(/[23]$/, '')).toBe(expected.format);
    expect(total(survey.unparsed)).toBe(0);
  });

  test('its records are counted alike', () => {
    const { discards, others } = survey;

    expect({ ...survey, other: discards + others }).toMatchObject({
      records: expected.records,
      reads: expected.reads,
      writes: expected.writes,
      other: expected.other,
      zeroLengthWrites: expected.zero_length_writes,
      writtenBytes: expected.written_bytes,
      range: { from: expected.min_offset, to: expected.max_end },
    });
  });

  test('its devices are told apart alike', () => {
    const found = survey.devices.map(({ name: device, records, reads, writes, range }) => [
      device,
      { records, reads, writes, min_offset: range?.from, max_end: range?.to },
    ]);

    expect(survey.devices).toHaveLength(expected.devices);
    expect(expected.per_device).toMatchObject(Object.fromEntries(found) as object);
  });

  test('with four snapshots the same blocks are copied', () => {
    const report = replayOf(bytes, reading);

    expect(report.totals).toEqual({
      records: expected.records,
      writes: expected.writes,
      blocksTouched: expected.block_touches,
      uniqueBlocksWritten: expected.unique_blocks_written,
      copies: chain.cow_copies_total,
      copiesPerSnapshot: chain.epochs.map(({ cow_copies }) => cow_copies),
    });
    expect(report.snapshotsAt).toEqual(chain.epochs.map(({ from_record }) => from_record));
    expect(report.copiedBytes).toBe(chain.copied_bytes);
    expect(report.copiedOverWritten).toBeCloseTo(chain.copied_over_written, 6);
  });

  test('with four snapshots the engine copies the same blocks, in both worlds', () => {
    const { outcomes, history } = replayThrough((take) => readAll(bytes, reading, take), {
      ...replaySettings(survey, { device: null, partitionOffsetBytes: 0 }),
      ...{ blockCount: null, worlds: WORLD_IDS, maximumBlocks: null, fault: null },
    });

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ fault: null, failedWrites: 0, snapshotsLost: 0 });
      expect(outcome.copiesPerSnapshot).toEqual(chain.epochs.map(({ cow_copies }) => cow_copies));
      expect(outcome.uniqueBlocksWritten).toBe(expected.unique_blocks_written);
    }
    expect(history.machines.flatMap(checkMachine)).toEqual([]);
  });

  test('with a single snapshot, at each of the four moments, as many blocks are copied', () => {
    const { at_records, cow_copies } = expected.single_snapshot;

    expect(at_records.map((record) => replayOf(bytes, reading, [record]).totals.copies)).toEqual(cow_copies);
  });

  test('it grows alike', () => {
    const { growth } = replayOf(bytes, reading);
    const { rows } = expected.growth_curve;
    const every = (growth.records.length - 1) / (rows.length - 1);
    const found = rows.map((_, index) => {
      const at = index * every;
      return [growth.records[at], growth.writes[at], growth.writtenBytes[at], growth.uniqueBlocks[at]];
    });

    expect(found).toEqual(rows);
  });
});

test.skipIf(FILES.length === 0)(
  FILES.length === 0
    ? 'SKIPPED, AND NOTHING REPLACES IT: the shared traces are not here (../shared/data/traces)'
    : 'the shared traces are here',
  () => {
    expect(FILES.length).toBeGreaterThan(0);
  },
);
