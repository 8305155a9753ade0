import * as v from 'valibot';
import type { Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';

/** What is wrong first, and where. */
function flawOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Flaw {
  return { place: v.getDotPath(issues[0]) ?? '', reason: issues[0].message };
}

/** The gate between what came from outside and what is trusted. */
export function parseWith<Value>(
  schema: v.GenericSchema<unknown, Value>,
  untrusted: unknown,
): Result<Value, Flaw> {
  const parsed = v.safeParse(schema, untrusted);
  return parsed.success ? success(parsed.output) : failure(flawOf(parsed.issues));
}
