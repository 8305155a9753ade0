import type * as v from 'valibot';
import type { LaboratoryState } from '../core/laboratory';
import type { LogRecord } from '../core/log-record';
import type { Instruction, Scenario, WorldId } from '../core/scenario';
import type { RunOrigin } from '../core/story';

/** Recognises a value of the core in something that came from outside. */
export type SchemaOf<Value> = v.GenericSchema<unknown, Value>;

/**
 * How the core's values are recognised inside a message. Files recognise the same values, so whoever reads messages
 * brings the schemas along.
 */
export interface DomainSchemas {
  readonly instruction: SchemaOf<Instruction>;
  readonly worlds: SchemaOf<readonly WorldId[]>;
  readonly runOrigin: SchemaOf<RunOrigin>;
  /** As a new laboratory may have it: stricter than what is kept. */
  readonly newScenario: SchemaOf<Scenario>;
  readonly branchName: SchemaOf<string>;
  readonly record: SchemaOf<LogRecord>;
  readonly records: SchemaOf<readonly LogRecord[]>;
  readonly state: SchemaOf<LaboratoryState>;
}
