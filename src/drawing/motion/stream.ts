import type { BurstCounts } from '../../core/describe/burst';
import { isOnline, type Machine } from '../../core/machine';
import { beforeGate, behindGate, centre, parcelSize, type StageGeometry } from '../geometry';
import { bufferRect, cross, type Mark } from './mark';
import { doorOf } from './request';

/** Stages that pass too quickly to be told apart: one steady picture of what goes where, and how much of it so far. */
export function streamMarks(
  machine: Machine,
  { requests, copies }: BurstCounts,
  stage: StageGeometry,
): readonly Mark[] {
  const { live, diff } = stage;
  const isOpen = isOnline(machine);
  const last = isOpen ? [behindGate(stage), { x: live.rect.x, y: centre(live.rect).y }] : [];
  const marks: Mark[] = [
    {
      kind: 'flow',
      points: [doorOf(stage), beforeGate(stage), ...last],
      of: 'requests',
      count: requests,
      tone: isOpen ? 'new' : 'fault',
    },
  ];
  if (!isOpen) return [...marks, cross(centre(stage.gate), parcelSize(stage) * 0.9)];
  if (machine.areas.length === 0) return marks;
  const y = centre(diff.rect).y;
  const points = [
    { x: live.rect.x + live.rect.width, y: centre(live.rect).y },
    centre(bufferRect(stage)),
    { x: diff.rect.x, y },
  ];
  return [...marks, { kind: 'flow', points, of: 'copies', count: copies, tone: 'old' }];
}
