import type { TurnedDown } from '../../client/turned-down.svelte';
import type { Refusal, RefusedCommand } from '../../core/refusal';
import type { WorldId } from '../../core/scenario';
import { WORLD_NAMES } from '../../words/phrase';
import { adviceOfRefusal, resultText, sentenceOfRefusal } from '../../words/refusals';

/** What is said of a command that was turned down. `name`: the world that says it; `null`: all of them. */
export interface TurnedDownLine {
  readonly name: string | null;
  readonly text: string;
  readonly refused: RefusedCommand;
}

/** The reason, what to do instead, and what the API call would have answered. */
export function textOfRefusal(refusal: Refusal): string {
  const answer = refusal.hresult === undefined ? null : `${resultText(refusal.hresult)}.`;
  return [sentenceOfRefusal(refusal), adviceOfRefusal(refusal), answer]
    .filter((part) => part !== null)
    .join(' ');
}

/** One line a world that turned it down; one for all when all of them say the same. `only`: what this world says. */
export function linesOfTurnedDown(
  { command, worlds }: TurnedDown,
  allWorlds: readonly WorldId[],
  only?: WorldId,
): readonly TurnedDownLine[] {
  const lines = worlds
    .filter(({ id }) => only === undefined || id === only)
    .map(({ id, refusal }) => ({
      name: WORLD_NAMES[id],
      text: textOfRefusal(refusal),
      refused: { command: command.type, refusal },
    }));
  const [first] = lines;
  if (first === undefined) return [];
  if (only !== undefined) return [{ ...first, name: null }];
  const isOfAll = lines.length === allWorlds.length && lines.every(({ text }) => text === first.text);
  return isOfAll ? [{ ...first, name: null }] : lines;
}
