import { isAsked, type Traces } from '../../core/describe/traces';
import type { Event } from '../../core/event';
import type { Machine } from '../../core/machine';
import { centre, parcelSize, type Point, type StageGeometry } from '../geometry';
import { badgeOf } from './broken';
import {
  between,
  blockRect,
  bounce,
  cross,
  inTurn,
  outset,
  parcel,
  ring,
  rowsRect,
  slotRect,
  type Mark,
} from './mark';

/** More places than this are shown as one. */
const MOST_IN_TURN = 128;

/** A mark for each of some places, one place after the other; for very many, one mark around them all. */
function wave(
  slots: readonly number[],
  portion: number,
  stage: StageGeometry,
  draw: (rect: ReturnType<typeof slotRect>, portion: number) => Mark,
): readonly Mark[] {
  if (slots.length === 0) return [];
  if (slots.length > MOST_IN_TURN) {
    // There can be more of them than a call takes arguments.
    const [first, last] = [slots.reduce((a, b) => Math.min(a, b)), slots.reduce((a, b) => Math.max(a, b))];
    return [draw(rowsRect(stage.diff, first, last + 1), portion)];
  }
  return slots.map((slot, index) => draw(slotRect(stage, slot), inTurn(portion, index, slots.length)));
}

function range(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Slots are laid one by one, from the edge of what is allocated. */
function laid(first: number, count: number, portion: number, dashed: boolean, stage: StageGeometry) {
  return wave(range(first, count), portion, stage, (rect, one) => ring(rect, 'neutral', one, dashed));
}

/** The slots of the snapshots, as far as the picture can show them one by one. */
function slotsOf(
  { slotArea, allocated, diffVolumePresent }: Machine,
  isWanted: (snapshot: number) => boolean,
) {
  const slots: number[] = [];
  // A diff area that is not there is pale as a whole.
  if (!diffVolumePresent) return slots;
  for (let slot = 0; slot < allocated && slots.length <= MOST_IN_TURN; slot += 1) {
    const snapshot = slotArea.get(slot);
    if (snapshot !== 0 && isWanted(snapshot)) slots.push(slot);
  }
  return slots;
}

function crossed(slots: readonly number[], portion: number, stage: StageGeometry): readonly Mark[] {
  return wave(slots, portion, stage, ({ x, y, width, height }, one) =>
    cross({ x: x + width / 2, y: y + height / 2 }, Math.min(width, height) * 0.9, one),
  );
}

/** The slots of snapshots that were lost stay crossed out until they are released. */
export function lostSlots(machine: Machine, { endingOf }: Traces, stage: StageGeometry): readonly Mark[] {
  const isLost = (snapshot: number): boolean => {
    const ending = endingOf(snapshot);
    return ending !== null && !isAsked(ending);
  };
  if (machine.areas.every(({ snapshot }) => !isLost(snapshot))) return [];
  return crossed(slotsOf(machine, isLost), 1, stage);
}

export function diffAreaMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const { allocated, settings } = machine;
  if (!machine.diffVolumePresent) return null;
  const edge = centre(slotRect(stage, Math.max(0, allocated - 1)));
  switch (event.type) {
    case 'growthStarted':
      return laid(allocated, settings.growthStepBlocks, portion, true, stage);
    case 'growthCompleted':
      return laid(allocated, event.addedBlocks, portion, false, stage);
    case 'growthRefused':
    case 'growthAbandoned':
      return [cross(edge, parcelSize(stage), Math.sin(Math.PI * portion))];
    case 'areaReleased': {
      const slots = event.slots.map(({ slot }) => slot);
      return wave(slots, portion, stage, (rect, opacity) => ({ kind: 'veil', rect, opacity }));
    }
    case 'diffAreaReleased': {
      const slots = range(0, allocated).toReversed();
      return wave(slots, portion, stage, (rect, opacity) => ({ kind: 'veil', rect, opacity }));
    }
    default:
      return null;
  }
}

export function snapshotMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  switch (event.type) {
    case 'snapshotInstalled': {
      const { blockCount } = machine.settings;
      const needed = blockCount > 2 * MOST_IN_TURN ? [] : range(0, blockCount);
      const corners = needed.map((block): Mark => {
        return { kind: 'corner', rect: blockRect(stage, block), opacity: inTurn(portion, block, blockCount) };
      });
      const frame = ring(outset(stage.live.rect, 2), 'old', Math.sin(Math.PI * portion));
      return [frame, ...corners, ...laid(machine.allocated, event.allocatedBlocks, portion, false, stage)];
    }
    case 'snapshotsLost':
      return crossed(
        slotsOf(machine, (snapshot) => event.snapshots.includes(snapshot)),
        portion,
        stage,
      );
    case 'snapshotDeleted':
      return isAsked(event.reason)
        ? []
        : crossed(
            slotsOf(machine, (snapshot) => snapshot === event.snapshot),
            portion,
            stage,
          );
    case 'blockReverted': {
      const slot = slotOfCopy(machine, event.block, event.stamp);
      const from = centre(slot === null ? stage.diff.rect : slotRect(stage, slot));
      const at = between(from, centre(blockRect(stage, event.block)), portion);
      return [parcel(stage, at, event.stamp, 'old')];
    }
    default:
      return null;
  }
}

/** The slot that holds a content of a block: from its newest copy to older ones. */
function slotOfCopy(machine: Machine, block: number, stamp: number): number | null {
  let slot = machine.newestCopy.get(block) - 1;
  while (slot >= 0 && machine.slotArea.get(slot) !== 0 && machine.slotBlock.get(slot) === block) {
    if (machine.diffContents.get(slot) === stamp) return slot;
    slot = machine.slotOlder.get(slot) - 1;
  }
  return null;
}

export function surroundingsMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const plate = outset(stage.diff.rect, 2);
  switch (event.type) {
    case 'externalWriteLanded':
    case 'externalWriteRefused': {
      const target = slotRect(stage, event.block);
      const isRefused = event.type === 'externalWriteRefused';
      const at = (isRefused ? bounce : between)(outside(stage), centre(target), portion);
      return [parcel(stage, at, 0, 'fault'), ring(target, 'fault')];
    }
    case 'diffVolumeDetached':
    case 'diffVolumeAttached': {
      // The plate is drawn pale while the volume is away.
      const away = event.type === 'diffVolumeDetached' ? portion : 1 - portion;
      const veil = {
        kind: 'veil',
        rect: plate,
        opacity: machine.diffVolumePresent ? 0.75 * away : 0,
      } as const;
      return [veil, ring(plate, 'fault', away, true)];
    }
    case 'detectionStarted': {
      if (!machine.diffVolumePresent) return [];
      const x = stage.diff.rect.x + stage.diff.rect.width * portion;
      const { y, height } = stage.diff.rect;
      return [{ kind: 'line', from: { x, y }, to: { x, y: y + height }, tone: 'neutral', dashed: false }];
    }
    case 'conditionBroken':
    case 'conditionRepaired': {
      const present = event.type === 'conditionBroken' ? portion : 1 - portion;
      return [badgeOf(event.condition, machine, stage, present)];
    }
    case 'unexpectedErrorOccurred':
      return [{ kind: 'badge', at: centre(stage.lane), size: parcelSize(stage) * 1.4, opacity: portion }];
    default:
      return null;
  }
}

/** Other programs are not on the stage: their writes come from beyond its edge. */
function outside(stage: StageGeometry): Point {
  const { x, width } = stage.diff.rect;
  return { x: x + width / 2, y: stage.height - parcelSize(stage) };
}
