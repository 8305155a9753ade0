import { easeCubicInOut, interpolateNumber } from 'd3';
import type { Event } from '../core/event';
import type { FaultNumber } from '../core/fault';
import type { Machine, WriteRequest } from '../core/machine';
import {
  beforeGate,
  behindGate,
  cellRect,
  cellSize,
  centre,
  type Point,
  type Rect,
  type StageGeometry,
} from './geometry';

/** The colour of a mark is what it means. */
type Tone = 'new' | 'old' | 'fault' | 'neutral';

/** What is drawn over the grids while something happens. Positions are centres. */
export type Mark =
  /** A block's content on its way: the new one of a request, or an old one that is being saved. */
  | {
      readonly kind: 'parcel';
      readonly at: Point;
      readonly size: number;
      readonly stamp: number;
      readonly tone: Tone;
      readonly count: number;
    }
  | {
      readonly kind: 'ring';
      readonly rect: Rect;
      readonly tone: Tone;
      readonly opacity: number;
      readonly dashed: boolean;
    }
  | {
      readonly kind: 'line';
      readonly from: Point;
      readonly to: Point;
      readonly tone: Tone;
      readonly dashed: boolean;
    }
  | { readonly kind: 'cross'; readonly at: Point; readonly size: number }
  | { readonly kind: 'tick'; readonly at: Point; readonly size: number; readonly opacity: number };

/** One world in one frame: settled in `machine`, and on its way through `event` as far as `progress` (0 to 1). */
export interface MotionInput {
  readonly machine: Machine;
  readonly event: Event | null;
  readonly progress: number;
}

export function marksOf({ machine, event, progress }: MotionInput, stage: StageGeometry): readonly Mark[] {
  const eased = easeCubicInOut(progress);
  const waiting = machine.request === null ? [] : waitingMarks(machine, machine.request, event, stage);
  return event === null || progress === 0
    ? waiting
    : [...waiting, ...movingMarks(machine, event, eased, stage)];
}

function between(from: Point, to: Point, portion: number): Point {
  return {
    x: interpolateNumber(from.x, to.x)(portion),
    y: interpolateNumber(from.y, to.y)(portion),
  };
}

/** There and back again: first to `to`, then home to `from`. */
function bounce(from: Point, to: Point, portion: number): Point {
  return portion < 0.35 ? between(from, to, portion / 0.35) : between(to, from, (portion - 0.35) / 0.65);
}

function ring(rect: Rect, tone: Tone, opacity = 1, dashed = false): Mark {
  const margin = 2;
  const outset = {
    x: rect.x - margin,
    y: rect.y - margin,
    width: rect.width + 2 * margin,
    height: rect.height + 2 * margin,
  };
  return { kind: 'ring', rect: outset, tone, opacity, dashed };
}

function parcel(at: Point, size: number, stamp: number, tone: Tone, count = 1): Mark {
  return { kind: 'parcel', at, size, stamp, tone, count };
}

function blockRect(stage: StageGeometry, block: number): Rect {
  return cellRect(stage.live, block);
}

function slotRect(stage: StageGeometry, slot: number): Rect {
  return cellRect(stage.diff, slot);
}

function blockInHand(request: WriteRequest): number {
  return request.block + Math.min(request.done, request.count - 1);
}

/** What stands still between two stages of a write: the request behind the gate, its block, its buffer, the copy. */
function waitingMarks(
  machine: Machine,
  request: WriteRequest,
  event: Event | null,
  stage: StageGeometry,
): readonly Mark[] {
  const size = cellSize(stage.live);
  const marks: Mark[] = [];
  const isAtGate = request.stage === 'gate';
  const requestMoves =
    event !== null &&
    ['gatePassed', 'writeTurnedAway', 'writeFailed', 'writeCompleted', 'blockOverwritten'].includes(
      event.type,
    );
  if (!requestMoves && request.stage !== 'complete') {
    const at = isAtGate ? beforeGate(stage) : behindGate(stage);
    marks.push(
      parcel(
        at,
        size,
        request.stamp + (request.stage === 'overwrite' ? request.done : 0),
        'new',
        request.count,
      ),
    );
  }
  if (isAtGate || request.stage === 'complete') return marks;
  const block = blockInHand(request);
  marks.push(ring(blockRect(stage, block), 'new'));
  // When the snapshots have gone away in mid-copy there is nothing left to copy for.
  if (machine.areas.length === 0) return marks;
  if (request.slot !== null) marks.push(ring(slotRect(stage, request.slot), 'old', 1, true));
  const hasBuffer = ['space', 'read', 'copy'].includes(request.stage);
  if (hasBuffer) marks.push(ring(bufferRect(stage), 'neutral', 1, true));
  if (request.stage === 'copy' && event?.type !== 'blockCopied') {
    marks.push(parcel(centre(bufferRect(stage)), size, machine.live.get(block), 'old'));
  }
  if (request.stage === 'record' && request.slot !== null) {
    marks.push(parcel(centre(slotRect(stage, request.slot)), size, machine.live.get(block), 'old'));
  }
  return marks;
}

/** The memory that holds the old block on its way, in the middle of the copy lane. */
function bufferRect(stage: StageGeometry): Rect {
  const size = cellSize(stage.live);
  const { x, y } = centre(stage.lane);
  return { x: x - size / 2, y: y - size / 2, width: size, height: size };
}

function movingMarks(machine: Machine, event: Event, portion: number, stage: StageGeometry): readonly Mark[] {
  return (
    requestMarks(machine, event, portion, stage) ??
    copyMarks(machine, event, portion, stage) ??
    readMarks(event, portion, stage) ??
    storageMarks(machine, event, portion, stage) ??
    []
  );
}

function requestMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const size = cellSize(stage.live);
  const program = centre(stage.program);
  switch (event.type) {
    case 'writeRequested':
      return [parcel(between(program, beforeGate(stage), portion), size, event.stamp, 'new', event.count)];
    case 'gatePassed': {
      const { stamp, count } = machine.request ?? { stamp: 0, count: 1 };
      return [parcel(between(beforeGate(stage), behindGate(stage), portion), size, stamp, 'new', count)];
    }
    case 'writeTurnedAway': {
      const at =
        portion < 0.25 ? beforeGate(stage) : between(beforeGate(stage), program, (portion - 0.25) / 0.75);
      return [
        parcel(at, size, event.request.stamp, 'fault', event.request.count),
        { kind: 'cross', at: centre(stage.gate), size: size * 0.9 },
      ];
    }
    case 'blockOverwritten': {
      const at = between(behindGate(stage), centre(blockRect(stage, event.block)), portion);
      return [parcel(at, size, event.stamp, 'new')];
    }
    case 'writeCompleted': {
      const target = blockRect(stage, event.request.block);
      return [
        { kind: 'tick', at: between(centre(target), program, portion), size, opacity: 1 },
        ring(target, 'new', 1 - portion),
      ];
    }
    case 'writeFailed':
      return [
        parcel(
          between(behindGate(stage), program, portion),
          size,
          event.request.stamp,
          'fault',
          event.request.count,
        ),
      ];
    default:
      return null;
  }
}

function copyMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const size = cellSize(stage.live);
  switch (event.type) {
    case 'blockLookedUp': {
      const rect = blockRect(stage, event.block);
      if (!event.copyNeeded) return [ring(rect, 'neutral', portion)];
      const to = between(centre(rect), centre(bufferRect(stage)), portion);
      return [
        ring(rect, 'old', portion),
        { kind: 'line', from: centre(rect), to, tone: 'old', dashed: true },
      ];
    }
    case 'memoryAllocated':
      return [ring(bufferRect(stage), 'neutral', portion, true)];
    case 'slotTaken':
      return [ring(slotRect(stage, event.slot), 'old', portion, true)];
    case 'oldBlockRead': {
      const from = centre(blockRect(stage, event.block));
      return [parcel(between(from, centre(bufferRect(stage)), portion), size, event.stamp, 'old')];
    }
    case 'blockCopied': {
      const to = centre(slotRect(stage, event.slot));
      return [parcel(between(centre(bufferRect(stage)), to, portion), size, event.stamp, 'old')];
    }
    case 'copyRecorded': {
      const to = centre(slotRect(stage, event.slot));
      const card = stage.cards.get(event.snapshot);
      const marks = [ring(slotRect(stage, event.slot), 'old')];
      if (card === undefined) return marks;
      const from = { x: Math.min(card.x + card.width / 2, to.x), y: card.y };
      return [...marks, { kind: 'line', from, to: between(from, to, portion), tone: 'old', dashed: false }];
    }
    case 'faultMet': {
      const at = placeOfFault(machine, event.fault, stage);
      return [{ kind: 'cross', at, size: size * (0.6 + 0.8 * portion) }];
    }
    default:
      return null;
  }
}

/** Where a fault is met: at the part of the machine that it accuses. */
function placeOfFault(machine: Machine, fault: FaultNumber, stage: StageGeometry): Point {
  const { request } = machine;
  if (fault === 4 || fault === 5) return centre(bufferRect(stage));
  if (fault === 6 && request !== null) return centre(blockRect(stage, blockInHand(request)));
  if (request?.slot !== null && request?.slot !== undefined) return centre(slotRect(stage, request.slot));
  if (fault === 16) return centre(stage.gate);
  if (fault >= 8 && fault <= 10) return centre(slotRect(stage, Math.max(0, machine.allocated - 1)));
  return centre(stage.diff.rect);
}

function readMarks(event: Event, portion: number, stage: StageGeometry): readonly Mark[] | null {
  const size = cellSize(stage.live);
  const program = centre(stage.program);
  if (event.type === 'readCompleted') {
    const last = event.path[event.path.length - 1];
    const slot = last?.place === 'area' ? last.slot : null;
    const rect = slot === null ? blockRect(stage, event.block) : slotRect(stage, slot);
    const tone = event.from === 'live' ? 'new' : 'old';
    return [ring(rect, tone), parcel(between(centre(rect), program, portion), size, event.stamp, tone)];
  }
  if (event.type === 'readFailed') {
    const isBlocked = event.status === 'STATUS_DEVICE_NOT_CONNECTED';
    const place = isBlocked ? centre(stage.gate) : centre(blockRect(stage, event.block));
    const to = isBlocked ? beforeGate(stage) : place;
    return [
      parcel(bounce(program, to, portion), size, 0, 'fault'),
      { kind: 'cross', at: place, size: size * 0.9 },
    ];
  }
  return null;
}

function storageMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const size = cellSize(stage.diff);
  switch (event.type) {
    case 'growthStarted':
    case 'growthCompleted': {
      const step = machine.settings.growthStepBlocks;
      const isLaid = event.type === 'growthCompleted';
      return Array.from({ length: step }, (_, index) => {
        const opacity = Math.max(0, Math.min(1, portion * step - index));
        return ring(slotRect(stage, machine.allocated + index), 'neutral', opacity, !isLaid);
      });
    }
    case 'areaReleased':
      return event.slots.map(({ slot }) => ring(slotRect(stage, slot), 'neutral', 1 - portion, true));
    case 'blockReverted': {
      const to = centre(blockRect(stage, event.block));
      return [parcel(between(centre(stage.diff.rect), to, portion), size, event.stamp, 'old')];
    }
    case 'externalWriteLanded':
    case 'externalWriteRefused': {
      const target = centre(slotRect(stage, event.block));
      const outside = { x: target.x, y: stage.height - size };
      const isRefused = event.type === 'externalWriteRefused';
      const at = isRefused ? bounce(outside, target, portion) : between(outside, target, portion);
      return [parcel(at, size, 0, 'fault'), ring(slotRect(stage, event.block), 'fault', 1)];
    }
    default:
      return null;
  }
}
