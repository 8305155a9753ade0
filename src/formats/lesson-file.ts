import * as v from 'valibot';
import type { Lesson } from '../core/lesson/lesson';
import type { Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { parseWith } from './flaw';
import { parseJsonText } from './json-text';
import { flawOfBounds, lacksOf } from './lesson-check';
import { lessonSchema } from './lesson-schema';

const FORMAT = 'shadow-copy-lab.lesson';
const VERSION = 1;

/** Characters of a lesson file. */
export const LONGEST_LESSON_FILE = 1_048_576;

const formatSchema = v.object({
  format: v.literal(FORMAT, `Expected the format "${FORMAT}"`),
  version: v.literal(VERSION, `Expected version ${VERSION}: another version of this page wrote the file`),
});

const fileSchema = v.strictObject({ ...formatSchema.entries, lesson: lessonSchema });

/** JSON, indented, so that a lesson can be read and changed by hand. */
export function printLessonFile(lesson: Lesson): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, lesson }, listOfNumbers, 1)}\n`;
}

/** JSON has no typed arrays. */
function listOfNumbers(_key: string, value: unknown): unknown {
  return value instanceof Uint32Array ? Array.from(value) : value;
}

/**
 * A lesson that is still being made: of the form of a lesson, and safe to be replayed, but it may lack something.
 * Whether the machine does what it says is for `replayLesson` to tell, in either case.
 */
export function parseLessonDraft(text: string): Result<Lesson, Flaw> {
  if (text.length > LONGEST_LESSON_FILE) {
    return failure({ place: '', reason: `The file is longer than ${LONGEST_LESSON_FILE} characters` });
  }
  const json = parseJsonText(text);
  if (!json.ok) return json;
  // The format first: of a file of another kind it is the only thing worth saying.
  const kind = parseWith(formatSchema, json.value);
  if (!kind.ok) return kind;
  const file = parseWith(fileSchema, json.value);
  if (!file.ok) return file;
  const { lesson } = file.value;
  const flaw = flawOfBounds(lesson);
  return flaw === null ? success(lesson) : failure({ ...flaw, place: `lesson.${flaw.place}` });
}

/** A lesson that is whole. */
export function parseLessonFile(text: string): Result<Lesson, Flaw> {
  const draft = parseLessonDraft(text);
  if (!draft.ok) return draft;
  const [lack] = lacksOf(draft.value);
  return lack === undefined ? draft : failure({ ...lack, place: `lesson.${lack.place}` });
}
