import type { Traces } from '../../core/describe/traces';
import type { Event } from '../../core/event';
import type { Machine } from '../../core/machine';
import { parcelSize, type Rect, type StageGeometry } from '../geometry';
import { brokenMarks } from './broken';
import { placeOfFault } from './copy';
import { limitMarks } from './limit';
import { blockRect, bufferRect, cross, outset, rowsRect, slotRect, type Mark } from './mark';
import { pileRect } from './request';
import { lostSlots } from './storage';

/** What can be seen whether anything moves or not: how far it may grow, what is broken, what was lost. */
export function standingMarks(
  machine: Machine,
  event: Event | null,
  traces: Traces,
  stage: StageGeometry,
): readonly Mark[] {
  const repaired = event?.type === 'conditionRepaired' ? event.condition : null;
  return [
    ...(machine.diffVolumePresent ? limitMarks(machine, stage.diff) : []),
    ...brokenMarks(machine, repaired, stage),
    ...(event?.type === 'areaReleased' ? [] : lostSlots(machine, traces, stage)),
  ];
}

/** Where a fault was met, over whatever lies there. */
export function faultTrace({ fault }: Traces, stage: StageGeometry): readonly Mark[] {
  return fault === null ? [] : [cross(placeOfFault(fault, stage), parcelSize(stage), 1, fault.fault)];
}

const FADED_AFTER = 0.4;

/** Around what the last step changed, until the next one is well under way. Without motion, this alone shows where to look. */
export function changeMarks(
  machine: Machine,
  last: Event | null,
  progress: number,
  stage: StageGeometry,
): readonly Mark[] {
  const opacity = 1 - progress / FADED_AFTER;
  const rects = last === null || opacity <= 0 ? [] : changedRects(machine, last, stage);
  return rects.map((rect) => ({ kind: 'brackets', rect: outset(rect, 3), opacity }));
}

function changedRects(machine: Machine, last: Event, stage: StageGeometry): readonly Rect[] {
  return (
    changedByRequest(last, stage) ?? changedBySnapshot(last, stage) ?? changedStorage(machine, last, stage)
  );
}

function changedByRequest(last: Event, stage: StageGeometry): readonly Rect[] | null {
  switch (last.type) {
    case 'memoryAllocated':
    case 'oldBlockRead':
      return [bufferRect(stage)];
    case 'slotTaken':
    case 'blockCopied':
      return [slotRect(stage, last.slot)];
    case 'copyRecorded':
      return [slotRect(stage, last.slot), ...cardsOf([last.snapshot], stage)];
    case 'blockLookedUp':
    case 'blockOverwritten':
    case 'blockReverted':
    case 'readCompleted':
      return [blockRect(stage, last.block)];
    case 'writeCompleted':
    case 'writeFailed':
      return [stage.program];
    case 'writeTurnedAway':
      return [pileRect(stage)];
    case 'readFailed':
      return [last.status === 'STATUS_DEVICE_NOT_CONNECTED' ? pileRect(stage) : stage.program];
    default:
      return null;
  }
}

function changedBySnapshot(last: Event, stage: StageGeometry): readonly Rect[] | null {
  switch (last.type) {
    case 'gatePassed':
    case 'writesFrozen':
    case 'writesReleased':
    case 'volumeWentOffline':
    case 'volumeCameOnline':
      return [stage.gate];
    case 'snapshotInstalled':
    case 'snapshotDeleted':
      return cardsOf([last.snapshot], stage);
    case 'snapshotsLost':
      return cardsOf(last.snapshots, stage);
    default:
      return null;
  }
}

function cardsOf(snapshots: readonly number[], { cards }: StageGeometry): readonly Rect[] {
  return snapshots.flatMap((snapshot) => cards.get(snapshot) ?? []);
}

function changedStorage(
  { allocated, settings }: Machine,
  last: Event,
  stage: StageGeometry,
): readonly Rect[] {
  switch (last.type) {
    case 'areaReleased': {
      // In the order of their numbers; spread into arguments, a hundred thousand of them would be too many.
      const [first] = last.slots;
      const end = last.slots.at(-1);
      return first === undefined || end === undefined ? [] : rowsOf(first.slot, end.slot + 1, stage);
    }
    case 'diffAreaReleased':
      return rowsOf(0, last.allocated, stage);
    case 'growthStarted':
      return rowsOf(allocated, allocated + settings.growthStepBlocks, stage);
    case 'growthCompleted':
      return rowsOf(allocated - last.addedBlocks, allocated, stage);
    case 'externalWriteLanded':
    case 'externalWriteRefused':
      return [slotRect(stage, last.block)];
    case 'diffVolumeDetached':
    case 'diffVolumeAttached':
    case 'diffAreaResized':
      return [stage.diff.rect];
    default:
      return [];
  }
}

/** None when there is nothing from `first` up to `end`. */
function rowsOf(first: number, end: number, stage: StageGeometry): readonly Rect[] {
  return end > first ? [rowsRect(stage.diff, first, end)] : [];
}
