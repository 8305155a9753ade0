import * as v from 'valibot';
import type { Command } from '../core/command';
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

/** In files, and in rows of format 3 and before, it is a plain list. */
const replayedWritesSchema = v.pipe(
  v.custom<Uint32Array | readonly number[]>(
    (value) =>
      (value instanceof Uint32Array || (Array.isArray(value) && value.every(isUint32))) &&
      value.length % 2 === 0 &&
      value.length <= 2 * MAXIMUM_REPLAY_WRITES,
    `Expected at most ${MAXIMUM_REPLAY_WRITES} pairs of whole numbers from 0 to 4,294,967,295`,
  ),
  v.transform((writes) => (writes instanceof Uint32Array ? writes : Uint32Array.from(writes))),
);

function isUint32(value: unknown): boolean {
  return typeof value === 'number' && value >>> 0 === value;
}

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

/** A command as JSON can hold it: a typed array would lose its form. */
export function plainCommand(command: Command): object {
  return command.type === 'replayWrites' ? { ...command, writes: Array.from(command.writes) } : command;
}
