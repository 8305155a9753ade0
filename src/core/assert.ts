/** Stops on a state that the core itself must never produce. Outside input is refused as a value instead. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}

/** The value, when it must be there by construction. */
export function required<Value>(value: Value | undefined | null, message: string): Value {
  assert(value !== undefined && value !== null, message);
  return value;
}

/** A `switch` that handles every case ends here, so that a new case fails to compile. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
