import { expect, test } from 'vitest';
import { replayLesson } from '../../src/core/lesson/replay-lesson';
import { FAULT_LESSONS, FOUNDATIONS } from '../../src/lessons/all-lessons';

test.each([...FOUNDATIONS, ...FAULT_LESSONS].map((lesson) => [lesson.id, lesson] as const))(
  '%s replays without a flaw',
  (_, lesson) => {
    expect(replayLesson(lesson)).toEqual([]);
  },
);
