import { releaseArea, restoreArea, setAllocated } from '../draft';
import { NO_CHANGE, type Changes } from './change';

type StorageEventType =
  | 'growthStarted'
  | 'growthRefused'
  | 'growthCompleted'
  | 'growthAbandoned'
  | 'diffAreaResized'
  | 'areaReleased'
  | 'diffAreaReleased'
  | 'diffVolumeDetached'
  | 'diffVolumeAttached'
  | 'externalWriteRefused'
  | 'externalWriteLanded';

export const STORAGE_CHANGES = {
  growthStarted: {
    apply(draft, { completesAtMs }) {
      draft.growth = { completesAtMs };
    },
    revoke(draft) {
      draft.growth = null;
    },
  },
  growthRefused: NO_CHANGE,
  growthCompleted: {
    apply(draft, { addedBlocks }) {
      draft.growth = null;
      setAllocated(draft, draft.allocated + addedBlocks);
    },
    revoke(draft, { addedBlocks, completesAtMs }) {
      draft.growth = { completesAtMs };
      setAllocated(draft, draft.allocated - addedBlocks);
    },
  },
  growthAbandoned: {
    apply(draft) {
      draft.growth = null;
    },
    revoke(draft, { completesAtMs }) {
      draft.growth = { completesAtMs };
    },
  },
  diffAreaResized: {
    apply(draft, { to, allocatedTo }) {
      draft.maximumBlocks = to;
      setAllocated(draft, allocatedTo);
    },
    revoke(draft, { from, allocatedFrom }) {
      draft.maximumBlocks = from;
      setAllocated(draft, allocatedFrom);
    },
  },
  areaReleased: {
    apply: (draft, { area, slots }) => releaseArea(draft, area, slots),
    revoke: (draft, { area, slots }) => restoreArea(draft, area, slots),
  },
  diffAreaReleased: {
    apply(draft) {
      draft.growth = null;
      setAllocated(draft, 0);
    },
    revoke(draft, { allocated, growth }) {
      draft.growth = growth;
      setAllocated(draft, allocated);
    },
  },
  diffVolumeDetached: {
    apply(draft) {
      draft.diffVolumePresent = false;
    },
    revoke(draft) {
      draft.diffVolumePresent = true;
    },
  },
  diffVolumeAttached: {
    apply(draft) {
      draft.diffVolumePresent = true;
    },
    revoke(draft) {
      draft.diffVolumePresent = false;
    },
  },
  externalWriteRefused: {
    apply(draft) {
      draft.nextStamp += 1;
    },
    revoke(draft) {
      draft.nextStamp -= 1;
    },
  },
  externalWriteLanded: {
    apply(draft, { block, stamp }) {
      draft.nextStamp += 1;
      draft.diffContents.set(block, stamp);
    },
    revoke(draft, { block, replacedStamp }) {
      draft.nextStamp -= 1;
      draft.diffContents.set(block, replacedStamp);
    },
  },
} satisfies Changes<StorageEventType>;
