import { metFault, type MetFault } from '../../core/describe/traces';
import type { Event } from '../../core/event';
import type { Machine, WriteRequest } from '../../core/machine';
import { centre, parcelSize, type Point, type StageGeometry } from '../geometry';
import { between, blockRect, bufferRect, cross, parcel, ring, slotRect, type Mark } from './mark';
import { blockInHand } from './request';

/** What stands still between two stages of a copy: its slot, its buffer, and the old block where it has come to. */
export function waitingCopy(
  machine: Machine,
  request: WriteRequest,
  event: Event | null,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] {
  const { stage: stands, slot } = request;
  // When the snapshots have gone away in mid-copy there is nothing left to copy for.
  if (machine.areas.length === 0) return [];
  const isOver = event?.type === 'areaReleased' && machine.areas.length === 1;
  const opacity = isOver || event?.type === 'writeFailed' ? 1 - portion : 1;
  const marks: Mark[] = [];
  if (slot !== null) marks.push(ring(slotRect(stage, slot), 'old', opacity, true));
  if (['space', 'read', 'copy'].includes(stands)) {
    marks.push(ring(bufferRect(stage), 'neutral', opacity, true));
  }
  const at = restingPlace(request, stage);
  if (at === null || event?.type === 'blockCopied') return marks;
  const block = blockInHand(request);
  // A write that fails leaves the live volume as it was: the old block goes back to its place.
  const home = event?.type === 'writeFailed' ? between(at, centre(blockRect(stage, block)), portion) : at;
  marks.push(parcel(stage, home, machine.live.get(block), 'old', { opacity: isOver ? opacity : 1 }));
  return marks;
}

function restingPlace({ stage: stands, slot }: WriteRequest, stage: StageGeometry): Point | null {
  if (stands === 'copy') return centre(bufferRect(stage));
  return stands === 'record' && slot !== null ? centre(slotRect(stage, slot)) : null;
}

/** An old block on its way, lifted off the page in the middle of it. */
function carried(from: Point, to: Point, portion: number, stamp: number, stage: StageGeometry): Mark {
  const size = parcelSize(stage) * (1 + 0.2 * Math.sin(Math.PI * portion));
  return parcel(stage, between(from, to, portion), stamp, 'old', { size });
}

export function copyMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const buffer = centre(bufferRect(stage));
  switch (event.type) {
    case 'blockLookedUp': {
      const rect = blockRect(stage, event.block);
      if (!event.copyNeeded) return [ring(rect, 'new', portion)];
      const to = between(centre(rect), buffer, portion);
      const line = { kind: 'line', from: centre(rect), to, tone: 'old', dashed: true } as const;
      return [ring(rect, 'old', portion), line];
    }
    case 'memoryAllocated':
      return [ring(bufferRect(stage), 'neutral', portion, true)];
    case 'slotTaken':
      return [ring(slotRect(stage, event.slot), 'old', portion, true)];
    case 'oldBlockRead':
      return [carried(centre(blockRect(stage, event.block)), buffer, portion, event.stamp, stage)];
    case 'blockCopied':
      return [carried(buffer, centre(slotRect(stage, event.slot)), portion, event.stamp, stage)];
    case 'copyRecorded':
      return recordMarks(event, portion, stage);
    case 'faultMet': {
      const at = placeOfFault(metFault(machine, event.fault), stage);
      const size = parcelSize(stage) * (2 - portion);
      return [cross(at, size, Math.min(1, 3 * portion), event.fault)];
    }
    default:
      return null;
  }
}

/** The snapshot takes hold of the slot: from its card to the slot. */
function recordMarks(
  event: Event & { readonly type: 'copyRecorded' },
  portion: number,
  stage: StageGeometry,
): readonly Mark[] {
  const rect = slotRect(stage, event.slot);
  const card = stage.cards.get(event.snapshot);
  const marks = [ring(rect, 'old')];
  if (card === undefined) return marks;
  const from = { x: Math.min(card.x + card.width / 2, centre(rect).x), y: card.y };
  const to = between(from, centre(rect), portion);
  return [...marks, { kind: 'line', from, to, tone: 'old', dashed: false }];
}

/** Where a fault is met: at the part of the machine that it accuses. */
export function placeOfFault({ fault, block, slot, allocated }: MetFault, stage: StageGeometry): Point {
  if (fault === 4 || fault === 5 || fault === 11) return centre(bufferRect(stage));
  if (fault === 6 && block !== null) return centre(blockRect(stage, block));
  if (slot !== null) return centre(slotRect(stage, slot));
  // Below the bars that shut it.
  if (fault === 16) return { x: centre(stage.gate).x, y: stage.gate.y + stage.gate.height * 0.78 };
  if (fault >= 8 && fault <= 10) return centre(slotRect(stage, Math.max(0, allocated - 1)));
  // The diff volume as a whole: where the copies would enter it, and clear of a limit in the middle.
  return { x: stage.diff.rect.x, y: stage.diff.rect.y + stage.diff.rect.height * 0.6 };
}
