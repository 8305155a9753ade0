import type { Session } from '../../client/session.svelte';
import { renderContent, ZEROS_STAMP, type StoredRecipe } from '../../core/content';
import { systemLog } from '../../core/describe/log';
import { existingSnapshots } from '../../core/machine';
import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { ReportedWorld } from '../../formats/report';
import { EXPORT_WORDS } from '../../words/open';
import { WORLD_NAMES } from '../../words/phrase';

/** The worlds as the picture shows them: at the moment, with the log up to it. */
export function worldsNow(session: Session): readonly ReportedWorld[] {
  const { history, moment, playback } = session;
  if (history === null || moment === null) return [];
  const zeros = renderContent({ kind: 'zeros' });
  const rows = systemLog(history, 0, Math.min(playback.position, history.length));
  return history.scenario.worlds.map((world, index) => ({
    world,
    machine: moment.machines[index]!,
    name: WORLD_NAMES[world],
    rows: rows.filter((row) => row.worldIndex === index),
    contentOf: (stamp) => {
      if (stamp === ZEROS_STAMP) return zeros;
      const recipe = history.recipeOf(index, stamp);
      return recipe.kind === 'stored' ? broughtBytes(session, recipe) : renderContent(recipe);
    },
  }));
}

/** Rejects when the store does not have them as they were. */
async function broughtBytes(session: Session, recipe: StoredRecipe): Promise<Uint8Array> {
  const found = await session.bytesOf(recipe);
  if (found.kind === 'bytes') return found.bytes;
  throw new Error(EXPORT_WORDS.damagedContent);
}

/** What a report of them reads: the live volume, and every snapshot as large as that. */
export function reportedBytes(worlds: readonly ReportedWorld[]): number {
  return worlds.reduce(
    (sum, { machine }) =>
      sum + (1 + existingSnapshots(machine).length) * machine.settings.blockCount * BLOCK_SIZE_BYTES,
    0,
  );
}
