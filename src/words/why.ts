import { RULES, type RuleId } from '../core/catalogue/rule';
import type { Cause, Fact } from '../core/describe/why/cause';
import type { ReadHop } from '../core/read-path';
import { RULE_WORDS } from './catalogue-rules';
import { captionOfCommand } from './commands';
import { conditionWords } from './conditions';
import type { Event } from '../core/event';
import { sentenceOfEvent } from './events';
import { counted, embedded } from './phrase';

function hopNamed(hop: ReadHop): string {
  if (hop.place === 'live') return 'the live volume has it';
  const area = `the area of ${hop.retained ? 'deleted ' : ''}snapshot ${hop.snapshot}`;
  return hop.slot === null ? `not in ${area}` : `${area} has it in slot ${hop.slot}`;
}

/** An event as a cause: of a thing that broke it counts what has been so ever since, not that it happened. */
function sentenceOfCause(event: Event): string {
  if (event.type !== 'conditionBroken') return sentenceOfEvent(event);
  const { title, broken } = conditionWords(event.condition);
  return `${title}: ${embedded(broken)}.`;
}

function sentenceOfFact(fact: Fact): string {
  switch (fact.kind) {
    case 'event':
      return sentenceOfCause(fact.event);
    case 'command':
      return `The command was “${captionOfCommand(fact.instruction.command)}”.`;
    case 'volumeOnline':
      return 'The live volume is online.';
    case 'noSnapshotYet':
      return 'No snapshot has been taken yet.';
    case 'slotsFree':
      return `${fact.free === 0 ? 'No slot is' : fact.free === 1 ? 'Only 1 slot is' : `Only ${fact.free} slots are`} free of ${fact.allocated} allocated.`;
    case 'areaCannotGrow':
      return fact.limitedBy === 'maximum'
        ? `The diff area has ${counted(fact.allocated, 'slot')}, and its maximum of ${fact.limitBlocks} leaves no room to grow.`
        : `The diff area has ${counted(fact.allocated, 'slot')}, and the diff volume of ${fact.limitBlocks} blocks has no room left.`;
    case 'readPath':
      return `Block ${fact.block} of snapshot ${fact.snapshot} is looked for: ${fact.path.map(hopNamed).join(', ')}.`;
    case 'snapshotLimit':
      return `There are ${counted(fact.limit, 'snapshot')}, as many as are allowed.`;
    case 'commonClock':
      return 'The other world is still at work, and both share one clock.';
    case 'beforeSearched':
      return 'That was before the part of the log that was searched.';
  }
}

/** A rule in one sentence, and whether a public document states it. */
export interface RuleSentence {
  readonly sentence: string;
  readonly isInferred: boolean;
}

/** What "Why?" says of one cause. */
export interface CauseWords {
  readonly sentence: string;
  /** The rule by which one follows from the other; `null` where there is none to state. */
  readonly rule: RuleSentence | null;
}

export function ruleWords(rule: RuleId): RuleSentence {
  return { sentence: RULE_WORDS[rule], isInferred: RULES[rule].standing === 'inferred' };
}

export function causeWords({ fact, rule }: Cause): CauseWords {
  return { sentence: sentenceOfFact(fact), rule: rule === null ? null : ruleWords(rule) };
}
