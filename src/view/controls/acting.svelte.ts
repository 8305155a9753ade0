import type { Session } from '../../client/session.svelte';
import type { Command } from '../../core/command';
import { refuse } from '../../core/decide/refuse';
import type { History } from '../../core/history';
import type { Machine } from '../../core/machine';
import { WORLD_IDS, type WorldId } from '../../core/scenario';
import { textOfRefusal } from './turned-down';

interface Answer {
  readonly position: number;
  readonly length: number;
  readonly machines: readonly Machine[];
}

/** Every panel asks of a history what the others have just asked. */
const lastAnswers = new WeakMap<History, Answer>();

function machinesAt(history: History, position: number): readonly Machine[] {
  const { length } = history;
  if (position === length) return history.machines;
  const last = lastAnswers.get(history);
  if (last?.position === position && last.length === length) return last.machines;
  const { machines } = history.branchPointAt(position);
  lastAnswers.set(history, { position, length, machines });
  return machines;
}

/** The machines that the next command would meet: those of the picture, or of the end when it is on its way there. */
export class Acting {
  readonly #session: Session;
  /** A step, so that what depends on it is not asked again in every frame. */
  readonly #position = $derived.by(() => {
    const { playback, length, isAtEnd } = this.#session;
    return isAtEnd || playback.isFollowing ? length : Math.ceil(playback.time);
  });

  readonly machines: readonly Machine[] = $derived.by(() => {
    const { history, length } = this.#session;
    return history === null ? [] : machinesAt(history, Math.min(this.#position, length));
  });

  readonly worlds: readonly WorldId[] = $derived.by(() => this.#session.history?.scenario.worlds ?? []);

  constructor(session: Session) {
    this.#session = session;
  }

  machineOf(world: WorldId): Machine | null {
    return this.machines[this.worlds.indexOf(world)] ?? null;
  }

  /** Those of `worlds` whose machine is as asked for. */
  worldsWhere(
    wanted: (machine: Machine) => boolean,
    worlds: readonly WorldId[] = WORLD_IDS,
  ): readonly WorldId[] {
    return this.worlds.filter((world, index) => worlds.includes(world) && wanted(this.machines[index]!));
  }

  /** Why a command would be turned down by every world that it goes to; `null` when one of them takes it. */
  reasonAgainst(command: Command, worlds: readonly WorldId[] = WORLD_IDS): string | null {
    const asked = this.machines.filter((_, index) => worlds.includes(this.worlds[index]!));
    const refusals = asked.map((machine) => refuse(machine, command));
    const [first] = refusals;
    return first && refusals.every((refusal) => refusal !== null) ? textOfRefusal(first) : null;
  }
}
