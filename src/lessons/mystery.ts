import { faultEntry } from '../core/catalogue/fault';
import type { Command } from '../core/command';
import type { FaultNumber } from '../core/fault';
import type { Expectation } from '../core/lesson/expectation';
import type { MachineSettings } from '../core/machine';
import { randomBelow } from '../core/random';
import type { Scenario, WorldId } from '../core/scenario';
import {
  ATTACH,
  broken,
  burst,
  CLEAR,
  DETACH,
  fault,
  inWorld,
  IS_ONLINE,
  OFFLINE,
  ONLINE,
  oneWorld,
  readLive,
  SNAPSHOT,
  snapshots,
  write,
} from './making';

/** A machine to which something has happened: the learner sees what came of it, and finds out which fault it was. */
export interface Mystery {
  readonly fault: FaultNumber;
  readonly scenario: Scenario;
  readonly commands: readonly Command[];
  /** The way out, which proves the answer. */
  readonly repair: readonly Command[];
  /** What holds when the answer is proved. */
  readonly goal: readonly Expectation[];
}

/** Draws whole numbers from a seed, one after the other. */
class Lot {
  readonly #seed: number;
  #drawn = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  below(count: number): number {
    this.#drawn += 1;
    return randomBelow(this.#seed, this.#drawn, count);
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}

const SUBJECTS = ['the accounts', 'the letters', 'the plan', 'the catalogue', 'the diary', 'the prices'];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/** Blocks below this one are used before the fault; the ones from it on still need their first copy. */
const FRESH = 12;
const ROOM: Partial<MachineSettings> = { blockCount: 32, diffVolumeBlocks: 32, maximumBlocks: 32 };
const NO_ROOM: Partial<MachineSettings> = {
  ...ROOM,
  initialBlocks: 4,
  maximumBlocks: 4,
  growthStepBlocks: 4,
};

/** The same faults and seed give the same mystery. `faults`: those that may be drawn. */
export function drawMystery(faults: readonly FaultNumber[], seed: number): Mystery {
  const lot = new Lot(seed);
  const drawn = lot.oneOf(faults);
  const world: WorldId = canTellWithoutProtection(drawn, faults) && lot.below(3) === 0 ? 'off' : 'on';
  const before = innocent(lot);
  const kept = before.filter(({ type }) => type === 'createSnapshot').length;
  const cause = causeOf(drawn, lot);
  const after = [readLive(lot.below(FRESH)), write(lot.below(FRESH), textOf(lot))];
  return {
    fault: drawn,
    scenario: oneWorld(world, drawn === 8 ? NO_ROOM : ROOM),
    commands: [...before, ...cause, ...after],
    ...(world === 'on' ? wayBack(drawn, cause, kept) : newStart(drawn, cause)),
  };
}

/** With protection off only the log and the moment tell, and some faults leave the same events. */
function canTellWithoutProtection(drawn: FaultNumber, faults: readonly FaultNumber[]): boolean {
  const traces = (number: FaultNumber): readonly string[] =>
    faultEntry(number).eventsOriginal.map((events) => events.join());
  const own = traces(drawn);
  // Fault 1 is met only by what comes after it, and fault 8 must leave another trace than an order of its own.
  if (own.length === 0 || drawn === 1) return false;
  return faults.every((other) => other === drawn || !traces(other).some((trace) => own.includes(trace)));
}

function textOf(lot: Lot): string {
  return `${lot.oneOf(DAYS)}: ${lot.oneOf(SUBJECTS)}`;
}

/** What happened before: writes, one or two snapshots, and at most one copy in each area. */
function innocent(lot: Lot): readonly Command[] {
  const blocks = Array.from({ length: 2 + lot.below(4) }, (_, index) => (index * 5 + lot.below(5)) % FRESH);
  const commands: Command[] = blocks.map((block) => write(block, textOf(lot)));
  for (let count = 1 + lot.below(2); count > 0; count -= 1) {
    commands.push(SNAPSHOT);
    if (lot.below(2) === 0) commands.push(write(lot.oneOf(blocks), textOf(lot)));
    if (lot.below(3) === 0) commands.push(readLive(lot.oneOf(blocks)));
  }
  return commands;
}

const BROKEN_BEFORE_COPY = {
  3: 'diffMetadataCorrupt',
  4: 'kernelMemoryExhausted',
  5: 'pageFileTooSmall',
  7: 'diffDataWritesFail',
  13: 'diffMetadataWritesFail',
} as const;

function causeOf(number: FaultNumber, lot: Lot): readonly Command[] {
  const fresh = FRESH + lot.below(4);
  switch (number) {
    case 1:
      return [OFFLINE, DETACH, ONLINE];
    case 2:
      return [OFFLINE, broken('diffReadsFail'), ONLINE];
    case 3:
    case 4:
    case 5:
    case 7:
    case 13:
      return [broken(BROKEN_BEFORE_COPY[number]), write(fresh, textOf(lot))];
    case 6:
      return [
        { type: 'break', condition: { name: 'liveBadBlock', block: fresh } },
        write(fresh, textOf(lot)),
      ];
    case 8:
      return [burst(fresh, 5)];
    case 9:
      return [broken('growthSlow'), burst(fresh, 12)];
    case 10:
      return [broken('growthRefused'), burst(fresh, 12)];
    case 11:
      return [{ type: 'unexpectedError' }];
    case 12:
      return [OFFLINE, broken('diffFileSystemDamaged'), ONLINE];
    case 14:
      return [DETACH];
    case 15:
      return [{ type: 'externalWrite', block: lot.below(8) }];
    case 16:
      return [{ type: 'clusterPrepareOffline' }, ONLINE];
  }
}

/** The commands that undo a cause: whatever is broken is repaired, whatever is away comes back. */
function undoing(cause: readonly Command[]): readonly Command[] {
  return cause.flatMap((command): readonly Command[] => {
    if (command.type === 'break') return [{ type: 'repair', condition: command.condition }];
    if (command.type === 'detachDiffVolume') return [ATTACH];
    return command.type === 'clusterPrepareOffline' ? [{ type: 'clusterFinishFailover' }] : [];
  });
}

/** Under protection: the I/O is back, and every snapshot is kept. */
function wayBack(
  number: FaultNumber,
  cause: readonly Command[],
  kept: number,
): Pick<Mystery, 'repair' | 'goal'> {
  const goal = inWorld('on', IS_ONLINE, fault(0), snapshots(kept));
  if (number === 1) return { repair: [ATTACH], goal };
  if (number === 8) return { repair: [CLEAR, { type: 'resizeDiffArea', maximumBlocks: 32 }], goal };
  return { repair: [...undoing(cause), CLEAR], goal };
}

/** Without it the snapshots are gone: a new one survives a first write, which needs what was broken. */
function newStart(number: FaultNumber, cause: readonly Command[]): Pick<Mystery, 'repair' | 'goal'> {
  const room: readonly Command[] = number === 8 ? [{ type: 'resizeDiffArea', maximumBlocks: 32 }] : [];
  return {
    repair: [...undoing(cause), ...room, SNAPSHOT, burst(0, 6)],
    goal: inWorld('off', IS_ONLINE, { kind: 'used', blocks: 6 }),
  };
}
