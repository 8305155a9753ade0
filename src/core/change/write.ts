import { countCopies, forgetCopy, recordCopy, requestOf, type Draft } from '../draft';
import type { Host, WriteRequest, WriteStage } from '../machine';
import type { Changes, EventOf } from './change';

function setRequest(draft: Draft, change: Partial<WriteRequest>): void {
  draft.request = { ...requestOf(draft), ...change };
}

/** The request goes on to its next block, or to the overwriting when all have been looked up and copied. */
function passBlock(draft: Draft): void {
  const request = requestOf(draft);
  const done = request.done + 1;
  const isLast = done === request.count;
  setRequest(
    draft,
    isLast ? { stage: 'overwrite', done: 0, slot: null } : { stage: 'lookUp', done, slot: null },
  );
}

function unpassBlock(draft: Draft, stage: WriteStage, slot: number | null): void {
  const request = requestOf(draft);
  const done = request.stage === 'overwrite' ? request.count - 1 : request.done - 1;
  setRequest(draft, { stage, done, slot });
}

function passOverwrite(draft: Draft): void {
  const request = requestOf(draft);
  const done = request.done + 1;
  setRequest(draft, done === request.count ? { stage: 'complete', done } : { done });
}

function count(draft: Draft, change: Partial<Host>): void {
  const { completed, failed, bounced } = draft.host;
  draft.host = {
    completed: completed + (change.completed ?? 0),
    failed: failed + (change.failed ?? 0),
    bounced: bounced + (change.bounced ?? 0),
  };
}

/** A read that a shut gate turns away counts among the requests that bounced. */
function bouncedReads(event: EventOf<'readFailed'>): number {
  return event.status === 'STATUS_DEVICE_NOT_CONNECTED' ? 1 : 0;
}

export const WRITE_CHANGES = {
  writeRequested: {
    apply(draft, { block, count: blocks, stamp }) {
      draft.request = { block, count: blocks, stamp, stage: 'gate', done: 0, slot: null };
      draft.nextStamp += blocks;
    },
    revoke(draft, event) {
      draft.request = null;
      draft.nextStamp -= event.count;
    },
  },
  writeTurnedAway: {
    apply(draft) {
      draft.request = null;
      count(draft, { failed: 1, bounced: 1 });
    },
    revoke(draft, event) {
      draft.request = event.request;
      count(draft, { failed: -1, bounced: -1 });
    },
  },
  gatePassed: {
    apply: (draft) => setRequest(draft, { stage: 'lookUp' }),
    revoke: (draft) => setRequest(draft, { stage: 'gate' }),
  },
  blockLookedUp: {
    apply: (draft, event) => (event.copyNeeded ? setRequest(draft, { stage: 'memory' }) : passBlock(draft)),
    revoke: (draft, { copyNeeded, before }) =>
      copyNeeded ? setRequest(draft, before) : unpassBlock(draft, before.stage, before.slot),
  },
  memoryAllocated: {
    apply: (draft) => setRequest(draft, { stage: 'space' }),
    revoke: (draft) => setRequest(draft, { stage: 'memory' }),
  },
  slotTaken: {
    apply: (draft, event) => setRequest(draft, { stage: 'read', slot: event.slot }),
    revoke: (draft) => setRequest(draft, { stage: 'space', slot: null }),
  },
  oldBlockRead: {
    apply: (draft) => setRequest(draft, { stage: 'copy' }),
    revoke: (draft) => setRequest(draft, { stage: 'read' }),
  },
  blockCopied: {
    apply(draft, event) {
      draft.diffContents.set(event.slot, event.stamp);
      setRequest(draft, { stage: 'record' });
    },
    revoke(draft, event) {
      draft.diffContents.set(event.slot, event.replacedStamp);
      setRequest(draft, { stage: 'copy' });
    },
  },
  copyRecorded: {
    apply(draft, event) {
      recordCopy(draft, event.block, event.slot, event.snapshot);
      countCopies(draft, event.snapshot, 1);
      passBlock(draft);
    },
    revoke(draft, event) {
      unpassBlock(draft, 'record', event.slot);
      countCopies(draft, event.snapshot, -1);
      forgetCopy(draft, event.block, event.slot);
    },
  },
  blockOverwritten: {
    apply(draft, event) {
      draft.live.set(event.block, event.stamp);
      passOverwrite(draft);
    },
    revoke(draft, event) {
      draft.live.set(event.block, event.replacedStamp);
      setRequest(draft, { stage: 'overwrite', done: requestOf(draft).done - 1 });
    },
  },
  writeCompleted: {
    apply(draft) {
      draft.request = null;
      count(draft, { completed: 1 });
    },
    revoke(draft, event) {
      draft.request = event.request;
      count(draft, { completed: -1 });
    },
  },
  writeFailed: {
    apply(draft) {
      draft.request = null;
      count(draft, { failed: 1 });
    },
    revoke(draft, event) {
      draft.request = event.request;
      count(draft, { failed: -1 });
    },
  },
  readCompleted: {
    apply: (draft) => count(draft, { completed: 1 }),
    revoke: (draft) => count(draft, { completed: -1 }),
  },
  readFailed: {
    apply: (draft, event) => count(draft, { failed: 1, bounced: bouncedReads(event) }),
    revoke: (draft, event) => count(draft, { failed: -1, bounced: -bouncedReads(event) }),
  },
} satisfies Changes<WriteEventType>;

type WriteEventType =
  | 'writeRequested'
  | 'writeTurnedAway'
  | 'gatePassed'
  | 'blockLookedUp'
  | 'memoryAllocated'
  | 'slotTaken'
  | 'oldBlockRead'
  | 'blockCopied'
  | 'copyRecorded'
  | 'blockOverwritten'
  | 'writeCompleted'
  | 'writeFailed'
  | 'readCompleted'
  | 'readFailed';
