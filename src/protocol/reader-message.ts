import * as v from 'valibot';
import type { ImageProblem } from '../core/image-problem';
import type { ReplaySettings } from '../core/replay/replay';
import type { Result } from '../core/result';
import type { RecognisedFile } from '../formats/recognised-file';
import type { TraceReading } from '../formats/trace/parsers';
import type { ReadTrace } from '../formats/trace/read-trace';
import type { ImageContent, ImageFacts } from '../formats/volume-image/image-facts';
import type { ImportedPart } from '../formats/volume-image/image-import';
import type { ImageMap } from '../formats/volume-image/image-map';
import type { ImageBlock } from '../formats/volume-image/volume-image';
import type { SchemaOf } from './domain';
import {
  imageBlockSchema,
  imageFactsSchema,
  imageMapSchema,
  imageProblemSchema,
  importedPartSchema,
} from './image-schema';
import { recognisedFileSchema } from './recognised-file-schema';
import { readingSchema, readTraceSchema, replaySettingsSchema } from './trace-schema';

/** The part of a file that is read: messages carry files as they are. */
export interface FileBytes {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** What the page asks of a worker that reads a file. It is stopped by ending the worker. */
export type ReaderRequest =
  | { readonly type: 'recognise'; readonly file: FileBytes }
  /** The first one about an image; the others are about the one that it opened. */
  | { readonly type: 'openImage'; readonly file: FileBytes }
  | { readonly type: 'readBlock'; readonly content: ImageContent; readonly block: number }
  | { readonly type: 'mapImage'; readonly content: ImageContent }
  /** The text of a report with the hash of every snapshot. Tells of its progress. */
  | { readonly type: 'reportImage'; readonly title: string; readonly name: string }
  /** The next contents for a laboratory that begins with the image. */
  | { readonly type: 'importPart' }
  /** After the last of them: the start of the laboratory as plain data, under the number that it will have. */
  | { readonly type: 'importStart'; readonly start: number }
  /** A trace begins to come, piece by piece in order. `settings`: to count the copies as well. */
  | {
      readonly type: 'beginTrace';
      readonly reading: TraceReading;
      readonly settings: ReplaySettings | null;
    }
  | { readonly type: 'pushTrace'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'endTrace' };

export type ReaderRequestType = ReaderRequest['type'];

export interface ReaderAnswers {
  readonly recognise: RecognisedFile;
  readonly openImage: ImageFacts;
  readonly readBlock: ImageBlock;
  readonly mapImage: ImageMap;
  readonly reportImage: string;
  readonly importPart: ImportedPart;
  /** As the engine takes it; nothing else looks into it. */
  readonly importStart: { readonly kept: unknown };
  readonly beginTrace: null;
  readonly pushTrace: null;
  readonly endTrace: ReadTrace;
}

export interface ReaderMessage {
  readonly id: number;
  readonly request: ReaderRequest;
}

export type ReaderReply =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly result: Result<ReaderAnswers[ReaderRequestType], ImageProblem>;
    }
  | { readonly kind: 'progress'; readonly id: number; readonly doneBytes: number };

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const fileSchema = v.custom<FileBytes>(
  (value) => typeof value === 'object' && value !== null && 'size' in value && 'slice' in value,
  'Expected a file',
);

const contentSchema: SchemaOf<ImageContent> = v.union([v.literal('live'), natural]);

export const readerMessageSchema: SchemaOf<ReaderMessage> = v.strictObject({
  id: natural,
  request: v.variant('type', [
    v.strictObject({ type: v.picklist(['recognise', 'openImage']), file: fileSchema }),
    v.strictObject({ type: v.literal('readBlock'), content: contentSchema, block: v.number() }),
    v.strictObject({ type: v.literal('mapImage'), content: contentSchema }),
    v.strictObject({ type: v.literal('reportImage'), title: v.string(), name: v.string() }),
    v.strictObject({ type: v.picklist(['importPart', 'endTrace']) }),
    v.strictObject({
      type: v.literal('beginTrace'),
      reading: readingSchema,
      settings: v.nullable(replaySettingsSchema),
    }),
    v.strictObject({ type: v.literal('pushTrace'), bytes: v.instance(Uint8Array<ArrayBuffer>) }),
    v.strictObject({ type: v.literal('importStart'), start: natural }),
  ]),
});

/** What the worker posts. `result` is looked at by the type of the request that it answers. */
export const readerReplySchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('answer'), id: natural, result: v.unknown() }),
  v.strictObject({ kind: v.literal('progress'), id: natural, doneBytes: natural }),
]);

const ANSWERS: { readonly [Type in ReaderRequestType]: SchemaOf<ReaderAnswers[Type]> } = {
  recognise: recognisedFileSchema,
  openImage: imageFactsSchema,
  readBlock: imageBlockSchema,
  mapImage: imageMapSchema,
  reportImage: v.string(),
  importPart: importedPartSchema,
  importStart: v.strictObject({ kept: v.unknown() }),
  beginTrace: v.null(),
  pushTrace: v.null(),
  endTrace: readTraceSchema,
};

export function readerResultSchema<Type extends ReaderRequestType>(
  type: Type,
): SchemaOf<Result<ReaderAnswers[Type], ImageProblem>> {
  const value: SchemaOf<ReaderAnswers[Type]> = ANSWERS[type];
  return v.variant('ok', [
    v.strictObject({ ok: v.literal(true), value }),
    v.strictObject({ ok: v.literal(false), problem: imageProblemSchema }),
  ]);
}
