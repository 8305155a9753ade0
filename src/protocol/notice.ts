import * as v from 'valibot';
import type { LogRecord } from '../core/log-record';
import type { LaboratoryState } from '../core/laboratory';
import type { Damage, StorageStatus } from '../core/problem';
import type { Result } from '../core/result';
import type { EngineProblem } from '../core/problem';
import type { Answer } from './answer';
import type { DomainSchemas, SchemaOf } from './domain';
import { damagesSchema, storageStatusSchema } from './problem-schema';

/** What the engine says without being asked. */
export type Notice =
  /** A part of a long job is committed, with these records. The answer to the request brings those of the last part. */
  | {
      readonly type: 'progress';
      readonly request: number;
      readonly doneWrites: number;
      readonly totalWrites: number;
      readonly state: LaboratoryState;
      readonly records: readonly LogRecord[];
    }
  | { readonly type: 'storageChanged'; readonly storage: StorageStatus }
  | { readonly type: 'damaged'; readonly damages: readonly Damage[] };

/** What the worker posts. `result` is looked at by the type of the request that it answers. */
export type EngineMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<Answer, EngineProblem> }
  | { readonly kind: 'notice'; readonly notice: Notice };

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

function noticeSchema(domain: DomainSchemas): SchemaOf<Notice> {
  return v.variant('type', [
    v.strictObject({
      type: v.literal('progress'),
      request: natural,
      doneWrites: natural,
      totalWrites: natural,
      state: domain.state,
      records: domain.records,
    }),
    v.strictObject({ type: v.literal('storageChanged'), storage: storageStatusSchema }),
    v.strictObject({ type: v.literal('damaged'), damages: damagesSchema }),
  ]);
}

/** The envelope of what the worker posts: which of the two it is, and which request it answers. */
export function engineMessageSchema(domain: DomainSchemas) {
  return v.variant('kind', [
    v.strictObject({ kind: v.literal('answer'), id: natural, result: v.unknown() }),
    v.strictObject({ kind: v.literal('notice'), notice: noticeSchema(domain) }),
  ]);
}
