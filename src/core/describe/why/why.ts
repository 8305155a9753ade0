import type { History } from '../../history';
import { commanded, Inquiry, type Reasons } from './inquiry';
import type { Cause } from './cause';
import { FAULT_REASONS } from './of-fault';
import { SNAPSHOT_REASONS } from './of-snapshot';
import { VOLUME_REASONS } from './of-volume';
import { WRITE_REASONS } from './of-write';

const REASONS: Reasons = { ...WRITE_REASONS, ...SNAPSHOT_REASONS, ...FAULT_REASONS, ...VOLUME_REASONS };

/**
 * Why the last step before `position` happened in a world: the chain from its nearest cause back to a command. Empty
 * when nothing happened in that world.
 */
export function explain(history: History, position: number, worldIndex: number): readonly Cause[] {
  const inquiry = new Inquiry(history, worldIndex, REASONS);
  const at = inquiry.at(position);
  if (at === null) return [];
  const causes = inquiry.causesOf(at);
  return causes.at(-1)?.fact.kind === 'command' ? causes : [...causes, commanded(at)];
}
