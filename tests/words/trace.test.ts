import { describe, expect, it } from 'vitest';
import type { TooSmall } from '../../src/core/replay/shadow-storage';
import {
  SKIP_REASONS,
  TRACE_FORMATS,
  UNPARSED_REASONS,
  type TraceQuestion,
  type TraceSurvey,
} from '../../src/core/replay/trace';
import {
  sentenceOfRecognition,
  sentenceOfUnits,
  sentenceOfUnparsed,
  sentencesOfSkipped,
  sentencesOfUnparsed,
  TRACE_FORMAT_NAMES,
  wordsOfQuestion,
  wordsOfTooSmall,
} from '../../src/words/trace';

const SENTENCE = /^[A-Z0-9].*[^.]\.$/;

function counts<Key extends string>(keys: readonly Key[], count: number): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, count])) as Record<Key, number>;
}

describe('a trace in words', () => {
  it.each(TRACE_FORMATS)('%s has a name, and units', (format) => {
    expect(sentenceOfRecognition(format, 'certain')).toBe(
      `This is a block trace: ${TRACE_FORMAT_NAMES[format]}.`,
    );
    for (const confidence of ['likely', 'ambiguous'] as const)
      expect(sentenceOfRecognition(format, confidence)).toContain(TRACE_FORMAT_NAMES[format]);
    expect(sentenceOfUnits(format)).toMatch(SENTENCE);
  });

  it('has no two formats of one name', () => {
    expect(new Set(Object.values(TRACE_FORMAT_NAMES)).size).toBe(TRACE_FORMATS.length);
  });

  it('tells the units as they are read', () => {
    expect(sentenceOfUnits('msr')).toBe(
      'Time is in units of 100 nanoseconds; offset and length are in bytes.',
    );
    expect(sentenceOfUnits('spc')).toBe(
      'Time is in seconds; offset is in sectors of 512 bytes, length in bytes.',
    );
    expect(sentenceOfUnits('mqsim', 'ps')).toBe(
      'Time is in picoseconds; offset and length are in sectors of 512 bytes.',
    );
    expect(sentenceOfUnits('fio2')).toBe('The records have no time; offset and length are in bytes.');
    expect(sentenceOfUnits('procmon')).toContain('from the start of each file');
  });

  it('says what was skipped, one and many', () => {
    const skipped = { ...counts(SKIP_REASONS, 0), otherAction: 1, fileAction: 2 };
    expect(sentencesOfSkipped({ skipped })).toEqual([
      '1 line is another event of a request.',
      '2 lines add, open or close files.',
    ]);
    for (const sentence of sentencesOfSkipped({ skipped: counts(SKIP_REASONS, 1) }))
      expect(sentence).toMatch(SENTENCE);
  });

  it.each(UNPARSED_REASONS)('explains %s', (reason) => {
    const sentence = sentenceOfUnparsed('msr', { line: 12, text: '', reason });
    expect(sentence).toMatch(/^Line 12: [a-z].*[^.]\.$/);
    const unparsed = { ...counts(UNPARSED_REASONS, 0), [reason]: 3 };
    expect(sentencesOfUnparsed('msr', { unparsed })).toEqual([
      sentence.replace('Line 12', '3 lines not understood'),
    ]);
  });

  it('counts a binary trace in records, and gives limits as they are', () => {
    expect(sentenceOfUnparsed('vscsi1', { line: 2, text: '', reason: 'cutOff' })).toBe(
      'Record 2: the file ends in the middle of it.',
    );
    const line = { line: 1, text: '' };
    expect(sentenceOfUnparsed('spc', { ...line, reason: 'writeTooLong' })).toContain('1 GiB');
    expect(sentenceOfUnparsed('spc', { ...line, reason: 'lineTooLong' })).toContain('128 KiB');
  });
});

describe('a question about a trace in words', () => {
  const device = { records: 3, reads: 1, range: { from: 0, to: 1 } };
  const survey = {
    devices: [
      { ...device, name: 'usr_0', writes: 1 },
      { ...device, name: 'usr_1', writes: 2 },
    ],
  } as unknown as TraceSurvey;
  const questions: readonly TraceQuestion[] = [
    { kind: 'format', choices: ['mqsim', 'ssdsim'], default: 'mqsim', why: 'sameColumns' },
    { kind: 'timeUnit', choices: ['ns', 'us'], default: 'ns', why: 'setBesideTheTrace' },
    { kind: 'device', choices: [null, 1, 0], default: null, why: 'severalDevices' },
    { kind: 'partitionOffset', choices: [0, 32_256], default: 0, why: 'blocksBeginWithTheVolume' },
  ];

  it.each(questions)('$kind: asks, says why, and names every choice', (question) => {
    const words = wordsOfQuestion(question, survey);
    expect(words.question).toMatch(/^[A-Z].*\?$/);
    expect(words.why).toMatch(SENTENCE);
    expect(new Set(words.choices).size).toBe(question.choices.length);
  });

  it('names devices and where partitions begin', () => {
    expect(wordsOfQuestion(questions[2]!, survey).choices).toEqual([
      'All of them, each a volume of its own',
      'usr_1 (2 writes)',
      'usr_0 (1 write)',
    ]);
    expect(wordsOfQuestion(questions[3]!, survey).choices[1]).toBe('At sector 63 (32256 bytes)');
  });
});

describe('a diff area too small in words', () => {
  const found: TooSmall = {
    derivedBy: 'counting',
    record: { earliest: 4, latest: 4 },
    snapshots: 3,
    originalVolume: {
      atMaximum: { kind: 'oldestDeleted', deleted: 1, left: 2 },
      atCapacity: { kind: 'allLost', lost: 3 },
    },
    snapshot: { kind: 'offline', kept: 3 },
  };

  it('says when, and what either level would give up', () => {
    const words = wordsOfTooSmall(found);
    expect(words).toMatchObject({
      when: 'The diff area would be full at record 5, with 3 snapshots.',
      originalVolumeAtMaximum: 'At the maximum: the oldest snapshot deleted, 2 left. Writing goes on.',
      originalVolumeAtCapacity: 'With the diff volume full: all 3 snapshots lost. Writing goes on.',
      snapshot: '3 snapshots kept. The volume is offline from that write on.',
    });
    expect(words.basis).toMatch(SENTENCE);
  });

  it('does not pretend to know the record more exactly than it does', () => {
    const words = wordsOfTooSmall({ ...found, record: { earliest: 4, latest: 8 } });
    expect(words.when).toContain('a record between 5 and 9');
  });

  it('says when the only snapshot goes', () => {
    const originalVolume = { ...found.originalVolume, atMaximum: { kind: 'allLost', lost: 1 } } as const;
    expect(wordsOfTooSmall({ ...found, originalVolume }).originalVolumeAtMaximum).toContain(
      'the only snapshot lost',
    );
  });
});
