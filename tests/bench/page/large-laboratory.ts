import type { Command } from '../../../src/core/command';
import { History } from '../../../src/core/history';
import type { LogRecord } from '../../../src/core/log-record';
import { DEFAULT_SETTINGS } from '../../../src/core/machine';
import type { Scenario } from '../../../src/core/scenario';
import { sliceBurst } from '../../../src/core/workload';
import { laboratoryFile } from './laboratory-file';
import { carryOut } from './long-history';

/** 128 MiB. */
const BLOCKS = 8_192;

const SCENARIO: Scenario = {
  settings: {
    ...DEFAULT_SETTINGS,
    blockCount: BLOCKS,
    diffVolumeBlocks: BLOCKS,
    initialBlocks: BLOCKS,
    maximumBlocks: null,
  },
  worlds: ['off'],
};

/** A volume that was filled and, under a snapshot, overwritten once: 256 MiB of blocks and copies, no two alike. */
export function largeLaboratory(): { readonly text: string; readonly steps: number } {
  const history = new History(SCENARIO);
  const records: LogRecord[] = [];
  const commands = [...everyBlock(1), { type: 'createSnapshot' } as const, ...everyBlock(2)];
  for (const command of commands) carryOut(history, records, command);
  const { length: steps } = history;
  return { text: laboratoryFile('256 MiB', SCENARIO, records, steps), steps };
}

function everyBlock(seed: number): readonly Command[] {
  const where = { order: 'sequential', block: 0, span: BLOCKS } as const;
  return sliceBurst({ type: 'writeBurst', ...where, from: 0, writes: BLOCKS, seed });
}
