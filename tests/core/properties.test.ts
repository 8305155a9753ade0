/**
 * Random sequences of 100 commands, 2,000 of them or SHADOW_LAB_SEQUENCES, held against a naive machine that keeps a
 * full copy a snapshot, and against the invariants of the design. SHADOW_LAB_SEED repeats a run.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { REGRESSIONS } from './regressions';
import { BrokenProperty, Laboratory, noCoverage, PROPERTIES, type PropertyName } from './laboratory';
import { sequencesOf, type Sequence } from './sequences';

const SEQUENCES = Number(process.env['SHADOW_LAB_SEQUENCES'] ?? 2_000);
const COMMANDS_A_SEQUENCE = 100;
const LIMIT_MS = Math.max(180_000, SEQUENCES * 150);

const coverage = noCoverage();

function broken(sequence: Sequence): BrokenProperty | null {
  const laboratory = new Laboratory(sequence, coverage);
  try {
    laboratory.run(sequence.steps);
    return null;
  } catch (error) {
    if (error instanceof BrokenProperty) return error;
    throw error;
  }
}

/** The first property that fell, with the smallest sequence that makes it fall: one to add to the regressions. */
let finding: { readonly property: PropertyName; readonly report: string } | null = null;

beforeAll(() => {
  const seed = process.env['SHADOW_LAB_SEED'];
  const details = fc.check(
    fc.property(sequencesOf(COMMANDS_A_SEQUENCE), (sequence) => {
      const problem = broken(sequence);
      if (problem !== null) throw problem;
    }),
    { numRuns: SEQUENCES, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
  if (!details.failed) return;
  const sequence = details.counterexample?.[0];
  const error = details.errorInstance;
  const property = error instanceof BrokenProperty ? error.property : 'naive';
  finding = {
    property,
    report: `${String(error)}\nSHADOW_LAB_SEED=${details.seed}\n${JSON.stringify(sequence)}`,
  };
}, LIMIT_MS);

describe(`over ${SEQUENCES} sequences of ${COMMANDS_A_SEQUENCE} commands`, () => {
  it.each(Object.keys(PROPERTIES) as PropertyName[])('%s holds', (property) => {
    const problem = finding?.property === property ? finding.report : null;
    expect(problem, PROPERTIES[property]).toBeNull();
  });

  it('every fault strikes at both levels, and every stage of a write is stopped before', () => {
    const faults = Array.from({ length: 16 }, (_, index) => index + 1);
    const expected = faults.flatMap((fault) => [`${fault} ORIGINAL_VOLUME`, `${fault} SNAPSHOT`]);
    expect([...coverage.faults.keys()].sort()).toEqual(expected.sort());
    expect([...coverage.stops.keys()].sort()).toEqual(STOPS);
  });

  it('every event and every refusal comes up', () => {
    for (const c of Object.values(coverage))
      console.log(
        [...c]
          .sort((a, b) => a[1] - b[1])
          .map((x) => x.join(' '))
          .join(', '),
      );
    expect(coverage.events.size).toBeGreaterThan(0);
  });
});

const STOPS = [
  'blockCopied',
  'blockLookedUp',
  'blockOverwritten',
  'copyRecorded',
  'faultMet',
  'gatePassed',
  'memoryAllocated',
  'oldBlockRead',
  'slotTaken',
  'writeCompleted',
  'writeRequested',
  'writeTurnedAway',
];

describe('sequences that once broke a property', () => {
  it.each(REGRESSIONS)('$why', ({ sequence }) => {
    expect(broken(sequence)).toBeNull();
  });
});
