import * as v from 'valibot';
import { BLOCK_SIZE_BYTES } from '../core/block';
import type { StoredPart } from '../core/problem';
import { WORLD_IDS, type Instruction, type Scenario, type WorldId } from '../core/scenario';
import type { RunOrigin } from '../core/story';
import type { DomainSchemas, SchemaOf } from './domain';

/** What the page asks of the engine. Requests are fulfilled one after the other, in the order in which they came. */
export type Request =
  /** The first one: everything else is answered with `notOpen` before it. */
  | { readonly type: 'open' }
  /** Carries out an instruction: at the end of a branch, or in its past, which starts a branch of its own. */
  | {
      readonly type: 'act';
      readonly instruction: Instruction;
      readonly branch: number;
      /** In steps. `end`: wherever the branch ends by then, so that commands can be sent without waiting. */
      readonly position: number | 'end';
    }
  /** Goes to the start of a built-in run: the branch where nothing was added to it, or a new one. */
  | { readonly type: 'openRun'; readonly origin: RunOrigin; readonly worlds: readonly WorldId[] }
  /** Goes to an empty branch with a machine of the learner's own: one that nothing was done on, or a new one. */
  | { readonly type: 'newLaboratory'; readonly scenario: Scenario; readonly name: string }
  | { readonly type: 'startOver' }
  | { readonly type: 'undoStartOver' }
  | { readonly type: 'switchBranch'; readonly branch: number }
  | { readonly type: 'nameBranch'; readonly branch: number; readonly name: string }
  | { readonly type: 'deleteBranch'; readonly branch: number }
  /**
   * Forgets what lies before a position of a branch, in steps, and what came after it: a new branch begins there. What
   * other branches need is kept. A command that is not over there is finished first.
   */
  | { readonly type: 'trim'; readonly branch: number; readonly position: number | 'end' }
  /** Where the learner looks. Another branch than the current one has been left since: that changes nothing. */
  | { readonly type: 'remember'; readonly branch: number; readonly position: number }
  | {
      readonly type: 'readStored';
      readonly world: WorldId;
      readonly part: StoredPart;
      readonly number: number;
    }
  /**
   * The volume of an image begins to come. The number before the next new branch of the state then is that of its
   * contents, which are kept piece by piece before anything refers to them. What is left of one that did not end is
   * removed when the laboratory is opened next.
   */
  | { readonly type: 'beginVolume' }
  | { readonly type: 'keepContents'; readonly piece: ContentPiece; readonly bytes: Uint8Array<ArrayBuffer> }
  /** All that were kept under a number, of a volume that does not come after all. */
  | { readonly type: 'dropContents'; readonly start: number }
  /** Goes to a new branch on the volume. All of its contents are there. `start`: as plain data. */
  | { readonly type: 'startVolume'; readonly start: unknown; readonly name: string }
  | { readonly type: 'readContents'; readonly piece: ContentPiece }
  /** Adds the branches of a laboratory file to this laboratory. */
  | { readonly type: 'importLaboratory'; readonly text: string };

/** Up to 64 contents that a start brought along: piece n begins with content number 64 * n. */
export interface ContentPiece {
  readonly start: number;
  readonly piece: number;
}

export type RequestType = Request['type'];

/** `id`s grow: a message that arrives twice is answered once. */
export type ClientMessage =
  | { readonly kind: 'request'; readonly id: number; readonly request: Request }
  /** Stops a long job after the part of it that is under way. */
  | { readonly kind: 'cancel'; readonly id: number };

/** UTF-16 units of a laboratory file. */
const MAXIMUM_FILE_LENGTH = 64 * 1_048_576;

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const LARGEST_PIECE_BYTES = 64 * BLOCK_SIZE_BYTES;

const pieceSchema = v.strictObject({ start: natural, piece: natural });

const pieceBytesSchema = v.custom<Uint8Array<ArrayBuffer>>(
  (value) =>
    value instanceof Uint8Array &&
    value.length > 0 &&
    value.length % BLOCK_SIZE_BYTES === 0 &&
    value.length <= LARGEST_PIECE_BYTES,
  'Expected up to 64 whole blocks',
);

const position = v.union([natural, v.literal('end')]);

function requestSchema(domain: DomainSchemas): SchemaOf<Request> {
  return v.variant('type', [
    v.strictObject({ type: v.picklist(['open', 'startOver', 'undoStartOver', 'beginVolume']) }),
    v.strictObject({
      type: v.literal('act'),
      instruction: domain.instruction,
      branch: natural,
      position,
    }),
    v.strictObject({ type: v.literal('trim'), branch: natural, position }),
    v.strictObject({ type: v.literal('openRun'), origin: domain.runOrigin, worlds: domain.worlds }),
    v.strictObject({
      type: v.literal('newLaboratory'),
      scenario: domain.newScenario,
      name: domain.branchName,
    }),
    v.strictObject({ type: v.picklist(['switchBranch', 'deleteBranch']), branch: natural }),
    v.strictObject({ type: v.literal('nameBranch'), branch: natural, name: domain.branchName }),
    v.strictObject({ type: v.literal('remember'), branch: natural, position: natural }),
    v.strictObject({
      type: v.literal('readStored'),
      world: v.picklist(WORLD_IDS),
      part: v.picklist(['block', 'slot']),
      number: natural,
    }),
    v.strictObject({ type: v.literal('keepContents'), piece: pieceSchema, bytes: pieceBytesSchema }),
    v.strictObject({ type: v.literal('dropContents'), start: natural }),
    v.strictObject({ type: v.literal('startVolume'), start: v.unknown(), name: domain.branchName }),
    v.strictObject({ type: v.literal('readContents'), piece: pieceSchema }),
    v.strictObject({
      type: v.literal('importLaboratory'),
      text: v.pipe(v.string(), v.maxLength(MAXIMUM_FILE_LENGTH)),
    }),
  ]);
}

export function clientMessageSchema(domain: DomainSchemas): SchemaOf<ClientMessage> {
  return v.variant('kind', [
    v.strictObject({ kind: v.literal('request'), id: natural, request: requestSchema(domain) }),
    v.strictObject({ kind: v.literal('cancel'), id: natural }),
  ]);
}

const identified = v.object({ id: natural });

/** The number of a message that is otherwise not understood; 0, which no request has, when it has none. */
export function messageIdOf(data: unknown): number {
  const parsed = v.safeParse(identified, data);
  return parsed.success ? parsed.output.id : 0;
}
