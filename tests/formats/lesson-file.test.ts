import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import type { Expectation } from '../../src/core/lesson/expectation';
import type { Beat, Lesson, Predict, Task, Tell } from '../../src/core/lesson/lesson';
import { replayLesson } from '../../src/core/lesson/replay-lesson';
import { failure, success } from '../../src/core/result';
import { fileKindOf } from '../../src/formats/file-kind';
import { parseLessonDraft, parseLessonFile, printLessonFile } from '../../src/formats/lesson-file';
import { FAULT_LESSONS, FOUNDATIONS } from '../../src/lessons/all-lessons';
import {
  bothWorlds,
  burst,
  every,
  inWorld,
  SNAPSHOT,
  snapshots,
  used,
  write,
} from '../../src/lessons/making';

const TELL: Tell = {
  kind: 'tell',
  text: 'A snapshot is taken.',
  highlight: { part: 'shelf' },
  commands: [SNAPSHOT],
  expect: every(snapshots(1)),
};

const PREDICT: Predict = {
  kind: 'predict',
  question: 'How many slots are in use?',
  highlight: null,
  answers: [
    { text: 'One.', claims: every(used(1)), feedback: '' },
    { text: 'None.', claims: every(used(0)), feedback: '' },
  ],
  commands: [write(3, 'Tuesday')],
  because: 'The old block is copied first.',
};

const TASK: Task = {
  kind: 'task',
  text: 'Fill another slot.',
  highlight: { part: 'slot', number: 1 },
  goal: every(used(2)),
  solution: [write(4, 'Wednesday')],
  hints: ['Write a block that was not written since.'],
  detours: [{ claims: every(used(1)), feedback: 'It is saved already.', example: [write(3, 'again')] }],
};

const LESSON: Lesson = {
  id: 'mine',
  title: 'Mine',
  aim: 'Count slots.',
  scenario: bothWorlds(),
  before: [write(3, 'Monday')],
  beats: [
    TELL,
    PREDICT,
    TASK,
    { kind: 'byHand', text: 'You do it.', block: 5, content: { kind: 'text', text: 'x' } },
    { kind: 'diagnose', text: 'What is it?', faults: [6, 7] },
  ],
};

function withBeats(...beats: readonly Beat[]): Lesson {
  return { ...LESSON, beats };
}

test('every built-in lesson can be printed and read again', () => {
  for (const lesson of [...FOUNDATIONS, ...FAULT_LESSONS, LESSON]) {
    expect(parseLessonFile(printLessonFile(lesson)), lesson.id).toEqual(success(lesson));
  }
  expect(replayLesson(LESSON)).toEqual([]);
});

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((some) => `${some}.`);
const block = fc.nat(15);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ block, text }).map((some) => write(some.block, some.text)),
  fc.record({ block, writes: fc.nat(300) }).map((some) => burst(some.block, some.writes)),
  fc.constantFrom<Command>(SNAPSHOT, { type: 'takeOffline' }, { type: 'wait', durationMs: 5 }),
  fc
    .array(fc.tuple(block, fc.nat(4)), { maxLength: 5 })
    .map((pairs): Command => ({ type: 'replayWrites', from: 0, writes: Uint32Array.from(pairs.flat()) })),
  fc
    .record({ snapshot: fc.nat(9), block })
    .map((some): Command => ({ type: 'read', block: some.block, from: { snapshot: some.snapshot } })),
);
const claims: fc.Arbitrary<readonly Expectation[]> = fc.array(
  fc.oneof(
    fc.nat(20).map((count): Expectation => ({ world: 'on', fact: snapshots(count) })),
    fc
      .record({ block, text })
      .map((some): Expectation => ({ world: 'every', fact: { kind: 'reads', from: 'live', ...some } })),
  ),
  { minLength: 1, maxLength: 4 },
);
const beat: fc.Arbitrary<Beat> = fc.oneof(
  fc.record<Tell>({
    kind: fc.constant('tell'),
    text,
    highlight: fc.constantFrom(null, { part: 'gate' }, { part: 'block', number: 3 }),
    commands: fc.array(command, { maxLength: 3 }),
    expect: claims,
  }),
  fc.record({ question: text, because: text, answer: text, claims }).map((some): Predict => ({
    ...PREDICT,
    question: some.question,
    because: some.because,
    answers: [{ text: some.answer, claims: some.claims, feedback: '' }, PREDICT.answers[0]!],
  })),
  fc
    .record({ text, goal: claims, solution: fc.array(command, { maxLength: 3 }) })
    .map((some): Task => ({ ...TASK, ...some })),
);

test('any lesson is the same after it was printed and read, whether the machine agrees or not', () => {
  fc.assert(
    fc.property(text, fc.array(beat, { minLength: 1, maxLength: 8 }), (title, beats) => {
      const lesson = { ...LESSON, title, beats };
      expect(parseLessonFile(printLessonFile(lesson))).toEqual(success(lesson));
    }),
    { numRuns: 200 },
  );
});

test('what is cut off anywhere is refused with a line and a column', () => {
  const whole = printLessonFile(LESSON).trimEnd();
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      const parsed = parseLessonFile(whole.slice(0, length));
      const lines = whole.slice(0, length).split('\n');
      expect(parsed).toMatchObject({ ok: false });
      const place = parsed.ok ? '' : parsed.problem.place;
      expect(place).toMatch(/^line \d+, column \d+$/);
      expect(Number(place.split(/[ ,]/)[1])).toBeLessThanOrEqual(lines.length);
    }),
  );
});

const ESCAPED = String.raw`{"a": "\q"}`;

test.each([
  ['', 'line 1, column 1', 'The text ends before it is complete'],
  ['{"a":\n }', 'line 2, column 2', 'Expected a value'],
  ['{"a" 1}', 'line 1, column 6', 'Expected ":"'],
  ['{"a": 1 "b"}', 'line 1, column 9', 'Expected "," or the closing bracket'],
  ['[1, 2', 'line 1, column 6', 'The text ends before it is complete'],
  ['[1,]', 'line 1, column 4', 'Expected a value'],
  ['[}', 'line 1, column 2', 'Expected a value or "]"'],
  ['{,', 'line 1, column 2', 'Expected a name in quotes or "}"'],
  ['{"a": 1,}', 'line 1, column 9', 'Expected a name in quotes'],
  ['{}\n{}', 'line 2, column 1', 'Expected the end of the file'],
  ['{"a": TRUE}', 'line 1, column 7', 'Expected a value'],
  [ESCAPED, 'line 1, column 7', 'A text in quotes has no end, or holds what it may not hold'],
  ['PNG\u0000', 'line 1, column 1', 'Expected a value'],
])('%j is no JSON: %s', (wrong, place, reason) => {
  expect(parseLessonFile(wrong)).toEqual(failure({ place, reason }));
});

test('brackets and quotes without end are told, not run into', () => {
  for (const sign of ['[', '{"a":', '"']) {
    const wrong = sign === '"' ? `"${'x'.repeat(1_000_000)}` : sign.repeat(200_000);
    expect(parseLessonFile(wrong)).toMatchObject({
      ok: false,
      problem: { place: expect.stringMatching(/^line 1, column \d+$/) as unknown },
    });
  }
});

describe('a lesson file is refused, with the place and the reason,', () => {
  const settings = (change: object): object => ({
    scenario: { ...LESSON.scenario, settings: { ...LESSON.scenario.settings, ...change } },
  });
  const beats = (...all: readonly unknown[]): object => ({ beats: all });
  const huge = (writes: number): Command => ({ ...burst(0, 16), writes }) as Command;
  const manyTasks = Array.from({ length: 200 }, () => ({
    ...TASK,
    detours: Array.from({ length: 4 }, () => ({ ...TASK.detours[0]!, example: [] })),
  }));

  const flawed: [what: string, change: object, place: string, reason: RegExp][] = [
    ['with more than it should', { script: 'x' }, 'lesson.script', /./],
    ['without a machine', { scenario: undefined }, 'lesson.scenario', /./],
    ['with markup for an id', { id: '<script>' }, 'lesson.id', /lower case letters/],
    ['with a path for an id', { id: '../lab' }, 'lesson.id', /lower case letters/],
    ['without an id', { id: '' }, 'lesson.id', /missing/],
    ['without a title', { title: '  ' }, 'lesson.title', /missing/],
    ['with a title without end', { title: 'x'.repeat(121) }, 'lesson.title', /./],
    ['with no beat', beats(), 'lesson.beats', /at least one beat/],
    ['with beats without end', beats(...Array.from({ length: 201 }, () => TELL)), 'lesson.beats', /./],
    ['with a beat of no kind', beats({ ...TELL, kind: 'loop' }), 'lesson.beats.0.kind', /./],
    ['with a sentence too long', beats({ ...TELL, text: 'x'.repeat(1001) }), 'lesson.beats.0.text', /./],
    ['with an empty sentence', beats({ ...TELL, text: '' }), 'lesson.beats.0.text', /missing/],
    [
      'with a highlight on no part',
      beats({ ...TELL, highlight: { part: 'head' } }),
      'lesson.beats.0.highlight.part',
      /./,
    ],
    [
      'with a highlight beyond the volume',
      beats({ ...TELL, highlight: { part: 'block', number: 16 } }),
      'lesson.beats.0.highlight.number',
      /no such place/,
    ],
    [
      'with a command that nobody knows',
      beats({ ...TELL, commands: [{ type: 'format' }] }),
      'lesson.beats.0.commands.0.type',
      /./,
    ],
    [
      'with an endless list of commands',
      beats({ ...TELL, commands: Array.from({ length: 201 }, () => SNAPSHOT) }),
      'lesson.beats.0.commands',
      /./,
    ],
    ['with an endless burst', beats({ ...TELL, commands: [huge(1e9)] }), 'lesson.beats', /100000 writes/],
    [
      'with bursts that add up',
      beats({ ...TELL, commands: [huge(30_000)] }, { ...TELL, commands: [huge(30_000)] }),
      'lesson.beats',
      /100000 writes/,
    ],
    [
      'with tasks that go the same long way again and again',
      { ...beats(...manyTasks), before: [huge(1_000)] },
      'lesson.beats',
      /100000 writes/,
    ],
    [
      'with reverts without end',
      {
        ...settings({ blockCount: 4_096 }),
        before: Array.from({ length: 200 }, () => ({ type: 'revertToSnapshot', snapshot: 1 })),
      },
      'lesson.beats',
      /100000 writes/,
    ],
    [
      'with claims without end',
      beats(...Array.from({ length: 21 }, () => ({ ...TELL, expect: Array(100).fill(TELL.expect[0]) }))),
      'lesson.beats',
      /2000 claims/,
    ],
    [
      'of a huge volume',
      settings({ blockCount: 4_097 }),
      'lesson.scenario.settings.blockCount',
      /4096 in a lesson/,
    ],
    [
      'of a huge diff volume',
      settings({ diffVolumeBlocks: 1e6 }),
      'lesson.scenario.settings.diffVolumeBlocks',
      /4096 in a lesson/,
    ],
    [
      'of a volume of no number',
      settings({ blockCount: '16' }),
      'lesson.scenario.settings.blockCount',
      /number/,
    ],
    [
      'about an event that nobody logs',
      beats({ ...TELL, expect: every({ kind: 'logged', eventId: 7, isLogged: true } as never) }),
      'lesson.beats.0.expect.0.fact.eventId',
      /event/,
    ],
    [
      'about an event by the name of a method',
      beats({ ...TELL, expect: every({ kind: 'logged', eventId: 'constructor', isLogged: true } as never) }),
      'lesson.beats.0.expect.0.fact.eventId',
      /event/,
    ],
    [
      'about a fault that is none',
      beats({ ...TELL, expect: every({ kind: 'fault', fault: 17 } as never) }),
      'lesson.beats.0.expect.0.fact.fault',
      /1 to 16/,
    ],
    [
      'about a block outside the volume',
      beats({ ...TASK, goal: every({ kind: 'written', block: 16, isWritten: true }) }),
      'lesson.beats.0.goal.0.fact.block',
      /0 to 15/,
    ],
    [
      'about a world that it does not have',
      {
        ...beats({ ...TELL, expect: inWorld('off', snapshots(1)) }),
        scenario: { ...LESSON.scenario, worlds: ['on'] },
      },
      'lesson.beats.0.expect.0.world',
      /no such world/,
    ],
    [
      'with one answer only',
      beats({ ...PREDICT, answers: PREDICT.answers.slice(0, 1) }),
      'lesson.beats.0.answers',
      /at least two/,
    ],
    [
      'with an answer that claims nothing',
      beats({ ...PREDICT, answers: [PREDICT.answers[0], { ...PREDICT.answers[1], claims: [] }] }),
      'lesson.beats.0.answers.1.claims',
      /at least one fact/,
    ],
    ['with a task without a goal', beats({ ...TASK, goal: [] }), 'lesson.beats.0.goal', /at least one fact/],
    [
      'with a write by hand outside the volume',
      beats({ kind: 'byHand', text: 'x', block: 16, content: { kind: 'pattern', seed: 1 } }),
      'lesson.beats.0.block',
      /0 to 15/,
    ],
    [
      'with a mystery of one fault',
      beats({ kind: 'diagnose', text: 'x', faults: [7, 7] }),
      'lesson.beats.0.faults',
      /two different faults/,
    ],
  ];

  test.each(flawed)('%s', (_what, change, place, reason) => {
    const file = {
      format: 'shadow-copy-lab.lesson',
      version: 1,
      lesson: { ...LESSON, beats: [TELL], ...change },
    };

    expect(parseLessonFile(JSON.stringify(file))).toMatchObject({
      ok: false,
      problem: { place, reason: expect.stringMatching(reason) as unknown },
    });
  });

  test.each([
    ['of another kind', { format: 'shadow-copy-lab.laboratory' }, 'format', /shadow-copy-lab\.lesson/],
    ['of a newer version', { version: 2 }, 'version', /another version/],
    ['with more beside the lesson', { more: 1 }, 'more', /./],
  ])('%s', (_what, change, place, reason) => {
    const file = { format: 'shadow-copy-lab.lesson', version: 1, lesson: LESSON, ...change };

    expect(parseLessonFile(JSON.stringify(file))).toMatchObject({
      ok: false,
      problem: { place, reason: expect.stringMatching(reason) as unknown },
    });
  });

  test('that is too large', () => {
    expect(parseLessonFile(' '.repeat(1_048_577))).toMatchObject({
      ok: false,
      problem: { place: '', reason: expect.stringMatching(/1048576/) as unknown },
    });
  });
});

test('markup in a title stays the text that it is', () => {
  const title = '<img src=x onerror=alert(1)> & "quotes"';
  expect(parseLessonFile(printLessonFile({ ...LESSON, title }))).toEqual(success({ ...LESSON, title }));
});

test('an unfinished lesson can be kept, but not given away', () => {
  const draft = { ...withBeats({ ...PREDICT, question: '', answers: [] }), id: '', title: '' };
  expect(parseLessonDraft(printLessonFile(draft))).toEqual(success(draft));
  expect(parseLessonFile(printLessonFile(draft))).toMatchObject({
    ok: false,
    problem: { place: 'lesson.id' },
  });
});

test('the largest lesson that is let in is replayed in bounded time', () => {
  const many = Array.from(
    { length: 30 },
    (_, index): Command => ({ ...burst(0, 4_096), seed: index }) as Command,
  );
  const settings = { blockCount: 4_096, diffVolumeBlocks: 4_096, maximumBlocks: 4_096 };
  const heavy = (beats: number): Lesson => ({
    ...withBeats(...Array.from({ length: beats }, () => ({ ...TELL, commands: [SNAPSHOT, many[0]!] }))),
    scenario: bothWorlds(settings),
    before: [],
  });
  expect(parseLessonFile(printLessonFile(heavy(13)))).toMatchObject({ ok: false });
  const parsed = parseLessonFile(printLessonFile(heavy(12)));
  expect(parsed.ok).toBe(true);
  if (parsed.ok) expect(replayLesson(parsed.value).length).toBeGreaterThan(0);
}, 10_000);

test('a file is recognised by what it says of itself', () => {
  expect(fileKindOf(printLessonFile(LESSON))).toBe('lesson');
  expect(fileKindOf('{"format":"shadow-copy-lab.laboratory","version":9')).toBe('laboratory');
  expect(fileKindOf(' {\n "format": "shadow-copy-lab.progress"}')).toBe('progress');
  expect(fileKindOf('{"format":"shadow-copy-lab.other"}')).toBeNull();
  expect(fileKindOf('conectix')).toBeNull();
});
