import * as v from 'valibot';
import type { StoredPart } from '../core/problem';
import { WORLD_IDS, type WorldId } from '../core/scenario';
import type { BlockPlace, PiecePlace } from './laboratory-store';

/** Worlds by the names people know them by: the keys are read in the browser's developer tools. */
const WORLD_NAMES: Readonly<Record<WorldId, string>> = { off: 'Protection off', on: 'Protection on' };

export const META_KEY = ['meta'];

/** From the first to beyond the last row of the log. Formats 1 and 2 had a row for each record, under `event`. */
export const LOG_KEYS = { first: ['event'], beyond: ['events', []] };

/** From the first to beyond the last start. */
export const START_KEYS = { first: ['start'], beyond: ['start', []] };

/** From the first to beyond the last names of a segment. */
export const NAMES_KEYS = { first: ['names'], beyond: ['names', []] };

export type RowKey = (string | number)[];

/** A row to be written, one to be removed, or all of them whose keys begin alike. */
export type RowChange =
  | { readonly key: RowKey; readonly value: unknown }
  | { readonly removed: RowKey }
  | { readonly removedPrefix: RowKey };

export type FoundRow = readonly [key: unknown, value: unknown];

/** A row of the log holds so many records at most: what is damaged takes no more than these with it. */
export const RECORDS_PER_ROW = 256;

/** Of the row that holds the records with these numbers and with all between them. */
export function recordsKey(first: number, last: number): RowKey {
  return ['events', first, last];
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
  | { readonly kind: 'records'; readonly first: number; readonly last: number }
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

/** By the first part of the key: what the others are. There can be a hundred thousand rows to name. */
const ROW_NAMES = new Map<unknown, v.GenericSchema<unknown, RowName>>([
  ['meta', nameOf([], () => ({ kind: 'meta' }))],
  ['event', nameOf([numberSchema], ([record]) => ({ kind: 'records', first: record, last: record }))],
  [
    'events',
    v.pipe(
      nameOf([numberSchema, numberSchema], ([first, last]) => ({ kind: 'records' as const, first, last })),
      v.check(({ first, last }) => last >= first && last - first < RECORDS_PER_ROW),
    ),
  ],
  ['start', nameOf([numberSchema], ([start]) => ({ kind: 'start', start }))],
  ['machine', nameOf([worldSchema], () => ({ kind: 'machine' }))],
  ['segment', nameOf([segmentNumberSchema], ([segment]) => ({ kind: 'segment', segment }))],
  ['names', nameOf([segmentNumberSchema], ([segment]) => ({ kind: 'names', segment }))],
  [
    'content',
    nameOf([numberSchema, numberSchema], ([start, piece]) => ({ kind: 'piece', place: { start, piece } })),
  ],
  ['block', blockName('block')],
  ['slot', blockName('slot')],
]);

function blockName(part: StoredPart): v.GenericSchema<unknown, RowName> {
  return nameOf([worldSchema, numberSchema], ([world, number]) => ({
    kind: 'block',
    place: { world, part, number },
  }));
}

function nameOf<const Parts extends readonly v.GenericSchema[], const Name extends RowName>(
  parts: Parts,
  name: (parts: v.InferOutput<v.StrictTupleSchema<Parts, undefined>>) => Name,
): v.GenericSchema<unknown, Name> {
  return v.pipe(v.strictTuple(parts), v.transform(name));
}

/** `null`: no key of ours. */
export function nameOfKey(key: unknown): RowName | null {
  const parts: readonly unknown[] = Array.isArray(key) ? key : [];
  const schema = ROW_NAMES.get(parts[0]);
  const parsed = schema && v.safeParse(schema, parts.slice(1));
  return parsed?.success ? parsed.output : null;
}
