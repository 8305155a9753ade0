import { BLOCK_SIZE_BYTES } from '../../src/core/block';
import type { LogRecord } from '../../src/core/log-record';
import type { LaboratoryState } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import type { BlockPlace, Commit, MachineSummary, Segment } from '../../src/storage/laboratory-store';

export function stateWith(tip: number | null): LaboratoryState {
  const scenario = { settings: DEFAULT_SETTINGS, worlds: ['off', 'on'] as const };
  return {
    branches: [{ id: 1, name: 'Öffnen', origin: { kind: 'story' }, scenario, tip }],
    currentBranch: 1,
    position: 3,
    nextRecord: (tip ?? 0) + 1,
    nextBranch: 2,
    startedOverFrom: [{ branch: 1, position: 2 }],
  };
}

export function recordOf(id: number): LogRecord {
  return {
    id,
    parent: id === 1 ? null : id - 1,
    instruction: { command: { type: 'createSnapshot' }, worlds: ['off', 'on'] },
    steps: 4,
    cut: false,
    fingerprints: [id, 0xffff_ffff],
  };
}

export function blockOf(number: number, part: BlockPlace['part'] = 'block'): BlockPlace {
  return { world: 'on', part, number };
}

/** Whole blocks, each filled with a number. */
export function bytesOf(...fills: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fills.length * BLOCK_SIZE_BYTES);
  for (const [index, fill] of fills.entries()) {
    bytes.fill(fill, index * BLOCK_SIZE_BYTES, (index + 1) * BLOCK_SIZE_BYTES);
  }
  return bytes;
}

/** What a segment of filled blocks names: in both worlds, by stamps from `100 * id` on. */
export function namesOf(id: number, count: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(Array.from({ length: count }, (_, index) => [3, 100 * id + index]).flat());
}

export function filled(id: number, ...fills: readonly number[]): Segment {
  return { id, names: namesOf(id, fills.length), bytes: bytesOf(...fills) };
}

export const SUMMARY: MachineSummary = {
  record: 1,
  fingerprint: 17,
  clockMs: 5,
  protectionLevel: 'SNAPSHOT',
  protectionFault: 'COW_WRITE_FAILURE',
  access: 'offlineForProtection',
  snapshots: [1],
  usedBlocks: 1,
  allocatedBlocks: 8,
  maximumBlocks: 32,
};

export function commitOf(changes: Partial<Commit> = {}): Commit {
  return {
    state: stateWith(1),
    records: [],
    removedRecords: [],
    starts: [],
    removedStarts: [],
    machines: { off: null, on: SUMMARY },
    segments: [],
    removedSegments: [],
    removedPieces: [],
    removedBlocks: [],
    ...changes,
  };
}
