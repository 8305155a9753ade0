import { easeCubicInOut } from 'd3';
import type { BurstCounts } from '../../core/describe/burst';
import type { Traces } from '../../core/describe/traces';
import type { Event } from '../../core/event';
import type { Machine } from '../../core/machine';
import type { StageGeometry } from '../geometry';
import { copyMarks, waitingCopy } from './copy';
import type { Mark } from './mark';
import { readMarks, requestMarks, waitingRequest } from './request';
import { changeMarks, faultTrace, standingMarks } from './standing';
import { diffAreaMarks, snapshotMarks, surroundingsMarks } from './storage';
import { streamMarks } from './stream';

/** One world in one frame: settled in `machine`, and on its way through `event` as far as `progress` (0 to 1). */
export interface MotionInput {
  readonly machine: Machine;
  readonly event: Event | null;
  readonly progress: number;
  /** What happened last. */
  readonly last: Event | null;
  readonly traces: Traces;
  /** Set while stages pass too quickly to be drawn one by one. */
  readonly burst: BurstCounts | null;
}

/** Everything that is drawn over the grids in a frame: of the moment only, whichever way it was come to. */
export function marksOf(input: MotionInput, stage: StageGeometry): readonly Mark[] {
  const { machine, progress, traces, burst } = input;
  if (burst !== null) {
    return [
      ...standingMarks(machine, null, traces, stage),
      ...streamMarks(machine, burst, stage),
      ...faultTrace(traces, stage),
    ];
  }
  const event = progress === 0 ? null : input.event;
  const portion = easeCubicInOut(progress);
  const standing = standingMarks(machine, event, traces, stage);
  const changed = changeMarks(machine, input.last, event === null ? 0 : progress, stage);
  const waiting = waitingMarks(machine, event, portion, stage);
  const moving = event === null ? [] : movingMarks(machine, event, portion, stage);
  return [...changed, ...standing, ...waiting, ...faultTrace(traces, stage), ...moving];
}

function waitingMarks(machine: Machine, event: Event | null, portion: number, stage: StageGeometry) {
  const { request } = machine;
  if (request === null) return [];
  const write = waitingRequest(machine, request, event, portion, stage);
  const isCopying = request.stage !== 'gate' && request.stage !== 'complete';
  return isCopying ? [...write, ...waitingCopy(machine, request, event, portion, stage)] : write;
}

function movingMarks(machine: Machine, event: Event, portion: number, stage: StageGeometry): readonly Mark[] {
  return (
    requestMarks(machine, event, portion, stage) ??
    copyMarks(machine, event, portion, stage) ??
    readMarks(machine, event, portion, stage) ??
    diffAreaMarks(machine, event, portion, stage) ??
    snapshotMarks(machine, event, portion, stage) ??
    surroundingsMarks(machine, event, portion, stage) ??
    []
  );
}
