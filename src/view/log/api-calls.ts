import type { TurnedDown } from '../../client/turned-down.svelte';
import { API_CALLS } from '../../core/catalogue/api-call';
import { WRITE_COMMANDS, type Command } from '../../core/command';
import type { History } from '../../core/history';
import type { Refusal } from '../../core/refusal';
import type { WorldId } from '../../core/scenario';
import { apiArgumentOf, apiCallOf, captionOfCommand } from '../../words/commands';
import { WORLD_NAMES } from '../../words/phrase';
import { resultText } from '../../words/refusals';
import { isOnRecord } from './log-book';

/** What an action was as a call of the management interface, and what it answered in each world. */
export interface ApiCallRow {
  readonly key: string;
  /** Before the action. */
  readonly position: number;
  readonly caption: string;
  /** `null`: no documented call does this. */
  readonly call: string | null;
  readonly results: readonly { readonly world: string; readonly text: string }[];
}

/** No more than these are worked out: each takes deciding its command again. */
const MOST_ROWS = 200;

/** The actions up to a position, oldest first; writes and reads are the program's own, and no calls. */
export function apiCalls(
  history: History,
  position: number,
  refused: readonly TurnedDown[],
): readonly ApiCallRow[] {
  const acted = history.entries
    .filter(({ start, record }) => start < position && isAction(record.instruction.command))
    .slice(-MOST_ROWS)
    .map((entry): ApiCallRow => {
      const { command, worlds } = entry.record.instruction;
      const { refusals } = history.derive(entry.index).outcome;
      const answers = history.scenario.worlds.flatMap((world, index) =>
        worlds.includes(world) ? [{ world, refusal: refusals[index] ?? null }] : [],
      );
      return rowOf(`record ${entry.record.id}`, entry.start, command, answers);
    });
  const turnedDown = refused
    .filter((entry) => entry.position <= position && isAction(entry.command) && !isOnRecord(history, entry))
    .map((entry, index) =>
      rowOf(
        `refused ${index}`,
        entry.position,
        entry.command,
        entry.worlds.map(({ id, refusal }) => ({ world: id, refusal })),
      ),
    );
  return [...acted, ...turnedDown].sort((a, b) => a.position - b.position);
}

function isAction({ type }: Command): boolean {
  return !WRITE_COMMANDS.has(type) && type !== 'read' && type !== 'wait';
}

function rowOf(
  key: string,
  position: number,
  command: Command,
  answers: readonly { readonly world: WorldId; readonly refusal: Refusal | null }[],
): ApiCallRow {
  const name = apiCallOf(command);
  const caption = captionOfCommand(command);
  if (name === null) return { key, position, caption, call: null, results: [] };
  const given = apiArgumentOf(command);
  const volume = API_CALLS[name].arguments.map(({ name: parameter }) => parameter);
  const values = volume.map((parameter, index) => {
    if (index === volume.length - 1 && given !== null) return given;
    return parameter.includes('Diff') ? 'D:\\' : 'C:\\';
  });
  // What a call is refused with; a refusal without one is the laboratory's own, and nothing was called.
  const results = answers.flatMap(({ world, refusal }) => {
    if (refusal === null) return [{ world: WORLD_NAMES[world], text: resultText('S_OK') }];
    return refusal.hresult === undefined
      ? []
      : [{ world: WORLD_NAMES[world], text: resultText(refusal.hresult) }];
  });
  return { key, position, caption, call: `${name}(${values.join(', ')})`, results };
}
