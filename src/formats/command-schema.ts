import * as v from 'valibot';
import { SWITCH_CONDITIONS } from '../core/condition';
import { PROTECTION_LEVELS } from '../core/protection';
import { WORLD_IDS } from '../core/scenario';
import { MAXIMUM_BURST_WRITES, MAXIMUM_REPLAY_WRITES } from '../core/workload';
import { naturalNumber, wholeNumber, wholeNumberBetween } from './number-schema';

/** More than any block holds, so that the machine itself refuses what is too long and says by how much. */
const MAXIMUM_TEXT_UNITS = 1_048_576;

export const contentSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('text'),
    text: v.pipe(v.string(), v.maxLength(MAXIMUM_TEXT_UNITS)),
  }),
  v.strictObject({ kind: v.literal('pattern'), seed: wholeNumber }),
]);

const conditionSchema = v.variant('name', [
  v.strictObject({ name: v.picklist(SWITCH_CONDITIONS) }),
  v.strictObject({ name: v.literal('liveBadBlock'), block: wholeNumber }),
]);

/** Looked through by hand: there are many such lists in a replay, and a schema for each number takes its time. */
const replayedWritesSchema = v.custom<readonly number[]>(
  (value) =>
    Array.isArray(value) &&
    value.length % 2 === 0 &&
    value.length <= 2 * MAXIMUM_REPLAY_WRITES &&
    value.every((number) => Number.isSafeInteger(number)),
  `Expected at most ${MAXIMUM_REPLAY_WRITES} pairs of whole numbers`,
);

/**
 * A command from outside. Block numbers and the like may be any whole number: whether they make sense is for the
 * machine to say. Only what the machine does not look at itself is bounded here.
 */
export const commandSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('write'),
    block: wholeNumber,
    count: wholeNumber,
    content: contentSchema,
  }),
  v.strictObject({
    type: v.literal('writeBurst'),
    order: v.picklist(['sequential', 'random']),
    block: wholeNumber,
    span: wholeNumber,
    from: wholeNumberBetween(0, MAXIMUM_BURST_WRITES),
    writes: wholeNumber,
    seed: wholeNumber,
  }),
  v.strictObject({ type: v.literal('replayWrites'), from: naturalNumber, writes: replayedWritesSchema }),
  v.strictObject({
    type: v.literal('read'),
    block: wholeNumber,
    from: v.union([v.literal('live'), v.strictObject({ snapshot: wholeNumber })]),
  }),
  v.strictObject({ type: v.literal('deleteSnapshot'), snapshot: wholeNumber }),
  v.strictObject({ type: v.literal('revertToSnapshot'), snapshot: wholeNumber }),
  v.strictObject({ type: v.literal('setProtectionLevel'), level: v.picklist(PROTECTION_LEVELS) }),
  v.strictObject({ type: v.literal('resizeDiffArea'), maximumBlocks: v.nullable(wholeNumber) }),
  v.strictObject({ type: v.literal('externalWrite'), block: wholeNumber }),
  v.strictObject({ type: v.literal('break'), condition: conditionSchema }),
  v.strictObject({ type: v.literal('repair'), condition: conditionSchema }),
  v.strictObject({ type: v.literal('wait'), durationMs: wholeNumber }),
  v.strictObject({
    type: v.picklist([
      'createSnapshot',
      'clearProtectionFault',
      'deleteUnusedDiffAreas',
      'takeOffline',
      'bringOnline',
      'detachDiffVolume',
      'attachDiffVolume',
      'clusterPrepareOffline',
      'clusterFinishFailover',
      'unexpectedError',
    ]),
  }),
]);

/** One world or both, each once, in the order of `WORLD_IDS`. */
export const worldsSchema = v.pipe(
  v.array(v.picklist(WORLD_IDS)),
  v.minLength(1),
  v.check(
    (worlds) => worlds.every((world, index) => index === 0 || worlds[index - 1]! < world),
    'Expected each world once, "off" before "on"',
  ),
  v.readonly(),
);

export const instructionSchema = v.strictObject({ command: commandSchema, worlds: worldsSchema });
