import * as v from 'valibot';
import { EVENT_ENTRIES, type EventId } from '../core/catalogue/event-id';
import { HRESULTS, type HResultName } from '../core/catalogue/hresult';
import type { Refusal, RefusalCode } from '../core/refusal';
import type { SchemaOf } from './domain';

const hresultName = v.custom<HResultName>(
  (value) => typeof value === 'string' && Object.hasOwn(HRESULTS, value),
  'Expected the name of an HRESULT',
);

const eventId = v.custom<EventId>(
  (value) => typeof value === 'number' && Object.hasOwn(EVENT_ENTRIES, value),
  'Expected the number of an event',
);

/** What every refusal may carry besides its own. */
const common = { hresult: v.exactOptional(hresultName), eventId: v.exactOptional(eventId) };

/** The refusals that say all by their code. */
const PLAIN_CODES = [
  'writeInProgress',
  'snapshotsPending',
  'volumeOffline',
  'volumeOfflineForProtection',
  'volumeOnlineAlready',
  'volumeOfflineAlready',
  'levelUnchanged',
  'notFaulted',
  'nothingUnused',
  'maximumUnchanged',
  'maximumZeroInUse',
  'diffVolumeAbsent',
  'diffVolumePresentAlready',
  'storageUnusable',
  'storageUnreadable',
  'brokenAlready',
  'notBroken',
  'clusterPreparedAlready',
  'clusterNotPrepared',
] as const satisfies readonly RefusalCode[];

export const refusalSchema: SchemaOf<Refusal> = v.variant('code', [
  v.strictObject({ ...common, code: v.picklist(PLAIN_CODES) }),
  v.strictObject({
    ...common,
    code: v.picklist(['blockOutsideVolume', 'blockOutsideDiffVolume']),
    block: v.number(),
    blockCount: v.number(),
  }),
  v.strictObject({ ...common, code: v.literal('countInvalid'), count: v.number() }),
  v.strictObject({
    ...common,
    code: v.literal('contentTooLong'),
    sizeBytes: v.number(),
    limitBytes: v.number(),
  }),
  v.strictObject({ ...common, code: v.literal('durationInvalid'), durationMs: v.number() }),
  v.strictObject({ ...common, code: v.literal('maximumInvalid'), maximumBlocks: v.number() }),
  v.strictObject({ ...common, code: v.literal('snapshotUnknown'), snapshot: v.number() }),
  v.strictObject({ ...common, code: v.literal('maximumBelowUse'), neededBlocks: v.number() }),
  v.strictObject({
    ...common,
    code: v.literal('noRoomForSnapshot'),
    limitedBy: v.picklist(['maximum', 'diffVolume', 'growth']),
  }),
]);
