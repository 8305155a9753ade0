import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemLog } from '../../src/core/describe/log';
import type { History } from '../../src/core/history';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import { snapshotStamps } from '../../src/core/read-path';
import {
  printReport,
  reportOfImage,
  reportOfLevels,
  reportOfMachines,
  reportOfReplay,
  type Report,
} from '../../src/formats/report';
import { breakIt, burst, create, deleteSnapshot, setLevel, write } from '../core/given';
import { historyOf } from '../core/laboratories';
import { ROOT } from '../run/process.js';
import { flawsOf } from './json-schema';
import { opened, sourceOfBytes } from './volume-image/reading';
import { imageBytes, sha256, worldsOf } from './volume-image/worlds';

const SCHEMA = JSON.parse(readFileSync(path.join(ROOT, 'public/report.schema.json'), 'utf8')) as Record<
  string,
  unknown
>;

/** The same fault at both levels: on the left the snapshots are lost, on the right they are kept. */
const history = historyOf({ settings: DEFAULT_SETTINGS, worlds: ['off', 'on'] }, [
  ...[write(0, 'a'), create, burst(0, 3), create, write(1, 'b', 2), create, write(2, 'c'), deleteSnapshot(2)],
  ...[breakIt('diffDataWritesFail'), write(9, 'x'), setLevel('SNAPSHOT')],
]);

function reportedWorlds(from: History) {
  const rows = systemLog(from);
  return worldsOf(from).map((world) => ({
    ...world,
    name: world.world,
    rows: rows.filter((row) => row.world === world.world),
  }));
}

/** What a job returns when it is not left. */
async function finished<Value>(
  job: AsyncGenerator<number, Value>,
): Promise<{ readonly value: Value; readonly hashed: number }> {
  let hashed = 0;
  for (;;) {
    const step = await job.next();
    if (step.done === true) return { value: step.value, hashed };
    hashed += step.value;
  }
}

function printed(report: Report): Report {
  return JSON.parse(printReport(report)) as Report;
}

const { value: ofMachines, hashed } = await finished(reportOfMachines('Two worlds', reportedWorlds(history)));
let ofImage: Report;

beforeAll(async () => {
  const image = await opened(sourceOfBytes(imageBytes(worldsOf(history)[1]!)));
  const { value: report } = await finished(reportOfImage('An image', 'Volume', image));
  if (!report.ok) throw new Error(JSON.stringify(report.problem));
  ofImage = report.value;
});

const TOTALS = {
  ...{ records: 3, writes: 2, blocksTouched: 5, uniqueBlocksWritten: 4, copies: 2 },
  copiesPerSnapshot: [1, 1, 0, 0],
};
const ofReplay = reportOfReplay('A trace', { totals: TOTALS });

const ofLevels = reportOfLevels('A trace', {
  report: { totals: TOTALS },
  outcomes: [
    {
      level: 'SNAPSHOT',
      fault: { fault: 8, atRecord: 1 },
      access: 'offlineForProtection',
      ...{ snapshotsTaken: 2, snapshotsLost: 0, lossAtRecord: null, offlineAtRecord: 1 },
      ...{ completedWrites: 1, failedWrites: 1, uniqueBlocksWritten: 2, copiesPerSnapshot: [1, 0, 0, 0] },
    },
  ],
});

describe('a report', () => {
  test('of machines, of an image, of a trace: all fit the published schema', () => {
    for (const report of [ofMachines, ofImage, ofReplay, ofLevels])
      expect(flawsOf(SCHEMA, printed(report))).toEqual([]);
  });

  test('says of each world how it stands and what its volumes hold', () => {
    const [, on] = worldsOf(history);
    const [offReport, onReport] = printed(ofMachines).worlds;
    const content = (stamps: Iterable<number>) => sha256(Buffer.concat([...stamps].map(on!.contentOf)));
    const live = Array.from({ length: 64 }, (_, block) => on!.machine.live.get(block));

    expect(offReport).toMatchObject({
      ...{
        name: 'off',
        protectionFault: 'NONE',
        offlineForProtection: false,
        snapshots: [],
        snapshotsLost: 2,
      },
    });
    expect(onReport).toMatchObject({
      ...{ name: 'on', protectionLevel: 'SNAPSHOT', protectionFault: 'COW_WRITE_FAILURE' },
      ...{ offlineForProtection: true, snapshotsLost: 0 },
      live: { sizeBytes: 1_048_576, sha256: content(live) },
      snapshots: [1, 3].map((number) => ({ number, sha256: content(snapshotStamps(on!.machine, number)) })),
    });
    expect(onReport?.events).toContainEqual(
      expect.objectContaining({ source: 'volsnap', eventId: 86, fault: 7, severity: 'error' }),
    );
    expect(hashed).toBe(4 * 1_048_576);
  });

  test('tells the snapshots of an exported machine and of its image alike', () => {
    const told = ({ worlds }: Report) =>
      worlds
        .at(-1)
        ?.snapshots.map(({ identifier, copyIdentifier, copySetIdentifier, createdAt }) => [
          ...[identifier, copyIdentifier, copySetIdentifier, createdAt],
        ]);

    expect(told(printed(ofImage))).toEqual(told(printed(ofMachines)));
    expect(ofImage.worlds[0]).toMatchObject({ protectionLevel: 'SNAPSHOT', name: 'Volume' });
    expect(ofImage.worlds[0]?.snapshots[0]?.createdAt).toMatch(/^2026-01-01T00:00:00\.\d{7}Z$/);
  });

  test('of a trace has the totals of its replay', () => {
    expect(printed(ofReplay)).toMatchObject({ source: 'trace', worlds: [], replay: TOTALS });
    expect(printed(ofReplay)).not.toHaveProperty('levels');
  });

  test('of a trace that the engine replayed has what each level made of it', () => {
    expect(printed(ofLevels).levels).toEqual([
      {
        ...{ protectionLevel: 'SNAPSHOT', protectionFault: 'DIFF_AREA_FULL', faultAtRecord: 1 },
        ...{ snapshotsTaken: 2, snapshotsLost: 0, lossAtRecord: null, offlineAtRecord: 1 },
        ...{ completedWrites: 1, failedWrites: 1, uniqueBlocksWritten: 2, copiesPerSnapshot: [1, 0, 0, 0] },
      },
    ]);
  });
});

describe('the schema turns down', () => {
  const world = ofMachines.worlds[1]!;
  const withWorld = (change: object) => ({ ...ofMachines, worlds: [{ ...world, ...change }] });
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['another format', { ...ofMachines, format: 'x' }, '$.format: is not shadow-copy-lab.report'],
    ['what is missing', { ...ofMachines, title: undefined, worlds: undefined }, '$.worlds: is undefined'],
    ['what it does not know', { ...ofMachines, more: 1 }, '$: more is unknown'],
    [
      'an unknown fault',
      withWorld({ protectionFault: 'X' }),
      '$.worlds[0].protectionFault: is none of the list',
    ],
    [
      'a level that is none',
      { ...ofLevels, levels: [{ ...ofLevels.levels![0], protectionLevel: 'BOTH' }] },
      '$.levels[0].protectionLevel: is none of the list',
    ],
    ['a fraction', withWorld({ snapshotsLost: 0.5 }), '$.worlds[0].snapshotsLost: is number'],
    [
      'a hash that is none',
      withWorld({ live: { sizeBytes: 0, sha256: 'A' } }),
      '$.worlds[0].live.sha256: has another form',
    ],
  ];

  test.each(cases)('%s', (_what, report, flaw) => {
    expect(flawsOf(SCHEMA, report)).toContain(flaw);
  });
});
