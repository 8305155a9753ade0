import type { StorageProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { DOMAIN_SCHEMAS } from '../formats/domain-schemas';
import { openIndexedDbStore } from '../storage/indexed-db-store';
import type { LaboratoryStore } from '../storage/laboratory-store';

/** A page that was reloaded, or a worker that was replaced, takes a moment to let go. */
const LOCK_LIMIT_MS = 1_500;

/**
 * Opens the database of a laboratory, for this worker alone: two engines that commit into one laboratory would each
 * undo what the other one did.
 */
export async function openStore(databaseName: string): Promise<Result<LaboratoryStore, StorageProblem>> {
  const held = await holdLock(databaseName);
  if (!held.ok) return held;
  const release = held.value;
  const opened = await openIndexedDbStore({ databaseName, schemas: DOMAIN_SCHEMAS, onClose: release });
  if (!opened.ok) release();
  return opened;
}

/** Gives the function that releases the lock again. The browser does so itself when the worker ends. */
function holdLock(name: string): Promise<Result<() => void, StorageProblem>> {
  return new Promise((resolve) => {
    // Pages that are not served safely have no locks, and no other way to tell.
    if (!('locks' in navigator)) return resolve(success(() => {}));
    const signal = AbortSignal.timeout(LOCK_LIMIT_MS);
    const hold = (): Promise<void> => new Promise((release) => resolve(success(release)));
    navigator.locks.request(name, { signal }, hold).catch((error: unknown) => {
      if (signal.aborted) resolve(failure({ kind: 'otherTab' }));
      else resolve(failure({ kind: 'unavailable', detail: String(error) }));
    });
  });
}
