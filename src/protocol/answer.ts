import * as v from 'valibot';
import { BLOCK_SIZE_BYTES } from '../core/block';
import type { LogRecord } from '../core/log-record';
import type { LaboratoryState } from '../core/laboratory';
import type { Damage, EngineProblem, StorageStatus } from '../core/problem';
import type { Refusal } from '../core/refusal';
import type { Result } from '../core/result';
import type { DomainSchemas, SchemaOf } from './domain';
import { damagesSchema, engineProblemSchema, storageStatusSchema } from './problem-schema';
import { refusalSchema } from './refusal-schema';
import type { RequestType } from './request';

/** The whole laboratory. The page makes its histories from `records`: their order is that of their numbers. */
export interface OpenedLaboratory {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
  /** What branches begin from, as plain data; absent when all of them begin new. */
  readonly starts?: readonly unknown[];
  readonly storage: StorageStatus;
  readonly damages: readonly Damage[];
}

/** What a request changed: the new state, the records that it added and the numbers of those that it removed. */
export interface ChangedLaboratory {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
  readonly removedRecords: readonly number[];
  /** The starts that it added, as plain data; absent when it added none. */
  readonly starts?: readonly unknown[];
}

export interface ActedLaboratory extends ChangedLaboratory {
  /** Per world of the branch: what it said to the last command that was carried out. */
  readonly refusals: readonly (Refusal | null)[];
  /** Why a burst ended before all of it was written; the records told so far are how far it came. `null`: it is complete. */
  readonly stoppedBy: EngineProblem | null;
}

/** The bytes as they lie in the store, and whether they are what the log says. */
export interface StoredBytes {
  /** The stamp that the log gives the place; 0: never written. */
  readonly stamp: number;
  /** `null`: there is no row, which reads as zeros. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly agreesWithLog: boolean;
}

/** Contents that a start brought along, as they lie in the store. */
export interface KeptContents {
  /** 16 KiB each; `null`: they are not there. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** By place among the bytes: those that are not what the start says. */
  readonly damaged: readonly number[];
}

export interface Answers {
  readonly open: OpenedLaboratory;
  readonly act: ActedLaboratory;
  readonly openRun: ChangedLaboratory;
  readonly newLaboratory: ChangedLaboratory;
  readonly trim: ChangedLaboratory;
  readonly startOver: ChangedLaboratory;
  readonly undoStartOver: ChangedLaboratory;
  readonly switchBranch: ChangedLaboratory;
  readonly nameBranch: ChangedLaboratory;
  readonly deleteBranch: ChangedLaboratory;
  readonly remember: ChangedLaboratory;
  readonly readStored: StoredBytes;
  readonly beginVolume: ChangedLaboratory;
  readonly keepContents: { readonly isKept: true };
  readonly dropContents: { readonly isKept: false };
  readonly startVolume: ChangedLaboratory;
  readonly readContents: KeptContents;
  readonly importLaboratory: ChangedLaboratory;
}

export type Answer = Answers[RequestType];

export type AnswerResult<Type extends RequestType = RequestType> = Result<Answers[Type], EngineProblem>;

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const storedBytesSchema: SchemaOf<StoredBytes> = v.strictObject({
  stamp: natural,
  bytes: v.nullable(
    v.custom<Uint8Array<ArrayBuffer>>(
      (value) => value instanceof Uint8Array && value.length === BLOCK_SIZE_BYTES,
      'Expected the bytes of a block',
    ),
  ),
  agreesWithLog: v.boolean(),
});

type AnswerSchemas = { readonly [Type in RequestType]: SchemaOf<Answers[Type]> };

/** How the answer to each type of request is recognised. */
export function answerSchemas(domain: DomainSchemas): AnswerSchemas {
  const starts = v.exactOptional(v.array(v.unknown()));
  const change = { state: domain.state, records: domain.records, removedRecords: v.array(natural), starts };
  const changed = v.strictObject(change);
  return {
    open: v.strictObject({
      state: domain.state,
      records: domain.records,
      starts,
      storage: storageStatusSchema,
      damages: damagesSchema,
    }),
    act: v.strictObject({
      ...change,
      refusals: v.array(v.nullable(refusalSchema)),
      stoppedBy: v.nullable(engineProblemSchema),
    }),
    openRun: changed,
    newLaboratory: changed,
    trim: changed,
    startOver: changed,
    undoStartOver: changed,
    switchBranch: changed,
    nameBranch: changed,
    deleteBranch: changed,
    remember: changed,
    readStored: storedBytesSchema,
    beginVolume: changed,
    keepContents: v.strictObject({ isKept: v.literal(true) }),
    dropContents: v.strictObject({ isKept: v.literal(false) }),
    startVolume: changed,
    readContents: v.strictObject({
      bytes: v.nullable(v.instance(Uint8Array<ArrayBuffer>)),
      damaged: v.array(natural),
    }),
    importLaboratory: changed,
  };
}

export function answerResultSchema<Type extends RequestType>(
  answer: SchemaOf<Answers[Type]>,
): SchemaOf<AnswerResult<Type>> {
  return v.variant('ok', [
    v.strictObject({ ok: v.literal(true), value: answer }),
    v.strictObject({ ok: v.literal(false), problem: engineProblemSchema }),
  ]);
}
