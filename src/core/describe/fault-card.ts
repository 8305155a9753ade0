import type { Command } from '../command';
import { isBroken, type Condition, type SwitchCondition } from '../condition';
import { advance, decide } from '../decide/decide';
import type { Event } from '../event';
import type { FaultNumber } from '../fault';
import { isOnline, type Machine } from '../machine';
import { newestAreaCopy } from '../read-path';
import type { Refusal } from '../refusal';
import { failure, success, type Result } from '../result';
import { fold } from '../evolve';
import { sliceBurst, WRITES_PER_SLICE, type WriteBurst } from '../workload';

/** Why the card of a fault would do nothing now. */
export type CardUnavailable =
  | { readonly code: 'noSnapshot' }
  | { readonly code: 'faultedAlready'; readonly fault: FaultNumber }
  | { readonly code: 'brokenAlready' }
  | { readonly code: 'everyBlockCopied' }
  | { readonly code: 'volumeOffline' }
  /** The dry run met another fault first. */
  | { readonly code: 'anotherFaultFirst'; readonly fault: FaultNumber }
  | { readonly code: 'refused'; readonly refusal: Refusal }
  /** The dry run did not meet the fault within this many writes; 0: without any. */
  | { readonly code: 'notMet'; readonly writes: number };

type Card = Result<readonly Command[], CardUnavailable>;

/** Broken now, met by a write or by coming online later. */
const BREAKS: Readonly<Partial<Record<FaultNumber, SwitchCondition>>> = {
  3: 'diffMetadataCorrupt',
  4: 'kernelMemoryExhausted',
  5: 'pageFileTooSmall',
  7: 'diffDataWritesFail',
  13: 'diffMetadataWritesFail',
};

/** Broken while the volume is offline, and met when it comes online. */
const MET_ONLINE: Readonly<Partial<Record<FaultNumber, SwitchCondition>>> = {
  2: 'diffReadsFail',
  12: 'diffFileSystemDamaged',
};

/** The burst of a card never has more writes than this. */
const MAXIMUM_CARD_WRITES = 4_096;

function breaking(machine: Machine, condition: Condition): readonly Command[] {
  return isBroken(machine.conditions, condition) ? [] : [{ type: 'break', condition }];
}

function offlineFirst(machine: Machine, causes: readonly Command[]): readonly Command[] {
  return [
    ...(isOnline(machine) ? [{ type: 'takeOffline' } as const] : []),
    ...causes,
    { type: 'bringOnline' },
  ];
}

/** The lowest block whose next overwrite needs a copy, preferably one that holds something. */
function uncopiedBlock(machine: Machine): number | null {
  let empty: number | null = null;
  for (let block = 0; block < machine.settings.blockCount; block += 1) {
    if (newestAreaCopy(machine, block) !== null) continue;
    if (machine.live.get(block) !== 0) return block;
    empty ??= block;
  }
  return empty;
}

/** Commands that bring fault `fault` about at once; `null` for a cause that waits for a later copy, or for a burst. */
function commandsAtOnce(fault: FaultNumber, machine: Machine): readonly Command[] | null {
  const condition = MET_ONLINE[fault];
  if (condition !== undefined) return offlineFirst(machine, breaking(machine, { name: condition }));
  switch (fault) {
    case 1:
      return offlineFirst(machine, machine.diffVolumePresent ? [{ type: 'detachDiffVolume' }] : []);
    case 11:
      return [{ type: 'unexpectedError' }];
    case 14:
      return [{ type: 'detachDiffVolume' }];
    case 15:
      return [{ type: 'externalWrite', block: 0 }];
    case 16:
      return [
        ...(machine.clusterOfflinePrepared ? [] : [{ type: 'clusterPrepareOffline' } as const]),
        { type: 'bringOnline' },
      ];
    default:
      return null;
  }
}

interface DryRun {
  readonly events: readonly Event[];
  readonly machine: Machine;
}

function dryRun(machine: Machine, commands: readonly Command[]): Result<DryRun, CardUnavailable> {
  let after = machine;
  const events: Event[] = [];
  for (const command of commands) {
    const decided = decide(after, command);
    if (!decided.ok) return failure({ code: 'refused', refusal: decided.problem });
    events.push(...decided.value);
    after = fold(after, decided.value);
  }
  return success({ events, machine: after });
}

function faultMetIn(events: readonly Event[]): FaultNumber | null {
  return events.find((event) => event.type === 'faultMet')?.fault ?? null;
}

function checkedAtOnce(fault: FaultNumber, machine: Machine, commands: readonly Command[]): Card {
  const run = dryRun(machine, commands);
  if (!run.ok) return run;
  const met = faultMetIn(run.value.events);
  // At level ORIGINAL_VOLUME a missing diff volume is met by the first copy, or when the wait for it is over.
  const isPending = fault === 1 && run.value.machine.pendingUntilMs !== null;
  if (met === fault || isPending) return success(commands);
  if (met !== null) return failure({ code: 'anotherFaultFirst', fault: met });
  return failure(isOnline(machine) ? { code: 'notMet', writes: 0 } : { code: 'volumeOffline' });
}

function brokenForLater(machine: Machine, condition: Condition): Card {
  return isBroken(machine.conditions, condition)
    ? failure({ code: 'brokenAlready' })
    : success([{ type: 'break', condition }]);
}

function badBlock(machine: Machine): Card {
  const block = uncopiedBlock(machine);
  return block === null
    ? failure({ code: 'everyBlockCopied' })
    : brokenForLater(machine, { name: 'liveBadBlock', block });
}

function metByWrite(events: readonly Event[]): number {
  const met = events.findIndex(({ type }) => type === 'faultMet');
  return events.slice(0, met).filter(({ type }) => type === 'writeRequested').length;
}

/** First overwrites, one after the other, up to the one that meets the fault. */
function burstUntilMet(fault: FaultNumber, machine: Machine, first: readonly Command[]): Card {
  const broken = dryRun(machine, first);
  if (!broken.ok) return broken;
  const block = uncopiedBlock(machine);
  if (block === null) return failure({ code: 'everyBlockCopied' });
  const span = machine.settings.blockCount - block;
  const writes = Math.min(span, MAXIMUM_CARD_WRITES);
  const whole: WriteBurst = {
    type: 'writeBurst',
    order: 'sequential',
    block,
    span,
    from: 0,
    writes,
    seed: 1,
  };
  let after = broken.value.machine;
  for (const slice of sliceBurst(whole, WRITES_PER_SLICE)) {
    const decided = decide(after, slice);
    if (!decided.ok) return failure({ code: 'refused', refusal: decided.problem });
    const met = faultMetIn(decided.value);
    if (met === fault) {
      return success([...first, ...sliceBurst({ ...whole, writes: slice.from + metByWrite(decided.value) })]);
    }
    if (met !== null) return failure({ code: 'anotherFaultFirst', fault: met });
    const advanced = advance(after, slice);
    if (advanced.ok) after = advanced.value;
  }
  return failure({ code: 'notMet', writes });
}

/** At least this many copies fit before the fault can be met. */
function copiesBefore(fault: FaultNumber, { settings, maximumBlocks, allocated, used }: Machine): number {
  if (fault !== 8) return allocated - used;
  const limit = Math.min(maximumBlocks ?? settings.diffVolumeBlocks, settings.diffVolumeBlocks);
  return limit - settings.growthStepBlocks - used;
}

function burstOf(fault: FaultNumber, machine: Machine): Card {
  if (!isOnline(machine)) return failure({ code: 'volumeOffline' });
  if (copiesBefore(fault, machine) >= MAXIMUM_CARD_WRITES) {
    return failure({ code: 'notMet', writes: MAXIMUM_CARD_WRITES });
  }
  if (fault === 9) return burstUntilMet(fault, machine, breaking(machine, { name: 'growthSlow' }));
  if (fault === 10) return burstUntilMet(fault, machine, breaking(machine, { name: 'growthRefused' }));
  return burstUntilMet(fault, machine, []);
}

function planCard(fault: FaultNumber, machine: Machine): Card {
  if (machine.areas.length === 0) return failure({ code: 'noSnapshot' });
  if (machine.fault !== 0) return failure({ code: 'faultedAlready', fault: machine.fault });
  const condition = BREAKS[fault];
  if (condition !== undefined) return brokenForLater(machine, { name: condition });
  if (fault === 6) return badBlock(machine);
  const atOnce = commandsAtOnce(fault, machine);
  return atOnce === null ? burstOf(fault, machine) : checkedAtOnce(fault, machine, atOnce);
}

const planned = new WeakMap<Machine, Map<FaultNumber, Card>>();

/** A machine is a value: its cards are tried out once. */
function cardOf(fault: FaultNumber, machine: Machine): Card {
  const cards = planned.get(machine) ?? new Map<FaultNumber, Card>();
  planned.set(machine, cards);
  const card = cards.get(fault) ?? planCard(fault, machine);
  cards.set(fault, card);
  return card;
}

/**
 * The commands that cause fault `fault` on the machine as it stands, tried out in the engine. Empty when the card is
 * unavailable.
 */
export function cardCommands(fault: FaultNumber, machine: Machine): readonly Command[] {
  const card = cardOf(fault, machine);
  return card.ok ? card.value : [];
}

export function cardUnavailable(fault: FaultNumber, machine: Machine): CardUnavailable | null {
  const card = cardOf(fault, machine);
  return card.ok ? null : card.problem;
}
