import { expect, test } from 'vitest';
import type { ImageFlaw, ImageProblem, ImageStructure, Qcow2Feature } from '../../src/core/image-problem';
import { READERS_DIFFER, sentenceOfImageProblem } from '../../src/words/image';

const STRUCTURES: Readonly<Record<ImageStructure, true>> = {
  qcow2Header: true,
  qcow2Table: true,
  qcow2Cluster: true,
  bootSector: true,
  volumeHeader: true,
  catalog: true,
  storeHeader: true,
  blockList: true,
  rangeList: true,
  bitmap: true,
};
const FLAWS: Readonly<Record<ImageFlaw, true>> = {
  notIdentified: true,
  unknownVersion: true,
  badOffset: true,
  badSize: true,
  loop: true,
  badEntry: true,
  notInflated: true,
};
const FEATURES: Readonly<Record<Qcow2Feature, true>> = {
  version: true,
  backingFile: true,
  encryption: true,
  markedCorrupt: true,
  externalDataFile: true,
  compressionType: true,
  extendedEntries: true,
  otherFeature: true,
};
const keysOf = <Key extends string>(record: Readonly<Record<Key, true>>) => Object.keys(record) as Key[];

type Problems = {
  readonly [Kind in ImageProblem['kind']]: readonly (ImageProblem & { readonly kind: Kind })[];
};

const PROBLEMS: Problems = {
  unreadable: [{ kind: 'unreadable', reason: 'The file has gone' }],
  noVolume: [{ kind: 'noVolume' }],
  noShadowCopies: [0, 1_048_576].map((volumeOffset) => ({ kind: 'noShadowCopies', volumeOffset })),
  cutOff: [{ kind: 'cutOff', neededBytes: 2, presentBytes: 1 }],
  notSupported: keysOf(FEATURES).map((feature) => ({ kind: 'notSupported', feature })),
  damaged: keysOf(STRUCTURES).flatMap((structure) =>
    keysOf(FLAWS).map((flaw) => ({ kind: 'damaged' as const, structure, offset: 16_384, flaw })),
  ),
  storedElsewhere: [{ kind: 'storedElsewhere', identifier: '3808876b-c176-4e48-b7ae-04046e6cc752' }],
  tooMuch: (['snapshots', 'descriptors'] as const).map((what) => ({ kind: 'tooMuch', what, limit: 512 })),
  tooLarge: (['volume', 'copies', 'contents'] as const).map((what) => ({
    kind: 'tooLarge',
    what,
    blocks: 2_000_000,
    limit: 1_048_576,
  })),
  blockUnknown: [{ kind: 'blockUnknown', block: 64, blockCount: 64 }],
};

test('every problem of an image has a sentence of its own', () => {
  const sentences = Object.values(PROBLEMS).flat().map(sentenceOfImageProblem);

  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of [...sentences, READERS_DIFFER]) {
    expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
    expect(sentence).not.toMatch(/undefined|NaN|!|\[object/);
  }
});

test('a problem says what, where and how much', () => {
  expect(
    sentenceOfImageProblem({ kind: 'damaged', structure: 'blockList', offset: 32_768, flaw: 'loop' }),
  ).toBe('The image is damaged in the block list of a store at byte 32768: its chain comes back to itself.');
  expect(sentenceOfImageProblem({ kind: 'cutOff', neededBytes: 1000, presentBytes: 7 })).toBe(
    'The image is cut off: it should have 1,000 bytes and has 7.',
  );
});
