import * as v from 'valibot';
import { WORLD_IDS, type WorldId } from '../core/scenario';
import type { BlockPlace, PiecePlace } from './laboratory-store';

/** Worlds by the names people know them by: the keys are read in the browser's developer tools. */
const WORLD_NAMES: Readonly<Record<WorldId, string>> = { off: 'Protection off', on: 'Protection on' };

export const META_KEY = ['meta'];

/** From the first to beyond the last event, whatever its number. */
export const EVENT_KEYS = { first: ['event'], beyond: ['event', []] };

/** From the first to beyond the last start. */
export const START_KEYS = { first: ['start'], beyond: ['start', []] };

/** From the first to beyond the last names of a segment. */
export const NAMES_KEYS = { first: ['names'], beyond: ['names', []] };

export type RowKey = (string | number)[];

export function eventKey(record: number): RowKey {
  return ['event', record];
}

export function startKey(start: number): RowKey {
  return ['start', start];
}

export function machineKey(world: WorldId): RowKey {
  return ['machine', WORLD_NAMES[world]];
}

/** The bytes of a segment. */
export function segmentKey(segment: number): RowKey {
  return ['segment', segment];
}

/** What lies in a segment: a row of its own, so that a laboratory is opened without its bytes. */
export function namesKey(segment: number): RowKey {
  return ['names', segment];
}

export function pieceKey({ start, piece }: PiecePlace): RowKey {
  return ['content', start, piece];
}

/** What the keys of all pieces of a start begin with. */
export function piecesPrefix(start: number): RowKey {
  return ['content', start];
}

/** Of format 1. */
export function blockKey({ world, part, number }: BlockPlace): RowKey {
  return [part, WORLD_NAMES[world], number];
}

/** What a key of the database stands for. */
export type RowName =
  | { readonly kind: 'meta' }
  | { readonly kind: 'event'; readonly record: number }
  | { readonly kind: 'start'; readonly start: number }
  | { readonly kind: 'machine' }
  | { readonly kind: 'segment' | 'names'; readonly segment: number }
  | { readonly kind: 'piece'; readonly place: PiecePlace }
  | { readonly kind: 'block'; readonly place: BlockPlace };

const numberSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Far beyond what there ever is. */
const segmentNumberSchema = v.pipe(numberSchema, v.maxValue(2 ** 32));
const worldSchema = v.pipe(
  v.picklist(Object.values(WORLD_NAMES)),
  v.transform((name) => WORLD_IDS.find((world) => WORLD_NAMES[world] === name)!),
);

const placeSchema = v.pipe(
  v.strictTuple([v.picklist(['block', 'slot']), worldSchema, numberSchema]),
  v.transform(([part, world, number]) => ({ kind: 'block' as const, place: { world, part, number } })),
);

/** By the first part of the key: there can be a hundred thousand rows to name. */
const ROW_NAMES = new Map<unknown, v.GenericSchema<unknown, RowName>>([
  [
    'meta',
    v.pipe(
      v.strictTuple([v.literal('meta')]),
      v.transform(() => ({ kind: 'meta' as const })),
    ),
  ],
  [
    'event',
    v.pipe(
      v.strictTuple([v.literal('event'), numberSchema]),
      v.transform(([, record]) => ({ kind: 'event' as const, record })),
    ),
  ],
  [
    'start',
    v.pipe(
      v.strictTuple([v.literal('start'), numberSchema]),
      v.transform(([, start]) => ({ kind: 'start' as const, start })),
    ),
  ],
  [
    'machine',
    v.pipe(
      v.strictTuple([v.literal('machine'), worldSchema]),
      v.transform(() => ({ kind: 'machine' as const })),
    ),
  ],
  [
    'segment',
    v.pipe(
      v.strictTuple([v.literal('segment'), segmentNumberSchema]),
      v.transform(([kind, segment]) => ({ kind, segment })),
    ),
  ],
  [
    'names',
    v.pipe(
      v.strictTuple([v.literal('names'), segmentNumberSchema]),
      v.transform(([kind, segment]) => ({ kind, segment })),
    ),
  ],
  [
    'content',
    v.pipe(
      v.strictTuple([v.literal('content'), numberSchema, numberSchema]),
      v.transform(([, start, piece]) => ({ kind: 'piece' as const, place: { start, piece } })),
    ),
  ],
  ['block', placeSchema],
  ['slot', placeSchema],
]);

/** `null`: no key of ours. */
export function nameOfKey(key: unknown): RowName | null {
  const schema = Array.isArray(key) ? ROW_NAMES.get(key[0]) : undefined;
  const parsed = schema && v.safeParse(schema, key);
  return parsed?.success ? parsed.output : null;
}
