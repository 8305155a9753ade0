import type { Session } from '../../client/session.svelte';
import { renderContent, ZEROS_STAMP } from '../../core/content';
import { systemLog } from '../../core/describe/log';
import { existingSnapshots } from '../../core/machine';
import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { ReportedWorld } from '../../formats/report';
import { WORLD_NAMES } from '../../words/phrase';

/** The worlds as the picture shows them: at the moment, with the log up to it. */
export function worldsNow({ history, moment, playback }: Session): readonly ReportedWorld[] {
  if (history === null || moment === null) return [];
  const zeros = renderContent({ kind: 'zeros' });
  const rows = systemLog(history, 0, Math.min(playback.position, history.length));
  return history.scenario.worlds.map((world, index) => ({
    world,
    machine: moment.machines[index]!,
    name: WORLD_NAMES[world],
    rows: rows.filter((row) => row.worldIndex === index),
    contentOf: (stamp) => (stamp === ZEROS_STAMP ? zeros : renderContent(history.recipeOf(index, stamp))),
  }));
}

/** What a report of them reads: the live volume, and every snapshot as large as that. */
export function reportedBytes(worlds: readonly ReportedWorld[]): number {
  return worlds.reduce(
    (sum, { machine }) =>
      sum + (1 + existingSnapshots(machine).length) * machine.settings.blockCount * BLOCK_SIZE_BYTES,
    0,
  );
}
