import type { Command } from '../../src/core/command';
import { advance } from '../../src/core/decide/decide';
import { createMachine, DEFAULT_SETTINGS, existingSnapshots, type Machine } from '../../src/core/machine';
import { randomBelow } from '../../src/core/random';

/** A machine of any size with a diff area that grows up to half of its volume. */
export function machineOf(blockCount: number): Machine {
  const diffVolumeBlocks = Math.max(8, Math.floor(blockCount / 2));
  const settings = {
    ...DEFAULT_SETTINGS,
    blockCount,
    diffVolumeBlocks,
    initialBlocks: Math.floor(diffVolumeBlocks / 4),
    growthStepBlocks: Math.max(1, Math.floor(diffVolumeBlocks / 16)),
    maximumBlocks: Math.floor(diffVolumeBlocks * 0.9),
  };
  return createMachine(settings, 'ORIGINAL_VOLUME');
}

/** Machines one after another, of one life: snapshots come and go, blocks are written, go bad and are repaired. */
export function* lifeOf(blockCount: number, seed: number, commands: number): Generator<Machine> {
  let machine = machineOf(blockCount);
  for (let index = 0; index < commands; index += 1) {
    const advanced = advance(machine, commandFor(machine, seed, index));
    if (advanced.ok) machine = advanced.value;
    yield machine;
  }
}

/** The last of them, which has at least one snapshot. */
export function livedMachine(blockCount: number, seed: number): Machine {
  const lived = [...lifeOf(blockCount, seed, 40)].findLast(
    (machine) => existingSnapshots(machine).length > 0,
  );
  if (lived === undefined) throw new Error(`No machine of seed ${seed} has a snapshot`);
  return lived;
}

function commandFor(machine: Machine, seed: number, index: number): Command {
  const { blockCount } = machine.settings;
  const draw = (draws: number, below: number): number => randomBelow(seed, index * 8 + draws, below);
  const block = draw(1, blockCount);
  const span = Math.min(blockCount - block, 1 + draw(2, Math.ceil(blockCount / 8)));
  const snapshots = existingSnapshots(machine);
  const snapshot = snapshots[draw(3, Math.max(1, snapshots.length))]?.snapshot ?? 1;
  const writes = 1 + draw(4, Math.min(64, span));
  const order = draw(5, 2) === 0 ? 'random' : 'sequential';
  switch (draw(0, 12)) {
    case 0:
    case 1:
      return { type: 'createSnapshot' };
    case 2:
      return { type: 'deleteSnapshot', snapshot };
    case 3:
      return { type: 'break', condition: { name: 'liveBadBlock', block } };
    case 4:
      return repairOf(machine) ?? { type: 'wait', durationMs: 10 };
    case 5:
      return { type: 'revertToSnapshot', snapshot };
    case 6:
      return { type: 'externalWrite', block: draw(6, machine.settings.diffVolumeBlocks) };
    default:
      return { type: 'writeBurst', order, block, span, from: 0, writes, seed: seed + index };
  }
}

function repairOf({ conditions }: Machine): Command | null {
  const [block] = conditions.liveBadBlocks;
  return block === undefined ? null : { type: 'repair', condition: { name: 'liveBadBlock', block } };
}
