import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { API_CALLS } from '../../src/core/catalogue/api-call';
import { EVENT_ENTRIES } from '../../src/core/catalogue/event-id';
import { FAULT_ENTRIES } from '../../src/core/catalogue/fault';
import { FAULT_STATEMENTS } from '../../src/core/catalogue/fault-statement';
import { HRESULTS } from '../../src/core/catalogue/hresult';
import { PROTECTION_INFO_MEMBERS } from '../../src/core/catalogue/protection-info';
import { LEVEL_STATEMENTS } from '../../src/core/catalogue/protection-level';
import { RULES } from '../../src/core/catalogue/rule';
import { REASONS } from '../../src/core/catalogue/statement';
import { NT_STATUSES } from '../../src/core/catalogue/status';
import { EVENT_WORDS, SEVERITY_WORDS } from '../../src/words/catalogue-events';
import { FAULT_CAUSE_WORDS } from '../../src/words/catalogue-fault-causes';
import { FAULT_WORDS } from '../../src/words/catalogue-faults';
import { LEVEL_WORDS } from '../../src/words/catalogue-levels';
import {
  API_CALL_WORDS,
  FAULT_OUTCOME_WORDS,
  HRESULT_WORDS,
  PROTECTION_INFO_WORDS,
  REASON_WORDS,
  STANDING_WORDS,
  STATUS_WORDS,
} from '../../src/words/catalogue-reference';
import { RULE_WORDS } from '../../src/words/catalogue-rules';

const LIVE = 'C:';
const PLACE = 'D:';

const EVENT_SENTENCES = Object.fromEntries(
  Object.entries(EVENT_WORDS).map(([id, sentence]) => [id, sentence(LIVE, PLACE)]),
);

function flatten(words: object, path: string): [path: string, sentence: string][] {
  return Object.entries(words).flatMap(([key, value]: [string, string | object]): [string, string][] =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : flatten(value, `${path}.${key}`),
  );
}

const ALL = [
  ...flatten(FAULT_WORDS, 'fault'),
  ...flatten(FAULT_CAUSE_WORDS, 'fault'),
  ...flatten(FAULT_OUTCOME_WORDS, 'outcome'),
  ...flatten(EVENT_SENTENCES, 'event'),
  ...flatten(LEVEL_WORDS, 'level'),
  ...flatten(PROTECTION_INFO_WORDS, 'info'),
  ...flatten(HRESULT_WORDS, 'hresult'),
  ...flatten(API_CALL_WORDS, 'call'),
  ...flatten(STATUS_WORDS, 'status'),
  ...flatten(RULE_WORDS, 'rule'),
  ...flatten(REASON_WORDS, 'reason'),
];
const LABELS = /\.(title|label)$/;
const SENTENCES = ALL.filter(([path]) => !LABELS.test(path));

function keys(value: object): string[] {
  return Object.keys(value).sort();
}

function statementKeys(
  entries: Readonly<Record<string, { readonly statements: object }>>,
): [string, string[]][] {
  return Object.entries(entries).map(([name, { statements }]) => [name, keys(statements)]);
}

describe('every statement has its sentence', () => {
  it('for faults', () => {
    for (const { number } of FAULT_ENTRIES) {
      const words = { ...FAULT_WORDS[number], ...FAULT_CAUSE_WORDS[number], ...FAULT_OUTCOME_WORDS[number] };
      expect(keys(words)).toEqual(['label', 'title', ...keys(FAULT_STATEMENTS[number])].sort());
    }
  });

  it('for events and their severities', () => {
    expect(keys(EVENT_WORDS)).toEqual(keys(EVENT_ENTRIES));
    expect(keys(SEVERITY_WORDS)).toEqual(['error', 'information', 'warning']);
  });

  it('for levels', () => {
    expect(keys(LEVEL_WORDS.ORIGINAL_VOLUME)).toEqual(
      [...keys(LEVEL_STATEMENTS.ORIGINAL_VOLUME), 'title'].sort(),
    );
    expect(keys(LEVEL_WORDS.SNAPSHOT)).toEqual([...keys(LEVEL_STATEMENTS.SNAPSHOT), 'title'].sort());
  });

  it('for the members of VSS_VOLUME_PROTECTION_INFO', () => {
    for (const { name, statements } of PROTECTION_INFO_MEMBERS) {
      expect(keys(PROTECTION_INFO_WORDS[name])).toEqual(keys(statements));
    }
  });

  it('for results, calls, status codes, rules, reasons and standings', () => {
    expect(Object.entries(HRESULT_WORDS).map(([name, words]) => [name, keys(words)])).toEqual(
      statementKeys(HRESULTS),
    );
    expect(Object.entries(API_CALL_WORDS).map(([name, words]) => [name, keys(words)])).toEqual(
      statementKeys(API_CALLS),
    );
    expect(keys(STATUS_WORDS)).toEqual(keys(NT_STATUSES));
    expect(Object.keys(RULE_WORDS)).toEqual(Object.keys(RULES));
    expect(keys(REASON_WORDS)).toEqual([...REASONS].sort());
    expect(keys(STANDING_WORDS)).toEqual(['documented', 'inferred']);
  });
});

function offending(
  list: readonly [string, string][],
  isFine: (sentence: string) => boolean,
): [string, string][] {
  return list.filter(([, sentence]) => !isFine(sentence));
}

describe('sentences', () => {
  it('are whole, and of a length that can be read at a glance', () => {
    expect(SENTENCES.length).toBeGreaterThan(250);
    expect(offending(SENTENCES, (sentence) => /^[A-Z].{10,}\.$/.test(sentence))).toEqual([]);
    expect(offending(SENTENCES, (sentence) => sentence.length <= 260)).toEqual([]);
  });

  it('are set with care: no straight quotes, no double spaces, no holes', () => {
    expect(offending(ALL, (sentence) => !/ {2}|\.\.|undefined|['"{}]/.test(sentence))).toEqual([]);
  });

  it('of rules are one each, and no two are the same', () => {
    const rules = Object.entries(RULE_WORDS);
    expect(offending(rules, (sentence) => sentence.match(/\.(\s|$)/g)?.length === 1)).toEqual([]);
    expect(new Set(Object.values(RULE_WORDS)).size).toBe(rules.length);
  });
});

describe('fault titles and labels', () => {
  const titles = flatten(FAULT_WORDS, 'fault').filter(([path]) => path.endsWith('.title'));
  const labels = flatten(FAULT_WORDS, 'fault').filter(([path]) => path.endsWith('.label'));

  it('are sixteen each, all different', () => {
    expect(new Set(titles.map(([, title]) => title)).size).toBe(16);
    expect(new Set(labels.map(([, label]) => label)).size).toBe(16);
  });

  it('name a cause, not a code', () => {
    expect(offending(titles, (title) => /^[A-Z][^.]{15,}[^.]$/.test(title))).toEqual([]);
    expect(offending(titles, (title) => !/fault|\d|_/i.test(title))).toEqual([]);
  });

  it('fit a card', () => {
    expect(offending(labels, (label) => /^[A-Z][^.]{1,26}[^.]$/.test(label))).toEqual([]);
  });
});

describe('event sentences', () => {
  it('name the volume whose snapshots they are about, and no volume that they were not given', () => {
    expect(offending(Object.entries(EVENT_SENTENCES), (sentence) => sentence.includes(LIVE))).toEqual([]);
    const renamed = Object.entries(EVENT_WORDS).map(([id, words]): [string, string] => [
      id,
      words('X:', 'Y:'),
    ]);
    expect(offending(renamed, (sentence) => !/[CD]:/.test(sentence))).toEqual([]);
  });

  it('81 to 94 tell both ways out', () => {
    const protection = Object.entries(EVENT_SENTENCES).filter(([id]) => Number(id) >= 81 && Number(id) <= 94);
    expect(protection).toHaveLength(14);
    expect(
      offending(protection, (text) => text.startsWith('C: is offline to protect its snapshots: ')),
    ).toEqual([]);
    const waysOut = /Clear the protection fault[;,] .* leave protection mode and lose the snapshots\.$/;
    expect(offending(protection, (text) => waysOut.test(text))).toEqual([]);
  });

  it('80, the missing diff volume, asks for no clear: it heals itself', () => {
    expect(EVENT_SENTENCES[80]).toContain('by itself');
    expect(EVENT_SENTENCES[80]).not.toMatch(/clear/i);
  });
});

describe('our own words', () => {
  // Short phrases by which the vendor's texts are recognised.
  const VENDOR_PHRASES = [
    'at risk of being deleted',
    'please try clearing',
    'if all else fails',
    'reclaim the use of',
    'consider reducing',
    'were aborted because',
    'insufficient disk space on volume',
    'below the user defined limit',
    'shadow copy storage area',
    'the caller is not an administrator',
    'one of the parameter values',
    'has been exhausted',
  ];

  it('use none of the phrases by which the vendor’s texts are known', () => {
    const isOurs = (sentence: string) =>
      VENDOR_PHRASES.every((phrase) => !sentence.toLowerCase().includes(phrase));
    expect(offending(ALL, isOurs)).toEqual([]);
  });

  const RUN_OF_WORDS = 7;
  const shared = join(import.meta.dirname, '../../../shared/sources');

  function runs(text: string): string[] {
    const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    return words.slice(RUN_OF_WORDS - 1).map((_, i) => words.slice(i, i + RUN_OF_WORDS).join(' '));
  }

  it.skipIf(!existsSync(shared))('share no run of seven words with the two documents we start from', () => {
    const published = new Set(
      readdirSync(shared).flatMap((file) => runs(readFileSync(join(shared, file), 'utf8'))),
    );
    expect(published.size).toBeGreaterThan(500);
    expect(ALL.flatMap(([, sentence]) => runs(sentence)).filter((run) => published.has(run))).toEqual([]);
  });
});
