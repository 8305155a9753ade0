import * as v from 'valibot';
import { WORLD_IDS } from '../core/scenario';
import type { Damage, EngineProblem, StorageProblem, StorageStatus } from '../core/problem';
import type { SchemaOf } from './domain';
import { refusalSchema } from './refusal-schema';

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const storageProblemSchema: SchemaOf<StorageProblem> = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['blocked', 'otherTab', 'quota', 'closed']) }),
  v.strictObject({ kind: v.picklist(['unavailable', 'aborted']), detail: v.string() }),
  v.strictObject({ kind: v.literal('newerFormat'), format: v.number() }),
]);

export const storageStatusSchema: SchemaOf<StorageStatus> = v.variant('kind', [
  v.strictObject({ kind: v.literal('stored') }),
  v.strictObject({ kind: v.literal('memory'), reason: storageProblemSchema }),
]);

const damageSchema: SchemaOf<Damage> = v.variant('kind', [
  v.strictObject({ kind: v.literal('recordUnreadable'), record: natural, reason: v.string() }),
  v.strictObject({ kind: v.literal('branchShortened'), branch: natural, record: natural }),
  v.strictObject({ kind: v.literal('branchLost'), branch: natural, reason: v.string() }),
  v.strictObject({ kind: v.literal('recordsUnreachable'), records: v.array(natural) }),
  v.strictObject({ kind: v.literal('stateRebuilt'), reason: v.string(), branches: natural }),
  v.strictObject({
    kind: v.literal('blockRebuilt'),
    world: v.picklist(WORLD_IDS),
    part: v.picklist(['block', 'slot']),
    number: natural,
    reason: v.string(),
  }),
  v.strictObject({
    kind: v.literal('contentDamaged'),
    start: natural,
    contents: v.array(natural),
    reason: v.string(),
  }),
  v.strictObject({ kind: v.literal('rowUnknown'), key: v.string() }),
]);

export const damagesSchema: SchemaOf<readonly Damage[]> = v.array(damageSchema);

export const engineProblemSchema: SchemaOf<EngineProblem> = v.variant('kind', [
  v.strictObject({ kind: v.literal('refused'), refusal: refusalSchema }),
  v.strictObject({ kind: v.literal('malformed'), place: v.string(), reason: v.string() }),
  v.strictObject({ kind: v.picklist(['notOpen', 'nothingToUndo', 'cancelled']) }),
  v.strictObject({ kind: v.picklist(['branchUnknown', 'branchInUse']), branch: natural }),
  v.strictObject({ kind: v.literal('positionOutside'), position: natural, length: natural }),
  v.strictObject({ kind: v.literal('tooMuch'), what: v.picklist(['records', 'branches']), limit: natural }),
  v.strictObject({ kind: v.picklist(['notCommitted', 'notRead']), problem: storageProblemSchema }),
  v.strictObject({
    kind: v.picklist(['invariantBroken', 'internal', 'workerDied']),
    detail: v.string(),
  }),
]);
