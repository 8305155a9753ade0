import * as v from 'valibot';
import type { ImageFlaw, ImageProblem, ImageStructure, Qcow2Feature } from '../core/image-problem';
import type { ImageFacts } from '../formats/volume-image/image-facts';
import type { ImportedPart } from '../formats/volume-image/image-import';
import { IMAGE_KINDS, type ImageMap } from '../formats/volume-image/image-map';
import type { ImageHop } from '../formats/volume-image/resolve';
import type { ImageBlock } from '../formats/volume-image/volume-image';
import type { SchemaOf } from './domain';

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Of a structure that is not trusted: above 2^53 it is not exact. */
const amount = v.pipe(v.number(), v.minValue(0));

const STRUCTURES = [
  'qcow2Header',
  'qcow2Table',
  'qcow2Cluster',
  'bootSector',
  'volumeHeader',
  'catalog',
  'storeHeader',
  'blockList',
  'rangeList',
  'bitmap',
] as const satisfies readonly ImageStructure[];

const FLAWS = [
  'notIdentified',
  'unknownVersion',
  'badOffset',
  'badSize',
  'loop',
  'badEntry',
  'notInflated',
] as const satisfies readonly ImageFlaw[];

const FEATURES = [
  'version',
  'backingFile',
  'encryption',
  'markedCorrupt',
  'externalDataFile',
  'compressionType',
  'extendedEntries',
  'otherFeature',
] as const satisfies readonly Qcow2Feature[];

export const imageProblemSchema: SchemaOf<ImageProblem> = v.variant('kind', [
  v.strictObject({ kind: v.literal('unreadable'), reason: v.string() }),
  v.strictObject({ kind: v.literal('noVolume') }),
  v.strictObject({ kind: v.literal('noShadowCopies'), volumeOffset: amount }),
  v.strictObject({ kind: v.literal('cutOff'), neededBytes: amount, presentBytes: amount }),
  v.strictObject({ kind: v.literal('notSupported'), feature: v.picklist(FEATURES) }),
  v.strictObject({
    kind: v.literal('damaged'),
    structure: v.picklist(STRUCTURES),
    offset: amount,
    flaw: v.picklist(FLAWS),
  }),
  v.strictObject({ kind: v.literal('storedElsewhere'), identifier: v.string() }),
  v.strictObject({
    kind: v.literal('tooMuch'),
    what: v.picklist(['snapshots', 'descriptors']),
    limit: natural,
  }),
  v.strictObject({
    kind: v.literal('tooLarge'),
    what: v.picklist(['volume', 'copies', 'contents']),
    blocks: natural,
    limit: natural,
  }),
  v.strictObject({ kind: v.literal('blockUnknown'), block: v.number(), blockCount: natural }),
]);

const snapshotFactsSchema = v.strictObject({
  entry: v.strictObject({
    store: v.string(),
    volumeSizeBytes: amount,
    sequence: amount,
    flags: amount,
    createdAt: v.bigint(),
  }),
  information: v.strictObject({
    copy: v.string(),
    copySet: v.string(),
    context: natural,
    attributes: natural,
    operatingMachine: v.string(),
    serviceMachine: v.string(),
  }),
  descriptorCount: natural,
});

export const imageFactsSchema: SchemaOf<ImageFacts> = v.strictObject({
  sizeBytes: natural,
  volumeOffset: natural,
  header: v.strictObject({
    version: natural,
    catalogOffset: amount,
    maximumBytes: amount,
    volumeIdentifier: v.string(),
    diffVolumeIdentifier: v.string(),
    isProtected: v.boolean(),
  }),
  snapshots: v.array(snapshotFactsSchema),
});

const hopSchema: SchemaOf<ImageHop> = v.variant('place', [
  v.strictObject({ place: v.literal('live'), offset: natural }),
  v.strictObject({ place: v.literal('unused') }),
  v.variant('found', [
    v.strictObject({ place: v.literal('store'), store: natural, found: v.literal('nothing') }),
    v.strictObject({
      place: v.literal('store'),
      store: natural,
      found: v.picklist(['copy', 'forwarder']),
      offset: natural,
    }),
  ]),
]);

const bytesSchema = v.instance(Uint8Array<ArrayBuffer>);

export const imageBlockSchema: SchemaOf<ImageBlock> = v.strictObject({
  bytes: bytesSchema,
  path: v.array(hopSchema),
  overlaidSectors: natural,
});

export const imageMapSchema: SchemaOf<ImageMap> = v.strictObject({
  blocksPerPoint: natural,
  kinds: v.array(v.picklist(IMAGE_KINDS)),
  points: bytesSchema,
  counts: v.array(natural),
  isFreeKnown: v.boolean(),
});

export const importedPartSchema: SchemaOf<ImportedPart> = v.strictObject({
  bytes: bytesSchema,
  doneBlocks: natural,
  isLast: v.boolean(),
});
