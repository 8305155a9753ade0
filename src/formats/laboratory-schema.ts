import * as v from 'valibot';
import { MAXIMUM_BLOCK_COUNT } from '../core/block';
import { MAXIMUM_BRANCHES, MAXIMUM_NAME_LENGTH, MAXIMUM_RECORDS } from '../core/laboratory';
import type { FaultNumber } from '../core/fault';
import { WRITES_PER_SLICE } from '../core/workload';
import { instructionSchema, worldsSchema } from './command-schema';
import { listOf, naturalNumber, wholeNumberBetween } from './number-schema';

const durationMs = wholeNumberBetween(0, 3_600_000);
const someBlocks = wholeNumberBetween(1, MAXIMUM_BLOCK_COUNT);
const anyBlocks = wholeNumberBetween(0, MAXIMUM_BLOCK_COUNT);

const settingsSchema = v.strictObject({
  blockCount: someBlocks,
  diffVolumeBlocks: someBlocks,
  initialBlocks: anyBlocks,
  maximumBlocks: v.nullable(anyBlocks),
  growthStepBlocks: someBlocks,
  snapshotLimit: wholeNumberBetween(1, 512),
  timing: v.strictObject({
    liveReadMs: durationMs,
    liveWriteMs: durationMs,
    diffWriteMs: durationMs,
    tableWriteMs: durationMs,
    growMs: durationMs,
  }),
});

export const scenarioSchema = v.strictObject({ settings: settingsSchema, worlds: worldsSchema });

const faultNumberSchema = v.custom<FaultNumber>(
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 16,
  'Expected the number of a fault, 1 to 16',
);

export const runOriginSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('story') }),
  v.strictObject({ kind: v.literal('fault'), fault: faultNumberSchema }),
]);

const branchOriginSchema = v.variant('kind', [
  ...runOriginSchema.options,
  v.strictObject({ kind: v.literal('fork'), branch: naturalNumber, record: v.nullable(naturalNumber) }),
]);

export const branchNameSchema = v.pipe(v.string(), v.maxLength(MAXIMUM_NAME_LENGTH));

const branchSchema = v.strictObject({
  id: naturalNumber,
  name: branchNameSchema,
  origin: branchOriginSchema,
  scenario: scenarioSchema,
  tip: v.nullable(naturalNumber),
});

const placeSchema = v.strictObject({ branch: naturalNumber, position: naturalNumber });

export const laboratoryStateSchema = v.strictObject({
  branches: v.pipe(v.array(branchSchema), v.minLength(1), v.maxLength(MAXIMUM_BRANCHES), v.readonly()),
  currentBranch: naturalNumber,
  position: naturalNumber,
  nextRecord: naturalNumber,
  nextBranch: naturalNumber,
  startedOverFrom: listOf(placeSchema, MAXIMUM_BRANCHES),
});

const fingerprintSchema = wholeNumberBetween(0, 0xffff_ffff);

/** A burst is in the log in slices, none of which takes long to decide again. */
const recordedInstructionSchema = v.pipe(
  instructionSchema,
  v.check(
    ({ command }) => command.type !== 'writeBurst' || command.writes <= WRITES_PER_SLICE,
    `Expected a slice of a burst, of at most ${WRITES_PER_SLICE} writes`,
  ),
);

export const logRecordSchema = v.strictObject({
  id: naturalNumber,
  parent: v.nullable(naturalNumber),
  instruction: recordedInstructionSchema,
  steps: naturalNumber,
  cut: v.boolean(),
  fingerprints: v.pipe(v.array(fingerprintSchema), v.minLength(1), v.maxLength(2), v.readonly()),
});

export const logRecordsSchema = listOf(logRecordSchema, MAXIMUM_RECORDS);
