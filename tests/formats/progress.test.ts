import { expect, test } from 'vitest';
import { NO_PROGRESS, parseProgress, printProgress, type Progress } from '../../src/formats/progress';

const SOME: Progress = {
  gate: 'first-write',
  lessons: [
    {
      id: 'first-write',
      beat: 2,
      places: [
        { branch: 3, record: null },
        { branch: 3, record: 17 },
      ],
      answers: [{ beat: 2, answer: 1, confidence: 2 }],
      isDone: false,
    },
    { id: 'fault-7', beat: 5, places: [], answers: [], isDone: true, benches: [4, 9] },
  ],
};

test('what is printed is read again', () => {
  for (const progress of [NO_PROGRESS, SOME]) {
    expect(parseProgress(printProgress(progress))).toEqual({ ok: true, value: progress });
  }
});

function spoilt(change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(printProgress(SOME)) as Record<string, unknown>;
  change(json);
  return JSON.stringify(json);
}

test.each([
  ['no JSON', 'half {', ''],
  ['another format', spoilt((json) => (json['format'] = 'x')), 'format'],
  ['a newer version', spoilt((json) => (json['version'] = 2)), 'version'],
  ['a member that nobody knows', spoilt((json) => (json['extra'] = 1)), 'extra'],
  ['markup in an id', spoilt((json) => (json['gate'] = '<b>')), 'gate'],
  ['lessons that are no list', spoilt((json) => (json['lessons'] = {})), 'lessons'],
  [
    'a confidence beyond certainty',
    printProgress({
      ...SOME,
      lessons: [{ ...SOME.lessons[0]!, answers: [{ beat: 0, answer: 0, confidence: 3 }] }],
    }),
    'lessons.0.answers.0.confidence',
  ],
  [
    'a negative beat',
    printProgress({ ...SOME, lessons: [{ ...SOME.lessons[0]!, beat: -1 }] }),
    'lessons.0.beat',
  ],
  [
    'more benches than are kept',
    printProgress({ ...SOME, lessons: [{ ...SOME.lessons[0]!, benches: Array<number>(21).fill(1) }] }),
    'lessons.0.benches',
  ],
  ['far too much text', ' '.repeat(1_048_577), ''],
])('%s is refused with its place', (_, text, place) => {
  const parsed = parseProgress(text);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? null : parsed.problem.place).toBe(place);
  expect(parsed.ok ? '' : parsed.problem.reason).not.toBe('');
});
