import * as v from 'valibot';
import { TRACE_FORMATS, type TraceConfidence } from '../core/replay/trace';
import type { FileKind } from '../formats/file-kind';
import type { RecognisedFile } from '../formats/recognised-file';
import type { SchemaOf } from './domain';
import { readingSchema } from './trace-schema';

const OWN_KINDS = ['laboratory', 'lesson', 'progress'] as const satisfies readonly FileKind[];
const CONFIDENCES = ['certain', 'likely', 'ambiguous'] as const satisfies readonly TraceConfidence[];

export const recognisedFileSchema: SchemaOf<RecognisedFile> = v.variant('kind', [
  v.strictObject({ kind: v.picklist([...OWN_KINDS, 'image', 'empty', 'unreadable', 'unknown']) }),
  v.strictObject({
    kind: v.literal('trace'),
    recognition: v.strictObject({
      reading: readingSchema,
      confidence: v.picklist(CONFIDENCES),
      alternatives: v.array(v.picklist(TRACE_FORMATS)),
    }),
  }),
]);
