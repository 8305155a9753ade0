import type { NtStatusName } from '../../core/catalogue/status';
import type { Event } from '../../core/event';
import type { Machine, WriteRequest } from '../../core/machine';
import { beforeGate, behindGate, centre, isWide, parcelSize } from '../geometry';
import type { Point, Rect, StageGeometry } from '../geometry';
import { along, between, blockRect, bounce, cross, parcel, ring, slotRect, type Mark } from './mark';

/** Requests that the gate turned away lie below the program; where height is dear, beside it. */
function pileOf(stage: StageGeometry): Point {
  const { x, y, width, height } = pileRect(stage);
  return { x: x + width / 2, y: y + height * PILE_TOP };
}

/** What a block of a request overwrote is still remembered until the request is answered: at most for this many blocks. */
const MOST_GHOSTS = 32;

export function blockInHand(request: WriteRequest): number {
  return request.block + Math.min(request.done, request.count - 1);
}

const PILE_PX = 46;
/** Of its height: how far down the requests lie, above what is written of them. */
const PILE_TOP = 10 / 46;

/** Of what lies in that pile, with what is written below it. */
export function pileRect(stage: StageGeometry): Rect {
  const { x, y, width, height } = stage.program;
  return isWide(stage)
    ? { x, y: y + height + 2, width, height: PILE_PX }
    : { x: x + width + 8, y, width, height: PILE_PX };
}

/** The way home of a request that was turned away: around the program, not over its words. */
function wayBack(stage: StageGeometry): readonly Point[] {
  const front = beforeGate(stage);
  const pile = pileOf(stage);
  return [front, isWide(stage) ? { x: front.x, y: pile.y } : { x: pile.x, y: front.y }, pile];
}

/** Where the program hands its requests over: at its edge, so that nothing lies on its words. */
export function doorOf({ program }: StageGeometry): Point {
  return { x: program.x + program.width, y: centre(program).y };
}

const LEAVES_ITS_PLACE: ReadonlySet<Event['type']> = new Set([
  'gatePassed',
  'writeTurnedAway',
  'writeFailed',
  'writeCompleted',
  'blockOverwritten',
] satisfies Event['type'][]);

/** The request between two stages: before the gate or behind it, its block, and what it has overwritten. */
export function waitingRequest(
  machine: Machine,
  request: WriteRequest,
  event: Event | null,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] {
  const { stage: stands, stamp, count, done } = request;
  const marks: Mark[] = [];
  const isMoving = event !== null && LEAVES_ITS_PLACE.has(event.type);
  if (!isMoving && stands !== 'complete') {
    const at = stands === 'gate' ? beforeGate(stage) : behindGate(stage);
    marks.push(parcel(stage, at, stamp + (stands === 'overwrite' ? done : 0), 'new', { count }));
  }
  const overwritten = stands === 'overwrite' || stands === 'complete' ? done : 0;
  const fading = event?.type === 'writeCompleted' ? 1 - portion : 1;
  for (let block = Math.max(0, overwritten - MOST_GHOSTS); block < overwritten; block += 1) {
    marks.push(ghost(machine, request.block + block, fading, stage));
  }
  if (stands === 'gate' || stands === 'complete') return marks;
  const opacity = event?.type === 'writeFailed' ? 1 - portion : 1;
  return [...marks, ring(blockRect(stage, blockInHand(request)), 'new', opacity)];
}

/** The outline of an old content behind the new one: that of the snapshots where there are some. */
function ghost({ areas }: Machine, block: number, opacity: number, stage: StageGeometry): Mark {
  const rect = blockRect(stage, block);
  const shift = Math.max(2, rect.width * 0.16);
  const behind = { ...rect, x: rect.x - shift, y: rect.y - shift };
  return ring(behind, areas.length > 0 ? 'old' : 'neutral', opacity, true);
}

export function requestMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const program = doorOf(stage);
  const front = beforeGate(stage);
  switch (event.type) {
    case 'writeRequested': {
      const { stamp, count } = event;
      const opacity = Math.min(1, 2 * portion);
      return [parcel(stage, between(program, front, portion), stamp, 'new', { count, opacity })];
    }
    case 'gatePassed': {
      const { stamp, count } = machine.request ?? { stamp: 0, count: 1 };
      return [parcel(stage, between(front, behindGate(stage), portion), stamp, 'new', { count })];
    }
    case 'writeTurnedAway': {
      const { request, status } = event;
      const { stamp, count } = request;
      const at = along(wayBack(stage), Math.max(0, (portion - 0.25) / 0.75));
      return [parcel(stage, at, stamp, 'fault', { count }), ...atGate(machine, status, stage)];
    }
    case 'blockOverwritten': {
      const at = between(behindGate(stage), centre(blockRect(stage, event.block)), portion);
      return [ghost(machine, event.block, portion, stage), parcel(stage, at, event.stamp, 'new')];
    }
    case 'writeCompleted': {
      const target = blockRect(stage, event.request.block);
      const at = along([centre(target), behindGate(stage), front, program], portion);
      return [ring(target, 'new', 1 - portion), { kind: 'tick', at, size: parcelSize(stage) }];
    }
    case 'writeFailed': {
      const { request, status } = event;
      const { stamp, count } = request;
      const at = along([behindGate(stage), front, program], portion);
      return [parcel(stage, at, stamp, 'fault', { count }), errorAt(stage.gate, status)];
    }
    default:
      return null;
  }
}

/** The code stands still below the place that sent the request back, so that it can be read. */
function errorAt(rect: Rect, status: NtStatusName): Mark {
  return { kind: 'status', at: { x: rect.x + rect.width / 2, y: rect.y + rect.height + 10 }, status };
}

/** The first one that comes back shows its code at the gate; from then on it stands with the pile. */
function atGate({ host }: Machine, status: NtStatusName, stage: StageGeometry): readonly Mark[] {
  const sign = cross(centre(stage.gate), parcelSize(stage) * 0.9);
  return host.bounced > 0 ? [sign] : [sign, errorAt(stage.gate, status)];
}

export function readMarks(
  machine: Machine,
  event: Event,
  portion: number,
  stage: StageGeometry,
): readonly Mark[] | null {
  const program = doorOf(stage);
  if (event.type === 'readCompleted') {
    const last = event.path[event.path.length - 1];
    const slot = last?.place === 'area' ? last.slot : null;
    const rect = slot === null ? blockRect(stage, event.block) : slotRect(stage, slot);
    const tone = event.from === 'live' ? 'new' : 'old';
    const at = along([centre(rect), behindGate(stage), beforeGate(stage), program], portion);
    return [ring(rect, tone, 1 - portion), parcel(stage, at, event.stamp, tone)];
  }
  if (event.type === 'readFailed') {
    const isBlocked = event.status === 'STATUS_DEVICE_NOT_CONNECTED';
    if (isBlocked) {
      const at = along([...wayBack(stage).toReversed(), ...wayBack(stage)], portion);
      return [parcel(stage, at, 0, 'fault'), ...atGate(machine, event.status, stage)];
    }
    const rect = blockRect(stage, event.block);
    return [
      parcel(stage, bounce(program, centre(rect), portion), 0, 'fault'),
      cross(centre(rect), parcelSize(stage) * 0.9),
      errorAt(rect, event.status),
    ];
  }
  return null;
}
