import * as v from 'valibot';
import { MAXIMUM_BRANCHES, MAXIMUM_NAME_LENGTH, MAXIMUM_RECORDS } from '../core/laboratory';
import type { FaultNumber } from '../core/fault';
import { checkSettings, SETTING_LIMITS, SMALLEST_KEPT_VOLUME, type SettingFlaw } from '../core/settings';
import { WRITES_PER_SLICE } from '../core/workload';
import { commandSchema, worldsSchema } from './command-schema';
import { listOf, naturalNumber, wholeNumberBetween } from './number-schema';

const settingValues = v.strictObject({
  blockCount: v.number(),
  diffVolumeBlocks: v.number(),
  initialBlocks: v.number(),
  maximumBlocks: v.nullable(v.number()),
  growthStepBlocks: v.number(),
  snapshotLimit: v.number(),
  timing: v.strictObject({
    liveReadMs: v.number(),
    liveWriteMs: v.number(),
    diffWriteMs: v.number(),
    tableWriteMs: v.number(),
    growMs: v.number(),
  }),
});

/** Settings within the limits of the core, which says what is wrong with which of them. */
function settingsSchema(smallestVolume: number) {
  return v.pipe(
    settingValues,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const { value } = dataset;
      for (const flaw of checkSettings(value, smallestVolume)) {
        const key = flaw.field in value ? flaw.field : `timing.${flaw.field}`;
        const place = { type: 'object', origin: 'value', input: { ...value }, key, value } as const;
        addIssue({ message: messageOf(flaw), path: [place] });
      }
    }),
  );
}

function messageOf({ reason, limit }: SettingFlaw): string {
  if (reason === 'notWhole') return 'Expected a whole number';
  return `Expected ${reason === 'tooSmall' ? '>=' : '<='}${limit}`;
}

export const scenarioSchema = v.strictObject({
  settings: settingsSchema(SMALLEST_KEPT_VOLUME),
  worlds: worldsSchema,
});

export const newScenarioSchema = v.strictObject({
  settings: settingsSchema(SETTING_LIMITS.blockCount.lowest),
  worlds: worldsSchema,
});

export const faultNumberSchema = v.custom<FaultNumber>(
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 16,
  'Expected the number of a fault, 1 to 16',
);

export const runOriginSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('story') }),
  v.strictObject({ kind: v.literal('fault'), fault: faultNumberSchema }),
]);

const branchOriginSchema = v.variant('kind', [
  ...runOriginSchema.options,
  v.strictObject({ kind: v.picklist(['own', 'image', 'trimmed']) }),
  v.strictObject({ kind: v.literal('fork'), branch: naturalNumber, record: v.nullable(naturalNumber) }),
]);

export const branchNameSchema = v.pipe(v.string(), v.maxLength(MAXIMUM_NAME_LENGTH));

const branchSchema = v.strictObject({
  id: naturalNumber,
  name: branchNameSchema,
  origin: branchOriginSchema,
  scenario: scenarioSchema,
  start: v.exactOptional(naturalNumber),
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

export const fingerprintSchema = wholeNumberBetween(0, 0xffff_ffff);

/** A burst is in the log in slices, none of which takes long to decide again. */
export const recordedCommandSchema = v.pipe(
  commandSchema,
  v.check(
    (command) => command.type !== 'writeBurst' || command.writes <= WRITES_PER_SLICE,
    `Expected a slice of a burst, of at most ${WRITES_PER_SLICE} writes`,
  ),
);

const recordedInstructionSchema = v.strictObject({ command: recordedCommandSchema, worlds: worldsSchema });

export const logRecordSchema = v.strictObject({
  id: naturalNumber,
  parent: v.nullable(naturalNumber),
  instruction: recordedInstructionSchema,
  steps: naturalNumber,
  cut: v.boolean(),
  fingerprints: v.pipe(v.array(fingerprintSchema), v.maxLength(2), v.readonly()),
});

export const logRecordsSchema = listOf(logRecordSchema, MAXIMUM_RECORDS);
