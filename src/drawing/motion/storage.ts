import { isAsked, type Traces } from '../../core/describe/traces';
import type { Event } from '../../core/event';
import type { Machine } from '../../core/machine';
import type { Table } from '../../core/table';
import { stretchesOf } from '../chunks';
import { centre, parcelSize, type Point, type Rect, type StageGeometry } from '../geometry';
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

/** Some slots in the order of their turns. There can be a million of them, and a frame asks for few. */
interface Slots {
  readonly count: number;
  /** All of them lie from here up to and without `end`. */
  readonly first: number;
  readonly end: number;
  readonly at: (turn: number) => number;
}

function range(first: number, count: number): Slots {
  return { count, first, end: first + count, at: (turn) => first + turn };
}

/** The last one first. */
function backward({ count, first, end }: Slots): Slots {
  return { count, first, end, at: (turn) => end - 1 - turn };
}

/** `slots`: in the order of their numbers. */
function listed(slots: readonly number[]): Slots {
  const [first = 0, last = -1] = [slots[0], slots.at(-1)];
  return { count: slots.length, first, end: last + 1, at: (turn) => slots[turn]! };
}

function released(slots: Extract<Event, { type: 'areaReleased' }>['slots']): Slots {
  const [first, last] = [slots[0]?.slot ?? 0, slots.at(-1)?.slot ?? -1];
  return { count: slots.length, first, end: last + 1, at: (turn) => slots[turn]!.slot };
}

/** A mark for each of some places, one place after the other; for very many, one mark around them all. */
function wave(
  { count, first, end, at }: Slots,
  portion: number,
  stage: StageGeometry,
  draw: (rect: Rect, portion: number) => Mark,
): readonly Mark[] {
  if (count === 0) return [];
  if (count > MOST_IN_TURN) return [draw(rowsRect(stage.diff, first, end), portion)];
  return Array.from({ length: count }, (_, turn) =>
    draw(slotRect(stage, at(turn)), inTurn(portion, turn, count)),
  );
}

/** Slots are laid one by one, from the edge of what is allocated. */
function laid(first: number, count: number, portion: number, dashed: boolean, stage: StageGeometry) {
  return wave(range(first, count), portion, stage, (rect, one) => ring(rect, 'neutral', one, dashed));
}

/** Who owned which slots, and how many were in use: of one moment, whatever else changes in it. */
interface SlotsFound {
  readonly allocated: number;
  readonly snapshots: readonly number[];
  readonly slots: Slots;
}

/** A moment has many frames, and its slots are looked through once. Tables are values, so their slots never change. */
const found = new WeakMap<Table, SlotsFound>();

/** The slots of the snapshots. */
function slotsOf({ slotArea, allocated, diffVolumePresent }: Machine, snapshots: readonly number[]): Slots {
  // A diff area that is not there is pale as a whole.
  if (!diffVolumePresent || snapshots.length === 0) return listed([]);
  const known = found.get(slotArea);
  if (known?.allocated === allocated && String(known.snapshots) === String(snapshots)) return known.slots;
  const slots = findSlots(slotArea, allocated, new Set(snapshots));
  found.set(slotArea, { allocated, snapshots, slots });
  return slots;
}

function findSlots(slotArea: Table, allocated: number, snapshots: ReadonlySet<number>): Slots {
  const slots: number[] = [];
  for (const { chunk, offset, length, first } of stretchesOf(0, allocated)) {
    const owners = slotArea.chunks[chunk]!;
    for (let index = 0; index < length; index += 1) {
      if (snapshots.has(owners[offset + index]!)) slots.push(first + index);
    }
  }
  return listed(slots);
}

function crossed(slots: Slots, portion: number, stage: StageGeometry): readonly Mark[] {
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
  const lost = machine.areas.map(({ snapshot }) => snapshot).filter(isLost);
  return crossed(slotsOf(machine, lost), 1, stage);
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
      return wave(released(event.slots), portion, stage, (rect, opacity) => ({
        kind: 'veil',
        rect,
        opacity,
      }));
    }
    case 'diffAreaReleased': {
      return wave(backward(range(0, allocated)), portion, stage, (rect, opacity) => ({
        kind: 'veil',
        rect,
        opacity,
      }));
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
      const corners = Array.from(
        { length: blockCount > 2 * MOST_IN_TURN ? 0 : blockCount },
        (_, block): Mark => {
          return {
            kind: 'corner',
            rect: blockRect(stage, block),
            opacity: inTurn(portion, block, blockCount),
          };
        },
      );
      const frame = ring(outset(stage.live.rect, 2), 'old', Math.sin(Math.PI * portion));
      return [frame, ...corners, ...laid(machine.allocated, event.allocatedBlocks, portion, false, stage)];
    }
    case 'snapshotsLost':
      return crossed(slotsOf(machine, event.snapshots), portion, stage);
    case 'snapshotDeleted':
      return isAsked(event.reason) ? [] : crossed(slotsOf(machine, [event.snapshot]), portion, stage);
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
