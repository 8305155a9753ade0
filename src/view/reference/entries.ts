import { API_CALLS, type ApiCallName } from '../../core/catalogue/api-call';
import { EVENT_ENTRIES, type EventEntry, type EventId } from '../../core/catalogue/event-id';
import { documentedFaultName, FAULT_ENTRIES } from '../../core/catalogue/fault';
import { FAULT_STATEMENTS } from '../../core/catalogue/fault-statement';
import { HRESULTS, type HResultName } from '../../core/catalogue/hresult';
import { LEVEL_ENTRIES, LEVEL_STATEMENTS } from '../../core/catalogue/protection-level';
import { PROTECTION_INFO_MEMBERS } from '../../core/catalogue/protection-info';
import {
  GLOSSARY_FACTS,
  HOTFIX_FACTS,
  OTHER_SYSTEM_FACTS,
  TOOL_FACTS,
  WRITE_STACK_FACTS,
} from '../../core/catalogue/reference-fact';
import { RULES, type RuleId } from '../../core/catalogue/rule';
import type { Statement } from '../../core/catalogue/statement';
import { NT_STATUSES, STATUS_STATEMENTS, type NtStatusName } from '../../core/catalogue/status';
import { PROTECTION_LEVELS } from '../../core/protection';
import { EVENT_WORDS, SEVERITY_WORDS } from '../../words/catalogue-events';
import { FAULT_CAUSE_WORDS } from '../../words/catalogue-fault-causes';
import { FAULT_WORDS } from '../../words/catalogue-faults';
import { LEVEL_WORDS } from '../../words/catalogue-levels';
import {
  API_CALL_WORDS,
  FAULT_OUTCOME_WORDS,
  HRESULT_WORDS,
  PROTECTION_INFO_WORDS,
  STATUS_WORDS,
} from '../../words/catalogue-reference';
import { RULE_WORDS } from '../../words/catalogue-rules';
import { DIFF_VOLUME, hexadecimal, LIVE_VOLUME } from '../../words/phrase';
import {
  CALL_ALSO,
  FAULT_ALSO,
  GLOSSARY_WORDS,
  HOTFIX_WORDS,
  OTHER_SYSTEM_WORDS,
  REFERENCE_WORDS,
  TOOL_WORDS,
  WRITE_STACK_WORDS,
} from '../../words/reference';

export type SectionId = keyof typeof REFERENCE_WORDS.sections;

export const SECTIONS = Object.keys(REFERENCE_WORDS.sections) as readonly SectionId[];

/** A sentence, and where it comes from. */
interface ReferenceLine {
  readonly text: string;
  readonly statement: Statement | null;
  /** What of the thing it tells; `null`: that goes without saying. */
  readonly label: string | null;
}

/** One thing that can be looked up. */
export interface ReferenceEntry {
  readonly section: SectionId;
  readonly id: string;
  readonly title: string;
  /** A value, a signature: set in type of equal width. */
  readonly code: string | null;
  readonly lines: readonly ReferenceLine[];
  readonly href: string | null;
  /** What it is also looked for by, and what is not shown. */
  readonly also: string;
}

function entry(
  section: SectionId,
  id: string,
  title: string,
  code: string | null,
  lines: readonly ReferenceLine[],
  more: Partial<Pick<ReferenceEntry, 'href' | 'also'>> = {},
): ReferenceEntry {
  return { section, id, title, code, lines, href: more.href ?? null, also: more.also ?? '' };
}

function line(text: string, statement: Statement | null = null): ReferenceLine {
  return { text, statement, label: null };
}

/** The sentences of a catalogue entry with their statements, by the keys that both have. */
function linesOf(
  words: Readonly<Record<string, string>>,
  statements: Readonly<Record<string, Statement>>,
  labels: Readonly<Record<string, string>> = {},
): readonly ReferenceLine[] {
  return Object.entries(statements).flatMap(([key, statement]) => {
    const text = words[key];
    return text === undefined ? [] : [{ text, statement, label: labels[key] ?? null }];
  });
}

function levels(): readonly ReferenceEntry[] {
  return PROTECTION_LEVELS.map((level) => {
    const { documentedName, value } = LEVEL_ENTRIES[level];
    const lines = linesOf(LEVEL_WORDS[level], LEVEL_STATEMENTS[level]);
    return entry('levels', level, LEVEL_WORDS[level].title, `${documentedName} = ${value}`, lines);
  });
}

function faults(): readonly ReferenceEntry[] {
  const none = entry('faults', '0', 'None', `${documentedFaultName('NONE')} = 0`, [
    line('No protection fault has occurred.', FAULT_STATEMENTS[1].cause),
  ]);
  const sixteen = FAULT_ENTRIES.map(({ number, name }) => {
    const words = { ...FAULT_WORDS[number], ...FAULT_CAUSE_WORDS[number], ...FAULT_OUTCOME_WORDS[number] };
    const lines = linesOf(words, FAULT_STATEMENTS[number], REFERENCE_WORDS.lineLabels);
    const code = `${documentedFaultName(name)} = ${number}`;
    const also = `${number + 79} fault ${number} ${FAULT_ALSO[number] ?? ''}`;
    return entry('faults', String(number), FAULT_WORDS[number].label, code, lines, {
      href: `#/faults/${number}`,
      also,
    });
  });
  return [none, ...sixteen];
}

function info(): readonly ReferenceEntry[] {
  return PROTECTION_INFO_MEMBERS.map(({ name, cType, statements }) =>
    entry('info', name, name, `${cType} ${name}`, linesOf(PROTECTION_INFO_WORDS[name], statements)),
  );
}

function calls(): readonly ReferenceEntry[] {
  return (Object.keys(API_CALLS) as ApiCallName[]).map((name) => {
    const call = API_CALLS[name];
    const parameters = call.arguments.map((argument) =>
      REFERENCE_WORDS.argument(argument.direction, argument.cType, argument.name),
    );
    const lines = linesOf(API_CALL_WORDS[name], call.statements);
    const results = line(`${REFERENCE_WORDS.returns}: ${call.results.join(', ')}.`);
    const code = `${call.interface}::${name}(${parameters.join(', ')})`;
    return entry('calls', name, name, code, [...lines, results], { also: CALL_ALSO[name] ?? '' });
  });
}

function results(): readonly ReferenceEntry[] {
  return (Object.keys(HRESULTS) as HResultName[]).map((name) => {
    const { value, statements } = HRESULTS[name];
    return entry('results', name, name, hexadecimal(value), linesOf(HRESULT_WORDS[name], statements));
  });
}

function events(): readonly ReferenceEntry[] {
  return (Object.keys(EVENT_ENTRIES).map(Number) as EventId[]).map((id) => {
    const { severity, channel, fault, statements }: EventEntry = EVENT_ENTRIES[id];
    // With protection off the same event can come with several faults.
    const unprotected = FAULT_ENTRIES.filter(({ eventsOriginal }) =>
      eventsOriginal.some((sequence) => sequence.includes(id)),
    ).map(({ number }) => number);
    const lines = [
      line(EVENT_WORDS[id](LIVE_VOLUME, DIFF_VOLUME), statements.text),
      line(REFERENCE_WORDS.channel(channel), statements.severity),
      ...(fault === null ? [] : [line(REFERENCE_WORDS.eventOfFault(fault))]),
      ...(unprotected.length === 0 ? [] : [line(REFERENCE_WORDS.eventWithoutProtection(unprotected))]),
    ];
    const title = `${id} · ${SEVERITY_WORDS[severity]}`;
    return entry('events', String(id), title, null, lines, {
      href:
        fault === null
          ? unprotected.length === 1
            ? `#/faults/${unprotected[0]}`
            : null
          : `#/faults/${fault}`,
      also: `event ${id}`,
    });
  });
}

function statuses(): readonly ReferenceEntry[] {
  return (Object.keys(NT_STATUSES) as NtStatusName[]).map((name) =>
    entry('statuses', name, name, hexadecimal(NT_STATUSES[name]), [
      line(STATUS_WORDS[name], STATUS_STATEMENTS.values),
    ]),
  );
}

function rules(): readonly ReferenceEntry[] {
  return (Object.keys(RULES) as RuleId[]).map((id) =>
    entry('rules', id, RULE_WORDS[id], null, [line('', RULES[id])]),
  );
}

function terms<Key extends string>(
  section: SectionId,
  words: Readonly<Record<Key, { readonly term: string; readonly meaning: string; readonly also?: string }>>,
  facts: Readonly<Record<Key, Statement>>,
): readonly ReferenceEntry[] {
  return (Object.keys(words) as Key[]).map((key) => {
    const { term, meaning, also } = words[key];
    return entry(section, key, term, null, [line(meaning, facts[key])], also === undefined ? {} : { also });
  });
}

function hotfix(): readonly ReferenceEntry[] {
  const lines = linesOf(HOTFIX_WORDS, HOTFIX_FACTS);
  return [
    entry('hotfix', 'kb940041', 'KB940041', null, lines, { also: 'snapshot protection mode server 2003' }),
  ];
}

/** Everything that the reference holds, but for the table of the hotfix's files. */
export const REFERENCE_ENTRIES: readonly ReferenceEntry[] = [
  ...levels(),
  ...faults(),
  ...info(),
  ...calls(),
  ...results(),
  ...events(),
  ...statuses(),
  ...rules(),
  ...terms('stack', WRITE_STACK_WORDS, WRITE_STACK_FACTS),
  ...hotfix(),
  ...terms('tools', TOOL_WORDS, TOOL_FACTS),
  ...terms('systems', OTHER_SYSTEM_WORDS, OTHER_SYSTEM_FACTS),
  ...terms('glossary', GLOSSARY_WORDS, GLOSSARY_FACTS),
];
