/**
 * Random sequences of 100 commands, 1,000 of them or SHADOW_LAB_SEQUENCES, held against a naive machine that keeps a
 * full copy a snapshot, and against the invariants of the design. SHADOW_LAB_SEED repeats a run.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import { REGRESSIONS, type Regression } from './regressions';
import { BrokenProperty, Laboratory, noCoverage, PROPERTIES, type PropertyName } from './side-by-side';
import { sequencesOf, type Sequence } from './sequences';

const SEQUENCES = Number(process.env['SHADOW_LAB_SEQUENCES'] ?? 1_000);
const COMMANDS_A_SEQUENCE = 100;
const LIMIT_MS = Math.max(180_000, SEQUENCES * 150);

const coverage = noCoverage();

function carryOut(sequence: Sequence | Regression): {
  readonly problem: BrokenProperty | null;
  readonly commands: readonly Command[];
} {
  const laboratory = new Laboratory(sequence, coverage);
  try {
    laboratory.run(sequence.steps);
    return { problem: null, commands: laboratory.commands };
  } catch (error) {
    // Anything else is an exception of the engine itself, thrown where the naive machine goes on.
    const problem = error instanceof BrokenProperty ? error : new BrokenProperty('naive', String(error));
    return { problem, commands: laboratory.commands };
  }
}

/** The first property that fell, with the smallest sequence that makes it fall: one to add to the regressions. */
let finding: { readonly property: PropertyName; readonly report: string } | null = null;

beforeAll(() => {
  const seed = process.env['SHADOW_LAB_SEED'];
  const details = fc.check(
    fc.property(sequencesOf(COMMANDS_A_SEQUENCE), (sequence) => {
      const { problem } = carryOut(sequence);
      if (problem !== null) throw problem;
    }),
    { numRuns: SEQUENCES, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
  if (details.failed) finding = report(details.seed, details.counterexample![0]);
}, LIMIT_MS);

function report(seed: number, sequence: Sequence): typeof finding {
  const { problem, commands } = carryOut(sequence);
  const property = problem?.property ?? 'pure';
  const lines = [String(problem), `SHADOW_LAB_SEED=${seed}`, ...commands, sequence];
  return {
    property,
    report: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  };
}

describe(`over ${SEQUENCES} sequences of ${COMMANDS_A_SEQUENCE} commands`, () => {
  it.each(Object.keys(PROPERTIES) as PropertyName[])('%s holds', (property) => {
    const problem = finding?.property === property ? finding.report : null;
    expect(problem, PROPERTIES[property]).toBeNull();
  });

  it.runIf(SEQUENCES >= 1_000)('nothing that can happen is left out', () => {
    expect(finding?.report ?? null, 'the run ended early').toBeNull();
    const levels = ['ORIGINAL_VOLUME', 'SNAPSHOT'];
    const faults = Array.from({ length: 32 }, (_, index) => `${1 + (index >> 1)} ${levels[index & 1]!}`);
    expect(faults.filter((fault) => !coverage.faults.has(fault))).toEqual([]);
    expect(STOPS.filter((type) => !coverage.stops.has(type))).toEqual([]);
    expect(EVENTS.filter((type) => !coverage.events.has(type))).toEqual([]);
    expect(REFUSALS.filter((code) => !coverage.refusals.has(code))).toEqual([]);
  });
});

describe('sequences that once broke a property', () => {
  it.each(REGRESSIONS)('$why', (regression) => {
    expect(carryOut(regression).problem).toBeNull();
  });
});

/** What a write was stopped before. */
const STOPS =
  words(`gatePassed writeTurnedAway blockLookedUp memoryAllocated slotTaken oldBlockRead blockCopied
  copyRecorded blockOverwritten writeCompleted faultMet writeRequested`);

const EVENTS =
  words(`writeRequested writeTurnedAway gatePassed blockLookedUp memoryAllocated slotTaken oldBlockRead
  blockCopied copyRecorded blockOverwritten writeCompleted writeFailed readCompleted readFailed growthStarted
  growthRefused growthCompleted growthAbandoned diffAreaResized areaReleased diffAreaReleased writesFrozen volumeFlushed
  snapshotInstalled writesReleased snapshotDeleted snapshotsLost revertStarted blockReverted revertCompleted levelChanged
  faultMet faultRecorded faultCleared eventLogged volumeDismounted volumeWentOffline detectionStarted volumeCameOnline
  snapshotsPending snapshotsActivated pendingEnded diffVolumeDetached diffVolumeAttached conditionBroken
  conditionRepaired externalWriteRefused externalWriteLanded clusterOfflinePrepared clusterFailoverFinished
  unexpectedErrorOccurred timePassed`);

const REFUSALS = words(`blockOutsideVolume blockOutsideDiffVolume countInvalid contentTooLong durationInvalid
  maximumInvalid snapshotUnknown snapshotsPending volumeOffline volumeOfflineForProtection volumeOnlineAlready
  volumeOfflineAlready levelUnchanged notFaulted nothingUnused maximumUnchanged maximumBelowUse maximumZeroInUse
  noRoomForSnapshot diffVolumeAbsent diffVolumePresentAlready storageUnusable storageUnreadable brokenAlready notBroken
  clusterPreparedAlready clusterNotPrepared`);

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
