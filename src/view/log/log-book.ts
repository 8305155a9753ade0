import type { TurnedDown } from '../../client/turned-down.svelte';
import { systemLog, type LogRow } from '../../core/describe/log';
import type { History } from '../../core/history';

/** The rows of one history, made once as far as anybody has looked. A history only grows, so they stay true. */
export class LogBook {
  #history: History | null = null;
  #rows: LogRow[] = [];
  #upTo = 0;

  /** The rows up to and including a position, oldest first. */
  rowsUpTo(history: History, position: number): readonly LogRow[] {
    if (this.#history !== history) {
      this.#history = history;
      this.#rows = [];
      this.#upTo = 0;
    }
    if (position > this.#upTo) {
      this.#rows = this.#rows.concat(systemLog(history, this.#upTo, position));
      this.#upTo = position;
    }
    const end = this.#rows.findLastIndex((row) => row.position <= position) + 1;
    return this.#rows.slice(0, end);
  }
}

/** Whether the log itself tells of this refusal, because another world took the command. */
export function isOnRecord(history: History, { command, worlds, position }: TurnedDown): boolean {
  const asked = JSON.stringify(command);
  return history.entries.some(
    ({ start, record }) =>
      start >= position &&
      record.instruction.worlds.length > worlds.length &&
      record.instruction.command.type === command.type &&
      JSON.stringify(record.instruction.command) === asked,
  );
}

/** Commands that every world turned down leave no record; they are told of as long as the page is open. */
export function refusedRows(
  history: History,
  turnedDownLog: readonly TurnedDown[],
  position: number,
): readonly LogRow[] {
  const inTime = turnedDownLog.filter((entry) => entry.position <= position && !isOnRecord(history, entry));
  return inTime.flatMap(({ command, worlds, position: at }) => {
    const { machines } = history.momentAt(at);
    return worlds.flatMap(({ id, refusal }): readonly LogRow[] => {
      const worldIndex = history.scenario.worlds.indexOf(id);
      const machine = machines[worldIndex];
      if (machine === undefined) return [];
      return [
        {
          position: at,
          world: id,
          worldIndex,
          timeMs: machine.clockMs,
          source: 'lab',
          severity: 'warning',
          eventId: null,
          fault: null,
          what: { refused: { command: command.type, refusal } },
        },
      ];
    });
  });
}

/** Every step after `from` up to and including `to`, also those of which no log would tell. */
export function stepRows(history: History, from: number, to: number): readonly LogRow[] {
  const log = systemLog(history, from, to);
  const rows = log.filter(({ what }) => 'refused' in what);
  const told = new Map(log.flatMap((row) => ('refused' in row.what ? [] : [[keyOfStep(row), row]])));
  const first = history.entryBefore(from + 1)?.index ?? 0;
  for (let index = first; index < history.entries.length; index += 1) {
    const entry = history.entries[index]!;
    if (entry.start >= to) break;
    const { before, outcome } = history.derive(index);
    history.scenario.worlds.forEach((world, worldIndex) => {
      let timeMs = before[worldIndex]?.clockMs ?? 0;
      (outcome.events[worldIndex] ?? []).forEach((event, step) => {
        if ('tookMs' in event) timeMs += event.tookMs;
        const position = entry.start + step + 1;
        if (position <= from || position > to) return;
        const place = {
          position,
          world,
          worldIndex,
          timeMs,
          source: 'lab',
          severity: 'information',
        } as const;
        rows.push(told.get(keyOfStep(place)) ?? { ...place, eventId: null, fault: null, what: { event } });
      });
    });
  }
  return rows.sort((a, b) => a.position - b.position);
}

function keyOfStep({ position, worldIndex }: Pick<LogRow, 'position' | 'worldIndex'>): string {
  return `${position} ${worldIndex}`;
}

/** Rows with a key each: a step can be told of more than once, a refusal beside what another world did. */
export function withKeys(rows: readonly LogRow[]): readonly { readonly key: string; readonly row: LogRow }[] {
  const times = new Map<string, number>();
  return rows.map((row) => {
    const place = `${keyOfStep(row)} ${'refused' in row.what}`;
    const time = times.get(place) ?? 0;
    times.set(place, time + 1);
    return { key: `${place} ${time}`, row };
  });
}
