import type { Traces } from '../../core/describe/traces';
import type { Event } from '../../core/event';
import type { Machine } from '../../core/machine';
import { cellRect, cellSize, parcelSize, type Point, type Rect, type StageGeometry } from '../geometry';
import { brokenMarks } from './broken';
import { placeOfFault } from './copy';
import { blockRect, bufferRect, cross, outset, rowsRect, slotRect, type Mark } from './mark';
import { pileOf } from './request';
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
    ...(machine.diffVolumePresent ? limitMarks(machine, stage) : []),
    ...brokenMarks(machine, repaired, stage),
    ...(event?.type === 'areaReleased' ? [] : lostSlots(machine, traces, stage)),
  ];
}

/** Where a fault was met, over whatever lies there. */
export function faultTrace({ fault }: Traces, stage: StageGeometry): readonly Mark[] {
  return fault === null ? [] : [cross(placeOfFault(fault, stage), parcelSize(stage), 1, fault.fault)];
}

/** The line that the diff area cannot grow beyond: its maximum, or the end of the diff volume. */
function limitMarks({ settings, maximumBlocks }: Machine, stage: StageGeometry): Mark[] {
  const { diffVolumeBlocks } = settings;
  const limit = Math.min(maximumBlocks ?? diffVolumeBlocks, diffVolumeBlocks);
  const { rect, gap, columns } = stage.diff;
  const isEnd = limit === diffVolumeBlocks;
  const column = isEnd ? 0 : limit % columns;
  const top = rect.y - gap / 2 + Math.ceil(limit / columns) * (cellSize(stage.diff) + gap);
  const left = { x: rect.x - gap, y: top };
  const right = { x: rect.x + rect.width + gap, y: top };
  if (column === 0) return [{ kind: 'limit', points: [left, right], isEnd }];
  // The last row in use is not full: the line goes around what is beyond.
  const corner = cellRect(stage.diff, limit);
  const x = corner.x - gap / 2;
  const y = corner.y - gap / 2;
  const points = [left, { x, y: top }, { x, y }, { x: right.x, y }];
  return [{ kind: 'limit', points, isEnd }];
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
  const cards = (...snapshots: readonly number[]): readonly Rect[] =>
    snapshots.flatMap((snapshot) => stage.cards.get(snapshot) ?? []);
  switch (last.type) {
    case 'memoryAllocated':
    case 'oldBlockRead':
      return [bufferRect(stage)];
    case 'slotTaken':
    case 'blockCopied':
      return [slotRect(stage, last.slot)];
    case 'copyRecorded':
      return [slotRect(stage, last.slot), ...cards(last.snapshot)];
    case 'blockLookedUp':
    case 'blockOverwritten':
    case 'blockReverted':
    case 'readCompleted':
      return [blockRect(stage, last.block)];
    case 'writeCompleted':
      return [stage.program];
    case 'writeTurnedAway':
    case 'writeFailed':
    case 'readFailed':
      return [around(pileOf(stage), parcelSize(stage))];
    case 'gatePassed':
    case 'writesFrozen':
    case 'writesReleased':
    case 'volumeWentOffline':
    case 'volumeCameOnline':
      return [stage.gate];
    case 'snapshotInstalled':
    case 'snapshotDeleted':
      return cards(last.snapshot);
    case 'snapshotsLost':
      return cards(...last.snapshots);
    case 'areaReleased':
      return last.slots.length === 0
        ? []
        : [
            rowsOf(
              last.slots.map(({ slot }) => slot),
              stage,
            ),
          ];
    case 'diffAreaReleased':
      return last.allocated === 0 ? [] : [rowsRect(stage.diff, 0, last.allocated)];
    case 'growthStarted':
      return [rowsRect(stage.diff, machine.allocated, machine.allocated + machine.settings.growthStepBlocks)];
    case 'growthCompleted':
      return [rowsRect(stage.diff, machine.allocated - last.addedBlocks, machine.allocated)];
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

function rowsOf(slots: readonly number[], stage: StageGeometry): Rect {
  return rowsRect(stage.diff, Math.min(...slots), Math.max(...slots) + 1);
}

function around(at: Point, size: number): Rect {
  return { x: at.x - size / 2, y: at.y - size / 2, width: size, height: size };
}
