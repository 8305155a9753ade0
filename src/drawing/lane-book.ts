import { atOnce } from '../core/at-once';
import type { Entry, History } from '../core/history';
import { Details } from './entry-detail';
import { factsOfWorld, type WorldFacts } from './lane-facts';
import type { LanePlan } from './lane-plan';
import { drawLanes, edgesOf, type LaneDrawing } from './lanes';
import { entriesUpTo, loudOf, TimeScale } from './time-scale';

/** What the lanes are to show: the first `length` steps of a history, on so many pixels. */
interface LaneLook {
  readonly history: History;
  readonly length: number;
  readonly width: number;
  readonly plan: LanePlan;
}

interface LanePicture {
  readonly entries: readonly Entry[];
  readonly scale: TimeScale;
  /** Per world. */
  readonly facts: readonly WorldFacts[];
  readonly drawing: LaneDrawing;
}

/** Draws the lanes of a timeline, one look after another. */
export class LaneBook {
  readonly #details = new Details();
  #latest: { readonly look: LaneLook; readonly picture: LanePicture } | null = null;

  at(look: LaneLook): LanePicture {
    const latest = this.#latest;
    if (latest !== null && isSameLook(latest.look, look)) return latest.picture;
    return atOnce(this.prepare(look));
  }

  /** Draws the look that is asked for next, as a job that can rest. */
  *prepare(look: LaneLook): Generator<void, LanePicture> {
    const { history, length, width, plan } = look;
    const entries = [...entriesUpTo(history, length)];
    const scale = new TimeScale(loudOf(history, length), length, width);
    yield;
    const facts: WorldFacts[] = [];
    for (const world of history.scenario.worlds.keys()) {
      facts.push(factsOfWorld(entries, world));
      yield;
    }
    const edges = edgesOf(entries, scale);
    const details = yield* this.#details.of(history, entries, edges);
    const drawing = yield* drawLanes({ history, entries, facts, scale, plan, edges, details });
    const picture = { entries, scale, facts, drawing };
    this.#latest = { look, picture };
    return picture;
  }
}

function isSameLook(one: LaneLook, other: LaneLook): boolean {
  return (
    one.history === other.history &&
    one.length === other.length &&
    one.width === other.width &&
    one.plan === other.plan
  );
}
