import * as v from 'valibot';
import type { Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { parseWith } from './flaw';
import { listOf, naturalNumber, wholeNumberBetween } from './number-schema';

const FORMAT = 'shadow-copy-lab.progress';
const VERSION = 1;

/** Text of a progress that is worth reading: far more than all lessons together need. */
const LONGEST_TEXT = 1_048_576;
const MOST_LESSONS = 1_000;
const MOST_BEATS = 200;
export const MOST_BENCHES = 20;

/** Where a lesson stands in the laboratory: after a record of a branch; `null`: at the start of the branch. */
export interface LessonPlace {
  readonly branch: number;
  readonly record: number | null;
}

/** A prediction that was committed: which answer, and how sure, from 0 (a guess) to 2 (certain). */
export interface GivenAnswer {
  readonly beat: number;
  readonly answer: number;
  readonly confidence: number;
}

export interface LessonProgress {
  readonly id: string;
  readonly beat: number;
  /** One for each beat that was reached: where it begins. */
  readonly places: readonly LessonPlace[];
  readonly answers: readonly GivenAnswer[];
  readonly isDone: boolean;
  /** Branches on which a mystery was opened to be proved: beside the lesson, but of it. */
  readonly benches?: readonly number[];
}

export interface Progress {
  /** The lesson whose prediction is open: what would answer it stays shut. */
  readonly gate: string | null;
  readonly lessons: readonly LessonProgress[];
}

export const NO_PROGRESS: Progress = { gate: null, lessons: [] };

const lessonId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'Expected the id of a lesson'));

const placeSchema = v.strictObject({ branch: naturalNumber, record: v.nullable(naturalNumber) });

const answerSchema = v.strictObject({
  beat: wholeNumberBetween(0, MOST_BEATS),
  answer: wholeNumberBetween(0, 9),
  confidence: wholeNumberBetween(0, 2),
});

const lessonSchema = v.strictObject({
  id: lessonId,
  beat: wholeNumberBetween(0, MOST_BEATS),
  places: listOf(placeSchema, MOST_BEATS + 1),
  answers: listOf(answerSchema, MOST_BEATS),
  isDone: v.boolean(),
  benches: v.exactOptional(listOf(naturalNumber, MOST_BENCHES)),
});

const formatSchema = v.object({
  format: v.literal(FORMAT, `Expected the format "${FORMAT}"`),
  version: v.literal(VERSION, `Expected version ${VERSION}: another version of this page wrote the progress`),
});

const progressSchema = v.strictObject({
  ...formatSchema.entries,
  gate: v.nullable(lessonId),
  lessons: listOf(lessonSchema, MOST_LESSONS),
});

export function printProgress({ gate, lessons }: Progress): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, gate, lessons })}\n`;
}

export function parseProgress(text: string): Result<Progress, Flaw> {
  if (text.length > LONGEST_TEXT) return failure({ place: '', reason: 'The text is too long' });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failure({ place: '', reason: error instanceof Error ? error.message : String(error) });
  }
  const kind = parseWith(formatSchema, json);
  if (!kind.ok) return kind;
  const parsed = parseWith(progressSchema, json);
  if (!parsed.ok) return parsed;
  const { gate, lessons } = parsed.value;
  return success({ gate, lessons });
}
