import { required } from '../../assert';
import type { RuleId } from '../../catalogue/rule';
import type { Condition } from '../../condition';
import type { Event, EventType } from '../../event';
import type { Entry, History } from '../../history';
import type { Machine } from '../../machine';
import type { WorldId } from '../../scenario';
import { fold } from '../../evolve';
import type { Cause, Fact } from './cause';

/** An event in its place. */
export interface Occurrence<Type extends EventType = EventType> {
  readonly event: Event & { readonly type: Type };
  /** After the event. */
  readonly position: number;
  readonly entry: Entry;
}

/** The causes of one type of event, nearest first. */
export type Reason<Type extends EventType = EventType> = (
  inquiry: Inquiry,
  at: Occurrence<Type>,
) => readonly Cause[];

export type Reasons = { readonly [Type in EventType]: Reason<Type> };

/** How far back causes are searched for, in steps. */
export const SEARCHED_STEPS = 20_000;

const MAXIMUM_ENTRIES_AT_ONCE = 32;

/** A question about one world of a history. It remembers what it has derived, since its searches cover the same ground. */
export class Inquiry {
  readonly #history: History;
  readonly #worldIndex: number;
  readonly #reasons: Reasons;
  readonly #derived = new Map<number, readonly Event[]>();
  #entriesAtOnce = 1;

  constructor(history: History, worldIndex: number, reasons: Reasons) {
    this.#history = history;
    this.#worldIndex = worldIndex;
    this.#reasons = reasons;
  }

  get world(): WorldId {
    return required(this.#history.scenario.worlds[this.#worldIndex], 'a world of the scenario');
  }

  at(position: number): Occurrence | null {
    const entry = this.#history.entryBefore(position);
    const event = entry === null ? undefined : this.#eventsOf(entry.index)[position - entry.start - 1];
    return entry === null || event === undefined ? null : { event, position, entry };
  }

  /** Going back, commands are derived a few at a time: forwards each of them costs only itself. */
  #eventsOf(entryIndex: number): readonly Event[] {
    if (!this.#derived.has(entryIndex)) {
      for (let index = Math.max(0, entryIndex - this.#entriesAtOnce + 1); index <= entryIndex; index += 1) {
        this.#derive(index);
      }
      this.#entriesAtOnce = Math.min(MAXIMUM_ENTRIES_AT_ONCE, 2 * this.#entriesAtOnce);
    }
    return required(this.#derived.get(entryIndex), 'the entry was derived');
  }

  #derive(entryIndex: number): void {
    if (this.#derived.has(entryIndex)) return;
    const { outcome } = this.#history.derive(entryIndex);
    this.#derived.set(entryIndex, outcome.events[this.#worldIndex] ?? []);
  }

  /** Everything that happened in this world before an event, newest first, as far back as is searched. */
  *#before(at: Occurrence): Generator<Occurrence> {
    for (let index = at.entry.index; index >= 0; index -= 1) {
      const entry = required(this.#history.entries[index], 'an entry of the path');
      if (at.position - entry.start - entry.record.steps > SEARCHED_STEPS) return;
      const events = this.#eventsOf(index);
      const from = Math.min(events.length, at.position - entry.start - 1);
      for (let step = from - 1; step >= 0; step -= 1) {
        yield { event: events[step]!, position: entry.start + step + 1, entry };
      }
    }
  }

  /** The latest event of a type before another event. */
  latest<Type extends EventType>(
    at: Occurrence,
    type: Type,
    matches: (event: Event & { readonly type: Type }) => boolean = () => true,
  ): Occurrence<Type> | null {
    for (const earlier of this.#before(at)) {
      if (isOf(earlier, type) && matches(earlier.event)) return earlier;
    }
    return null;
  }

  /** The same, but only among what its own command did before it. */
  latestOfCommand<Type extends EventType>(
    at: Occurrence,
    ...types: readonly Type[]
  ): Occurrence<Type> | null {
    for (const earlier of this.#before(at)) {
      if (earlier.entry !== at.entry) return null;
      const type = types.find((wanted) => earlier.event.type === wanted);
      if (type !== undefined && isOf(earlier, type)) return earlier;
    }
    return null;
  }

  /** The event just before, when the same command did it. */
  previous(at: Occurrence): Event | null {
    const [earlier] = this.#before(at);
    return earlier?.entry === at.entry ? earlier.event : null;
  }

  machineBefore(at: Occurrence): Machine {
    const { before, outcome } = this.#history.derive(at.entry.index);
    const events = outcome.events[this.#worldIndex] ?? [];
    const machine = required(before[this.#worldIndex], 'a world of the scenario');
    return fold(machine, events.slice(0, at.position - at.entry.start - 1));
  }

  /** Whether the command was given to this world; if not, the world only keeps time with the other one. */
  isAddressed(at: Occurrence): boolean {
    return at.entry.record.instruction.worlds.includes(this.world);
  }

  causesOf(at: Occurrence): readonly Cause[] {
    const reason = this.#reasons[at.event.type] as Reason;
    return reason(this, at);
  }
}

function isOf<Type extends EventType>(at: Occurrence, type: Type): at is Occurrence<Type> {
  return at.event.type === type;
}

/** An event as a cause. One that was not found lies before what was searched. */
export function because(rule: RuleId | null, at: Occurrence | null): Cause {
  if (at === null) return { rule, position: null, fact: { kind: 'beforeSearched' } };
  return { rule, position: at.position, fact: { kind: 'event', event: at.event } };
}

/** An event as a cause, with its own causes after it. */
export function following(inquiry: Inquiry, rule: RuleId | null, at: Occurrence | null): readonly Cause[] {
  return at === null ? [because(rule, at)] : [because(rule, at), ...inquiry.causesOf(at)];
}

export function state(rule: RuleId | null, fact: Fact): Cause {
  return { rule, position: null, fact };
}

/** The command that an event belongs to, as its cause. */
export function commanded(at: Occurrence, rule: RuleId | null = null): Cause {
  const { record, start } = at.entry;
  return { rule, position: start, fact: { kind: 'command', instruction: record.instruction } };
}

/** The write in progress: its arrival and the command for it, which may be another one when the learner intervened. */
export function writeInHand(inquiry: Inquiry, at: Occurrence): readonly Cause[] {
  return following(inquiry, null, inquiry.latest(at, 'writeRequested'));
}

/** When a condition that is broken now was broken. */
export function brokenSince(
  inquiry: Inquiry,
  at: Occurrence,
  condition: Condition,
): Occurrence<'conditionBroken'> | null {
  const block = condition.name === 'liveBadBlock' ? condition.block : null;
  return inquiry.latest(
    at,
    'conditionBroken',
    ({ condition: broken }) =>
      broken.name === condition.name && (broken.name === 'liveBadBlock' ? broken.block : null) === block,
  );
}
