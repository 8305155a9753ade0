import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import type { Damage, EngineProblem, StorageProblem, StorageStatus } from '../../src/core/problem';
import type { Refusal, RefusalCode } from '../../src/core/refusal';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { parseWith } from '../../src/formats/flaw';
import {
  answerResultSchema,
  answerSchemas,
  type Answers,
  type ChangedLaboratory,
  type StoredBytes,
} from '../../src/protocol/answer';
import { engineMessageSchema, type Notice } from '../../src/protocol/notice';
import {
  damagesSchema,
  engineProblemSchema,
  storageProblemSchema,
  storageStatusSchema,
} from '../../src/protocol/problem-schema';
import { refusalSchema } from '../../src/protocol/refusal-schema';
import { clientMessageSchema, type Request, type RequestType } from '../../src/protocol/request';
import { recordOf, stateWith } from '../storage/samples';

const REQUESTS: { readonly [Type in RequestType]: Request & { type: Type } } = {
  open: { type: 'open' },
  act: {
    type: 'act',
    instruction: { command: { type: 'createSnapshot' }, worlds: ['on'] },
    branch: 1,
    position: 'end',
  },
  openRun: { type: 'openRun', origin: { kind: 'fault', fault: 16 }, worlds: ['off', 'on'] },
  newLaboratory: {
    type: 'newLaboratory',
    scenario: { settings: { ...DEFAULT_SETTINGS, maximumBlocks: null }, worlds: ['on'] },
    name: 'Mine',
  },
  startOver: { type: 'startOver' },
  undoStartOver: { type: 'undoStartOver' },
  switchBranch: { type: 'switchBranch', branch: 2 },
  nameBranch: { type: 'nameBranch', branch: 2, name: '' },
  deleteBranch: { type: 'deleteBranch', branch: 2 },
  trim: { type: 'trim', branch: 2, position: 'end' },
  remember: { type: 'remember', branch: 1, position: 0 },
  readStored: { type: 'readStored', world: 'on', part: 'slot', number: 3 },
  beginVolume: { type: 'beginVolume' },
  keepContents: {
    type: 'keepContents',
    piece: { start: 2, piece: 0 },
    bytes: new Uint8Array(2 * 16_384),
  },
  dropContents: { type: 'dropContents', start: 2 },
  startVolume: { type: 'startVolume', start: { id: 2 }, name: 'volume.raw' },
  readContents: { type: 'readContents', piece: { start: 2, piece: 1 } },
  importLaboratory: { type: 'importLaboratory', text: '{}' },
};

test.each(Object.entries(REQUESTS))('the request %s passes unchanged', (_type, request) => {
  const message = { kind: 'request', id: 1, request };

  expect(parseWith(clientMessageSchema(DOMAIN_SCHEMAS), message)).toEqual({ ok: true, value: message });
});

const CHANGED: ChangedLaboratory = {
  state: stateWith(2),
  records: [recordOf(1), recordOf(2)],
  removedRecords: [7],
};

const STORED: StoredBytes = { stamp: 4, bytes: new Uint8Array(16_384), agreesWithLog: true };

const ANSWERS: Answers = {
  open: { state: stateWith(1), records: [recordOf(1)], storage: { kind: 'stored' }, damages: [] },
  act: {
    ...CHANGED,
    refusals: [null, { code: 'notFaulted', hresult: 'S_OK' }],
    stoppedBy: { kind: 'cancelled' },
  },
  openRun: CHANGED,
  newLaboratory: CHANGED,
  trim: { ...CHANGED, starts: [{ id: 3 }] },
  startOver: CHANGED,
  undoStartOver: CHANGED,
  switchBranch: CHANGED,
  nameBranch: CHANGED,
  deleteBranch: CHANGED,
  remember: CHANGED,
  readStored: STORED,
  beginVolume: CHANGED,
  keepContents: { isKept: true },
  dropContents: { isKept: false },
  startVolume: { ...CHANGED, starts: [{ id: 2 }] },
  readContents: { bytes: new Uint8Array(16_384), damaged: [0] },
  importLaboratory: CHANGED,
};

describe('the answer to', () => {
  const schemas = answerSchemas(DOMAIN_SCHEMAS);

  test.each(Object.keys(REQUESTS) as RequestType[])('%s passes unchanged', (type) => {
    const result = { ok: true, value: ANSWERS[type] };

    expect(parseWith(answerResultSchema(schemas[type]), result)).toEqual({ ok: true, value: result });
  });

  test('something else does not pass', () => {
    const parse = (type: RequestType, value: unknown) =>
      parseWith(answerResultSchema(schemas[type]), { ok: true, value });

    expect(parse('open', CHANGED).ok).toBe(false);
    expect(parse('readStored', { ...STORED, bytes: new Uint8Array(5) })).toMatchObject({
      problem: { place: 'value.bytes' },
    });
    expect(parse('act', { ...CHANGED, refusals: [{ code: 'because' }], stoppedBy: null })).toMatchObject({
      problem: { place: 'value.refusals.0.code' },
    });
    expect(parse('startOver', { ...CHANGED, records: [{ ...recordOf(1), parent: -1 }] })).toMatchObject({
      problem: { place: 'value.records.0.parent' },
    });
  });
});

const STORAGE_PROBLEMS: { readonly [Kind in StorageProblem['kind']]: StorageProblem & { kind: Kind } } = {
  unavailable: { kind: 'unavailable', detail: 'x' },
  blocked: { kind: 'blocked' },
  otherTab: { kind: 'otherTab' },
  newerFormat: { kind: 'newerFormat', format: 2 },
  quota: { kind: 'quota' },
  aborted: { kind: 'aborted', detail: 'x' },
  closed: { kind: 'closed' },
};

const PROBLEMS: { readonly [Kind in EngineProblem['kind']]: EngineProblem & { kind: Kind } } = {
  refused: { kind: 'refused', refusal: { code: 'countInvalid', count: -0.5 } },
  malformed: { kind: 'malformed', place: 'a.b', reason: 'x' },
  notOpen: { kind: 'notOpen' },
  branchUnknown: { kind: 'branchUnknown', branch: 1 },
  branchInUse: { kind: 'branchInUse', branch: 1 },
  positionOutside: { kind: 'positionOutside', position: 2, length: 1 },
  nothingToUndo: { kind: 'nothingToUndo' },
  tooMuch: { kind: 'tooMuch', what: 'records', limit: 3 },
  notCommitted: { kind: 'notCommitted', problem: { kind: 'quota' } },
  notRead: { kind: 'notRead', problem: { kind: 'closed' } },
  invariantBroken: { kind: 'invariantBroken', detail: 'x' },
  cancelled: { kind: 'cancelled' },
  internal: { kind: 'internal', detail: 'x' },
  workerDied: { kind: 'workerDied', detail: 'x' },
};

const DAMAGES: { readonly [Kind in Damage['kind']]: Damage & { kind: Kind } } = {
  recordUnreadable: { kind: 'recordUnreadable', record: 1, reason: 'x' },
  branchShortened: { kind: 'branchShortened', branch: 1, record: 2 },
  branchLost: { kind: 'branchLost', branch: 1, reason: 'x' },
  recordsUnreachable: { kind: 'recordsUnreachable', records: [1, 2] },
  stateRebuilt: { kind: 'stateRebuilt', reason: 'x', branches: 2 },
  blockRebuilt: { kind: 'blockRebuilt', world: 'on', part: 'slot', number: 1, reason: 'x' },
  contentDamaged: { kind: 'contentDamaged', start: 2, contents: [0, 7], reason: 'x' },
  rowUnknown: { kind: 'rowUnknown', key: 'x' },
};

const REFUSALS: { readonly [Code in RefusalCode]: Refusal & { code: Code } } = {
  blockOutsideVolume: { code: 'blockOutsideVolume', block: 64, blockCount: 64 },
  blockOutsideDiffVolume: { code: 'blockOutsideDiffVolume', block: 64, blockCount: 64 },
  countInvalid: { code: 'countInvalid', count: 0 },
  contentTooLong: { code: 'contentTooLong', sizeBytes: 20_000, limitBytes: 16_384 },
  durationInvalid: { code: 'durationInvalid', durationMs: 0 },
  maximumInvalid: { code: 'maximumInvalid', maximumBlocks: -1 },
  writeInProgress: { code: 'writeInProgress' },
  snapshotUnknown: { code: 'snapshotUnknown', snapshot: 9, hresult: 'VSS_E_OBJECT_NOT_FOUND' },
  snapshotsPending: { code: 'snapshotsPending' },
  volumeOffline: { code: 'volumeOffline' },
  volumeOfflineForProtection: { code: 'volumeOfflineForProtection' },
  volumeOnlineAlready: { code: 'volumeOnlineAlready' },
  volumeOfflineAlready: { code: 'volumeOfflineAlready' },
  levelUnchanged: { code: 'levelUnchanged' },
  notFaulted: { code: 'notFaulted' },
  nothingUnused: { code: 'nothingUnused' },
  maximumUnchanged: { code: 'maximumUnchanged' },
  maximumBelowUse: { code: 'maximumBelowUse', neededBlocks: 4 },
  maximumZeroInUse: { code: 'maximumZeroInUse' },
  noRoomForSnapshot: { code: 'noRoomForSnapshot', limitedBy: 'growth', eventId: 23 },
  diffVolumeAbsent: { code: 'diffVolumeAbsent' },
  diffVolumePresentAlready: { code: 'diffVolumePresentAlready' },
  storageUnusable: { code: 'storageUnusable' },
  storageUnreadable: { code: 'storageUnreadable' },
  brokenAlready: { code: 'brokenAlready' },
  notBroken: { code: 'notBroken' },
  clusterPreparedAlready: { code: 'clusterPreparedAlready' },
  clusterNotPrepared: { code: 'clusterNotPrepared' },
};

test('everything that can go wrong can be told', () => {
  for (const problem of Object.values(STORAGE_PROBLEMS)) {
    expect(parseWith(storageProblemSchema, problem)).toEqual({ ok: true, value: problem });
    const status: StorageStatus = { kind: 'memory', reason: problem };
    expect(parseWith(storageStatusSchema, status)).toEqual({ ok: true, value: status });
  }
  for (const problem of Object.values(PROBLEMS)) {
    expect(parseWith(engineProblemSchema, problem)).toEqual({ ok: true, value: problem });
  }
  for (const refusal of Object.values(REFUSALS)) {
    expect(parseWith(refusalSchema, refusal)).toEqual({ ok: true, value: refusal });
  }
  const damages = Object.values(DAMAGES);
  expect(parseWith(damagesSchema, damages)).toEqual({ ok: true, value: damages });
});

const NOTICES: { readonly [Type in Notice['type']]: Notice & { type: Type } } = {
  progress: {
    type: 'progress',
    request: 4,
    doneWrites: 1,
    totalWrites: 2,
    state: stateWith(1),
    records: [recordOf(1)],
  },
  storageChanged: { type: 'storageChanged', storage: { kind: 'memory', reason: { kind: 'quota' } } },
  damaged: { type: 'damaged', damages: Object.values(DAMAGES) },
};

test.each(Object.values(NOTICES))('the notice $type passes unchanged', (notice) => {
  const message = { kind: 'notice', notice };

  expect(parseWith(engineMessageSchema(DOMAIN_SCHEMAS), message)).toEqual({ ok: true, value: message });
});
