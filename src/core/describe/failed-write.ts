import type { Command } from '../command';
import type { History } from '../history';
import { burstBlock } from '../workload';

/** The first write of a history of one world that failed, as a command to try it again; of a burst only that write. */
export function failedWrite(history: History): Command | null {
  for (const { record, digests } of history.entries) {
    const { command } = record.instruction;
    const { completed, failed } = digests[0]!;
    if (failed === 0) continue;
    if (command.type === 'write') return command;
    if (command.type !== 'writeBurst') continue;
    const block = burstBlock(command, command.from + completed);
    return { type: 'write', block, count: 1, content: { kind: 'pattern', seed: block } };
  }
  return null;
}
