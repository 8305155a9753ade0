import { SWITCH_CONDITIONS, type Condition, type SwitchCondition } from '../../core/condition';
import type { Machine } from '../../core/machine';
import { centre, parcelSize, type Point, type StageGeometry } from '../geometry';
import { blockRect, bufferRect, slotRect, type Mark } from './mark';

/** Of the height of the diff area: how far down its edge each of its troubles stands. */
const ON_THE_EDGE: Readonly<Partial<Record<SwitchCondition, number>>> = {
  diffReadsFail: 0.1,
  diffDataWritesFail: 0.3,
  diffMetadataWritesFail: 0.5,
  diffMetadataCorrupt: 0.7,
  diffFileSystemDamaged: 0.9,
};

/** A sign, not a thing that lies there: it need not grow with the blocks. */
const LARGEST_PX = 26;

function placeOf(condition: Condition, { allocated }: Machine, stage: StageGeometry): Point {
  if (condition.name === 'liveBadBlock') return centre(blockRect(stage, condition.block));
  const size = parcelSize(stage);
  const { x, y, height } = stage.diff.rect;
  const portion = ON_THE_EDGE[condition.name];
  if (portion !== undefined) return { x: Math.max(size * 0.3, x - size * 0.6), y: y + height * portion };
  if (condition.name === 'growthSlow' || condition.name === 'growthRefused') {
    return centre(slotRect(stage, allocated));
  }
  const buffer = bufferRect(stage);
  // Above the buffer, side by side: below it a fault is named.
  const aside = condition.name === 'kernelMemoryExhausted' ? -0.7 : 0.7;
  return { x: centre(buffer).x + aside * size, y: buffer.y - size * 0.8 };
}

/** A sign at the part that is broken; `present`: how far it has come, from 0 to 1. */
export function badgeOf(condition: Condition, machine: Machine, stage: StageGeometry, present: number): Mark {
  const size = Math.min(LARGEST_PX, parcelSize(stage)) * (1.6 - 0.6 * present);
  return { kind: 'badge', at: placeOf(condition, machine, stage), size, opacity: present };
}

/** What is broken can be seen at its place before it is met. A bad block says so itself, in its cell. */
export function brokenMarks(machine: Machine, repaired: Condition | null, stage: StageGeometry) {
  return SWITCH_CONDITIONS.filter(
    (name) => machine.conditions.broken.has(name) && name !== repaired?.name,
  ).map((name) => badgeOf({ name }, machine, stage, 1));
}
