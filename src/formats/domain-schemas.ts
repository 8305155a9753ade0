import { instructionSchema, worldsSchema } from './command-schema';
import {
  branchNameSchema,
  laboratoryStateSchema,
  logRecordSchema,
  logRecordsSchema,
  newScenarioSchema,
  runOriginSchema,
} from './laboratory-schema';

/** How the values that travel in messages and lie in the store are recognised. */
export const DOMAIN_SCHEMAS = {
  instruction: instructionSchema,
  worlds: worldsSchema,
  runOrigin: runOriginSchema,
  newScenario: newScenarioSchema,
  branchName: branchNameSchema,
  record: logRecordSchema,
  records: logRecordsSchema,
  state: laboratoryStateSchema,
};
