import { describe, expect, it } from 'vitest';
import type { Command, CommandType } from '../../src/core/command';
import {
  apiArgumentOf,
  apiCallOf,
  captionOfCommand,
  captionOfInstruction,
  COMMAND_LABELS,
} from '../../src/words/commands';

const BURST = { type: 'writeBurst', block: 32, span: 32, from: 0, writes: 6, seed: 1 } as const;

/** Every command with what its caption must be: a command without a line does not compile. */
const CAPTIONS: {
  readonly [Type in CommandType]: readonly (readonly [Command & { readonly type: Type }, string])[];
} = {
  write: [
    [{ type: 'write', block: 9, count: 1, content: { kind: 'text', text: '' } }, 'Write block 9'],
    [{ type: 'write', block: 9, count: 4, content: { kind: 'text', text: '' } }, 'Write blocks 9 to 12'],
  ],
  writeBurst: [
    [{ ...BURST, order: 'sequential' }, 'Write blocks 32 to 37, one by one'],
    [{ ...BURST, order: 'sequential', from: 31, writes: 1 }, 'Write block 63, one by one'],
    [{ ...BURST, order: 'sequential', from: 30, writes: 64 }, 'Write 64 blocks in a row from block 62'],
    [{ ...BURST, order: 'random' }, 'Write 6 random blocks of 32 to 63'],
  ],
  replayWrites: [
    [
      { type: 'replayWrites', from: 256, writes: Uint32Array.of(9, 1, 3, 4) },
      'Replay writes 257 to 258 of a trace',
    ],
    [{ type: 'replayWrites', from: 0, writes: Uint32Array.of(9, 1) }, 'Replay write 1 of a trace'],
  ],
  read: [
    [{ type: 'read', block: 18, from: 'live' }, 'Read block 18'],
    [{ type: 'read', block: 18, from: { snapshot: 2 } }, 'Read block 18 of snapshot 2'],
  ],
  createSnapshot: [[{ type: 'createSnapshot' }, 'Create snapshot']],
  deleteSnapshot: [[{ type: 'deleteSnapshot', snapshot: 3 }, 'Delete snapshot 3']],
  revertToSnapshot: [[{ type: 'revertToSnapshot', snapshot: 3 }, 'Revert to snapshot 3']],
  setProtectionLevel: [
    [{ type: 'setProtectionLevel', level: 'SNAPSHOT' }, 'Turn protection on'],
    [{ type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }, 'Turn protection off'],
  ],
  clearProtectionFault: [[{ type: 'clearProtectionFault' }, 'Clear protection fault']],
  deleteUnusedDiffAreas: [[{ type: 'deleteUnusedDiffAreas' }, 'Delete unused diff areas']],
  resizeDiffArea: [
    [{ type: 'resizeDiffArea', maximumBlocks: 48 }, 'Set the maximum of the diff area to 48 blocks'],
    [{ type: 'resizeDiffArea', maximumBlocks: null }, 'Remove the maximum of the diff area'],
  ],
  takeOffline: [[{ type: 'takeOffline' }, 'Take volume offline']],
  bringOnline: [[{ type: 'bringOnline' }, 'Bring volume online']],
  detachDiffVolume: [[{ type: 'detachDiffVolume' }, 'Detach diff volume']],
  attachDiffVolume: [[{ type: 'attachDiffVolume' }, 'Attach diff volume']],
  externalWrite: [
    [{ type: 'externalWrite', block: 3 }, 'Another program writes to block 3 of the diff volume'],
  ],
  break: [
    [{ type: 'break', condition: { name: 'diffDataWritesFail' } }, 'Break: writes to the diff volume fail'],
    [
      { type: 'break', condition: { name: 'liveBadBlock', block: 9 } },
      'Break: block 9 of the live volume is bad',
    ],
  ],
  repair: [
    [
      { type: 'repair', condition: { name: 'diffDataWritesFail' } },
      'Repair: the diff volume takes data again',
    ],
  ],
  wait: [
    [{ type: 'wait', durationMs: 300_000 }, 'Wait 5 min'],
    [{ type: 'wait', durationMs: 12 }, 'Wait 12 ms'],
  ],
  clusterPrepareOffline: [[{ type: 'clusterPrepareOffline' }, 'Prepare cluster failover']],
  clusterFinishFailover: [[{ type: 'clusterFinishFailover' }, 'Finish cluster failover']],
  unexpectedError: [[{ type: 'unexpectedError' }, 'Unexpected error']],
};

const LINES: readonly (readonly [command: Command, caption: string])[] = Object.values(CAPTIONS).flat();

describe('the caption of every command', () => {
  it.each(LINES)('%o: %s', (command, caption) => {
    expect(captionOfCommand(command)).toBe(caption);
    expect(COMMAND_LABELS[command.type]).toMatch(/^[A-Z]/);
  });
});

it('names the world when only one of two is meant', () => {
  const command: Command = { type: 'createSnapshot' };
  expect(captionOfInstruction({ command, worlds: ['off', 'on'] }, ['off', 'on'])).toBe('Create snapshot');
  expect(captionOfInstruction({ command, worlds: ['on'] }, ['on'])).toBe('Create snapshot');
  expect(captionOfInstruction({ command, worlds: ['on'] }, ['off', 'on'])).toBe(
    'Create snapshot (Protection on only)',
  );
});

it('names the management call behind a command, with the argument that it decides', () => {
  const calls = LINES.map(([command]) => [apiCallOf(command), apiArgumentOf(command)]).filter(
    ([call]) => call !== null,
  );
  expect(calls).toEqual([
    ['SetVolumeProtectLevel', 'VSS_PROTECTION_LEVEL_SNAPSHOT'],
    ['SetVolumeProtectLevel', 'VSS_PROTECTION_LEVEL_ORIGINAL_VOLUME'],
    ['ClearVolumeProtectFault', null],
    ['DeleteUnusedDiffAreas', null],
    ['ChangeDiffAreaMaximumSize', '786432'],
    ['ChangeDiffAreaMaximumSize', '-1'],
  ]);
});
