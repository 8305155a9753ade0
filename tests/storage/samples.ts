import { BLOCK_SIZE_BYTES } from '../../src/core/block';
import type { LogRecord } from '../../src/core/history';
import type { LaboratoryState } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import type { BlockChange, BlockPlace, Commit, MachineSummary } from '../../src/storage/laboratory-store';

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

export function bytesOf(fill: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(BLOCK_SIZE_BYTES).fill(fill);
}

export function filled(number: number, fill: number, part: BlockPlace['part'] = 'block'): BlockChange {
  return { place: blockOf(number, part), bytes: bytesOf(fill) };
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
    blocks: [],
    ...changes,
  };
}
