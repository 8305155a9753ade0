import type { Difference, WorldTurn } from '../core/describe/difference';
import { FAULT_WORDS } from './catalogue-faults';
import { captionOfInstruction } from './commands';
import { sentenceOfEvent } from './events';
import { embedded, snapshotsNamed, WORLD_NAMES } from './phrase';
import { sentenceOfRefusal } from './refusals';

/** What a world gave and what it kept, in a few words; without an outcome of that kind, what happened in it. */
function turnNamed({ lost, kept, liveVolumeIo, snapshotsPending, refusal, event }: WorldTurn): string {
  if (refusal !== null) return `refuses: ${embedded(sentenceOfRefusal(refusal))}`;
  if (lost.length > 0) {
    const rest = kept.length > 0 ? ` and keeps ${snapshotsNamed(kept)}` : '';
    return `deletes ${snapshotsNamed(lost)}${rest}${liveVolumeIo === 'flowing' ? ' and goes on' : ''}`;
  }
  if (liveVolumeIo === 'blocked') return `keeps ${snapshotsNamed(kept)} and blocks all I/O`;
  if (snapshotsPending) return `goes online and lets ${snapshotsNamed(kept)} wait for the diff volume`;
  return event === null ? 'goes on' : `goes on: ${embedded(sentenceOfEvent(event))}`;
}

function causeNamed({ fault, block, instruction, worlds }: Difference): string {
  if (fault === null)
    return embedded(
      captionOfInstruction(
        instruction,
        worlds.map(({ world }) => world),
      ),
    );
  const what = embedded(FAULT_WORDS[fault].title);
  return block === null ? what : `${what} (block ${block})`;
}

/** Where two worlds part and what each of them does, in two sentences. */
export function sentenceOfDifference(difference: Difference): string {
  const turns = difference.worlds.map((turn) => `${WORLD_NAMES[turn.world]} ${turnNamed(turn)}`);
  return `At step ${difference.position} the paths part: ${causeNamed(difference)}. ${turns.join('; ')}.`;
}
