import type { Session } from '../../client/session.svelte';
import type { History } from '../../core/history';
import type { Expectation } from '../../core/lesson/expectation';
import { claimWords } from '../../words/claims';
import { LESSON_WORDS } from '../../words/lessons';

/** Of more writes than these nobody looks for one by its text. */
const MOST_WRITES = 400;

/** A claim in words. Where it quotes a text, the tiles show a number instead: the one to look for is said, too. */
export function claimText({ history, length }: Session, claim: Expectation): string {
  const words = claimWords(claim);
  if (history === null || length < 0 || claim.fact.kind !== 'reads' || claim.fact.text === '') return words;
  const worldIndex = claim.world === 'every' ? 0 : history.scenario.worlds.indexOf(claim.world);
  const writes = writesOf(history, worldIndex, claim.fact.text);
  return writes.length === 0 ? words : LESSON_WORDS.quoted(words, writes);
}

/** The numbers of the writes that brought a text, oldest first. */
function writesOf(history: History, worldIndex: number, text: string): readonly number[] {
  const written = (history.machines[worldIndex]?.nextStamp ?? 1) - 1;
  if (written > MOST_WRITES) return [];
  return Array.from({ length: written }, (_, index) => index + 1).filter((stamp) => {
    const recipe = history.recipeOf(worldIndex, stamp);
    return recipe.kind === 'text' && recipe.text === text;
  });
}
