import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import { isAsked, tracesAt, type Traces } from '../../../src/core/describe/traces';
import { act } from '../../../src/core/act';
import { History } from '../../../src/core/history';
import { DEFAULT_SETTINGS } from '../../../src/core/machine';
import type { WorldId } from '../../../src/core/scenario';
import { breakBlock, clear, create, deleteSnapshot, repairBlock, write } from '../given';

function historyOf(commands: readonly Command[], world: WorldId): History {
  const scenario = { settings: DEFAULT_SETTINGS, worlds: [world] };
  const history = new History(scenario);
  for (const command of commands) carryOut(history, command);
  return history;
}

function carryOut(history: History, command: Command): void {
  const { scenario, entries } = history;
  const instruction = { command, worlds: scenario.worlds };
  const acted = act(scenario, history.branchPointAt(history.length), instruction, entries.length);
  if (!acted.ok) throw new Error(acted.problem.code);
  for (const record of acted.value.records) history.append(record);
}

function traces(history: History, position = history.length): Traces {
  return tracesAt(history, history.momentAt(position), 0);
}

/** Block 3 is bad, and its first overwrite meets fault 6 with slot 1 in hand. */
const MEETS_FAULT: readonly Command[] = [write(3, 'A'), create, write(4, 'B'), breakBlock(3), write(3, 'C')];

describe('a fault', () => {
  it('is remembered with the block and the slot that were in hand', () => {
    expect(traces(historyOf(MEETS_FAULT, 'on')).fault).toEqual({ fault: 6, block: 3, slot: 1, allocated: 8 });
  });

  it('is not there before it is met, and in a blocked volume stays until it is cleared', () => {
    const history = historyOf(MEETS_FAULT, 'on');
    const { start } = history.entries.at(-1)!;
    expect(traces(history, start).fault).toBeNull();
    carryOut(history, write(9, 'D'));
    expect(traces(history).fault?.fault).toBe(6);
    carryOut(history, repairBlock(3));
    carryOut(history, clear);
    expect(traces(history).fault).toBeNull();
    // Looked at again in the past it is there.
    expect(traces(history, start + 12).fault?.fault).toBe(6);
  });

  it('that took the snapshots is gone with the next command', () => {
    const history = historyOf(MEETS_FAULT, 'off');
    expect(traces(history).fault?.fault).toBe(6);
    carryOut(history, write(9, 'D'));
    expect(traces(history).fault).toBeNull();
  });
});

describe('the end of a snapshot', () => {
  it('says whether it was asked for, and is not known before', () => {
    const history = historyOf([create, create, deleteSnapshot(1)], 'off');
    expect(traces(history).endingOf(1)).toBe('requested');
    expect(traces(history).endingOf(2)).toBeNull();
    expect(traces(history, history.entries[2]!.start).endingOf(1)).toBeNull();
    expect(isAsked('requested')).toBe(true);
  });

  it('is a loss when a fault took it', () => {
    const ending = traces(historyOf(MEETS_FAULT, 'off')).endingOf(1);
    expect(ending).toBe('fault');
    expect(isAsked('fault')).toBe(false);
  });
});
