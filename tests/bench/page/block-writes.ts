import { advance } from '../../../src/core/decide/decide';
import type { Command } from '../../../src/core/command';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../src/core/machine';
import { randomBelow } from '../../../src/core/random';

const BLOCKS = 65_536;
const SNAPSHOTS = 8;

/** After each snapshot as many random block writes as there are blocks: about 63 % of them have to copy. */
const WRITES_PER_SNAPSHOT = BLOCKS;

/** Room for every copy from the start: growth is not what is measured. */
const SLOTS = SNAPSHOTS * BLOCKS;

export interface BlockWritesRun {
  readonly writes: number;
  readonly copies: number;
  readonly engineMs: number;
  readonly controlMs: number;
}

/** One run of each, the same writes in the same order, so that their ratio is worth more than either figure. */
export function measureBlockWrites(seed: number): BlockWritesRun {
  const start = newMachine();
  const engineFrom = performance.now();
  const machine = writeByEngine(start, seed);
  const controlFrom = performance.now();
  const controlCopies = writeByControl(seed);
  const end = performance.now();
  if (machine.used !== controlCopies) throw new Error(`${machine.used} copies, the control ${controlCopies}`);
  return {
    writes: SNAPSHOTS * WRITES_PER_SNAPSHOT,
    copies: machine.used,
    engineMs: controlFrom - engineFrom,
    controlMs: end - controlFrom,
  };
}

function newMachine(): Machine {
  const settings = {
    ...DEFAULT_SETTINGS,
    blockCount: BLOCKS,
    diffVolumeBlocks: SLOTS,
    initialBlocks: SLOTS,
    maximumBlocks: null,
  };
  return createMachine(settings, 'SNAPSHOT');
}

function writeByEngine(start: Machine, seed: number): Machine {
  let machine = start;
  for (let snapshot = 0; snapshot < SNAPSHOTS; snapshot += 1) {
    machine = carriedOut(machine, { type: 'createSnapshot' });
    machine = carriedOut(machine, {
      type: 'writeBurst',
      order: 'random',
      block: 0,
      span: BLOCKS,
      from: snapshot * WRITES_PER_SNAPSHOT,
      writes: WRITES_PER_SNAPSHOT,
      seed,
    });
  }
  return machine;
}

function carriedOut(machine: Machine, command: Command): Machine {
  const advanced = advance(machine, command);
  if (!advanced.ok) throw new Error(`${command.type} was refused: ${advanced.problem.code}`);
  return advanced.value;
}

/** The floor: the bookkeeping alone, in bare typed arrays, for the newest area only. Gives the number of copies. */
function writeByControl(seed: number): number {
  const live = new Uint32Array(BLOCKS);
  const newestCopy = new Uint32Array(BLOCKS);
  const copied = new Uint32Array(BLOCKS / 32);
  const diffContents = new Uint32Array(SLOTS);
  const slotArea = new Uint32Array(SLOTS);
  const slotBlock = new Uint32Array(SLOTS);
  const slotOlder = new Uint32Array(SLOTS);
  let slot = 0;
  let index = 0;
  for (let snapshot = 1; snapshot <= SNAPSHOTS; snapshot += 1) {
    copied.fill(0);
    for (const end = snapshot * WRITES_PER_SNAPSHOT; index < end; index += 1) {
      const block = randomBelow(seed, index, BLOCKS);
      const bit = 1 << (block & 31);
      if ((copied[block >>> 5]! & bit) === 0) {
        copied[block >>> 5]! |= bit;
        diffContents[slot] = live[block]!;
        slotArea[slot] = snapshot;
        slotBlock[slot] = block;
        slotOlder[slot] = newestCopy[block]!;
        slot += 1;
        newestCopy[block] = slot;
      }
      live[block] = index + 1;
    }
  }
  return slot;
}
