import { tracesAt, type MetFault } from '../../core/describe/traces';
import type { Cause } from '../../core/describe/why/cause';
import { explain } from '../../core/describe/why/why';
import { ownerOfSlot } from '../../core/describe/why/slot-owner';
import type { Event } from '../../core/event';
import type { History } from '../../core/history';
import { findSnapshot, type Machine } from '../../core/machine';
import { traceSnapshotRead } from '../../core/read-path';
import type { FigureGeometry } from '../../drawing/parts';
import { ownerMarks, readMarks, whyMarks, type Figure } from '../../drawing/why-marks';
import {
  ANSWER_WORDS,
  sentenceOfOlderReaders,
  sentenceOfOrigin,
  sentenceOfOwner,
  sentenceOfStop,
} from '../../words/ask';
import { sentenceOfEvent } from '../../words/events';
import { causeWords, ruleWords, type RuleSentence } from '../../words/why';
import type { Question } from './selection.svelte';

type QuestionOf<Kind extends Question['kind']> = Extract<Question, { readonly kind: Kind }>;

/** A sentence under the number that its callout has on the stage. */
export interface AnswerItem {
  readonly number: number;
  readonly sentence: string;
  readonly rule: RuleSentence | null;
  /** The moment to look at; `null`: none. */
  readonly position: number | null;
}

/** What a question is answered with: in words, and drawn on the stage. */
export interface Answer {
  readonly name: string;
  readonly title: string;
  /** The moment that was asked about. */
  readonly position: number | null;
  readonly listName: string;
  readonly items: readonly AnswerItem[];
  readonly draw: (machine: Machine, geometry: FigureGeometry) => Figure;
}

/** The causes do not change with what is looked at; where they are drawn does. */
export function answerWhy(history: History, { position, worldIndex }: QuestionOf<'why'>): Answer | null {
  const effect = position > history.length ? null : history.momentAt(position).events[worldIndex];
  if (effect === null || effect === undefined) return null;
  const causes = explain(history, position, worldIndex);
  const met = faultIn(history, worldIndex, [{ position, event: effect }, ...causesThatHappened(causes)]);
  return {
    name: ANSWER_WORDS.whyName,
    title: ANSWER_WORDS.why(sentenceOfEvent(effect)),
    position,
    listName: ANSWER_WORDS.causes,
    items: causes.map((cause, index) => ({
      number: index + 1,
      position: cause.position,
      ...causeWords(cause),
    })),
    draw: (machine, geometry) => whyMarks({ effect, causes, met, machine }, geometry),
  };
}

interface Happened {
  readonly position: number | null;
  readonly event: Event;
}

function causesThatHappened(causes: readonly Cause[]): readonly Happened[] {
  return causes.flatMap(({ position, fact }) =>
    fact.kind === 'event' ? [{ position, event: fact.event }] : [],
  );
}

/** A chain has one fault at most; where it was met is told by the machine of that moment. */
function faultIn(history: History, worldIndex: number, chain: readonly Happened[]): MetFault | null {
  for (const { position, event } of chain) {
    if (event.type !== 'faultMet' || position === null) continue;
    return tracesAt(history, history.momentAt(position), worldIndex).fault;
  }
  return null;
}

/** The way of a read as it goes now: the path is the core's answer. */
export function answerRead(machine: Machine, { snapshot, block }: QuestionOf<'read'>): Answer {
  const exists = findSnapshot(machine, snapshot) !== undefined;
  const path = exists ? traceSnapshotRead(machine, snapshot, block) : [];
  const hops = exists ? [null, ...path] : [];
  return {
    name: ANSWER_WORDS.pathName,
    title: exists ? ANSWER_WORDS.path(block, snapshot) : ANSWER_WORDS.noSuchRead,
    position: null,
    listName: ANSWER_WORDS.stops,
    items: hops.map((hop, index) => ({
      number: index + 1,
      sentence: sentenceOfStop(hop, { snapshot, block }),
      rule: index === 0 ? ruleWords('readPath') : null,
      position: null,
    })),
    draw: (_, geometry) =>
      exists ? readMarks({ snapshot, block, path }, machine, geometry) : { callouts: [], legs: [] },
  };
}

export function answerOwner(machine: Machine, { slot }: QuestionOf<'owner'>): Answer {
  const owner = ownerOfSlot(machine, slot);
  const others = owner?.readers.filter((reader) => reader !== owner.snapshot) ?? [];
  const said =
    owner === null
      ? []
      : [
          { sentence: sentenceOfOrigin(owner), rule: ruleWords('copyBeforeOverwrite') },
          {
            sentence: sentenceOfOwner(owner),
            rule: ruleWords(owner.isRetained ? 'areaRetained' : 'newestAreaReceivesCopies'),
          },
          ...(others.length === 0
            ? []
            : [{ sentence: sentenceOfOlderReaders(owner, others), rule: ruleWords('readPath') }]),
        ];
  return {
    name: ANSWER_WORDS.ownerName,
    title: `${ANSWER_WORDS.owner(slot)}${owner === null ? ` ${ANSWER_WORDS.nobody}` : ''}`,
    position: null,
    listName: ANSWER_WORDS.owners,
    items: said.map((words, index) => ({ number: index + 1, position: null, ...words })),
    draw: (_, geometry) => ownerMarks(slot, owner, machine, geometry),
  };
}
