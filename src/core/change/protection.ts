import { withBroken, withRepaired } from '../condition';
import { NO_CHANGE, type Changes } from './change';

type ProtectionEventType =
  | 'levelChanged'
  | 'faultMet'
  | 'faultRecorded'
  | 'faultCleared'
  | 'eventLogged'
  | 'volumeDismounted'
  | 'volumeWentOffline'
  | 'detectionStarted'
  | 'volumeCameOnline'
  | 'snapshotsPending'
  | 'snapshotsActivated'
  | 'pendingEnded'
  | 'conditionBroken'
  | 'conditionRepaired'
  | 'clusterOfflinePrepared'
  | 'clusterFailoverFinished'
  | 'unexpectedErrorOccurred'
  | 'timePassed';

/** Snapshots no longer wait for their diff volume. */
const NO_LONGER_PENDING: Changes<'snapshotsActivated'>['snapshotsActivated'] &
  Changes<'pendingEnded'>['pendingEnded'] = {
  apply(draft) {
    draft.pendingUntilMs = null;
  },
  revoke(draft, { untilMs }) {
    draft.pendingUntilMs = untilMs;
  },
};

export const PROTECTION_CHANGES = {
  levelChanged: {
    apply(draft, { to }) {
      draft.level = to;
    },
    revoke(draft, { from }) {
      draft.level = from;
    },
  },
  faultMet: NO_CHANGE,
  faultRecorded: {
    apply(draft, { fault }) {
      draft.fault = fault;
    },
    revoke(draft) {
      draft.fault = 0;
    },
  },
  faultCleared: {
    apply(draft) {
      draft.fault = 0;
    },
    revoke(draft, { fault }) {
      draft.fault = fault;
    },
  },
  eventLogged: NO_CHANGE,
  volumeDismounted: NO_CHANGE,
  volumeWentOffline: {
    apply(draft, { access }) {
      draft.access = access;
    },
    revoke(draft, { before }) {
      draft.access = before;
    },
  },
  detectionStarted: NO_CHANGE,
  volumeCameOnline: {
    apply(draft) {
      draft.access = 'online';
      draft.host = { ...draft.host, bounced: 0 };
    },
    revoke(draft, { before, bounced }) {
      draft.access = before;
      draft.host = { ...draft.host, bounced };
    },
  },
  snapshotsPending: {
    apply(draft, { untilMs }) {
      draft.pendingUntilMs = untilMs;
    },
    revoke(draft) {
      draft.pendingUntilMs = null;
    },
  },
  snapshotsActivated: NO_LONGER_PENDING,
  pendingEnded: NO_LONGER_PENDING,
  conditionBroken: {
    apply(draft, { condition }) {
      draft.conditions = withBroken(draft.conditions, condition);
    },
    revoke(draft, { condition }) {
      draft.conditions = withRepaired(draft.conditions, condition);
    },
  },
  conditionRepaired: {
    apply(draft, { condition }) {
      draft.conditions = withRepaired(draft.conditions, condition);
    },
    revoke(draft, { condition }) {
      draft.conditions = withBroken(draft.conditions, condition);
    },
  },
  clusterOfflinePrepared: {
    apply(draft) {
      draft.clusterOfflinePrepared = true;
    },
    revoke(draft) {
      draft.clusterOfflinePrepared = false;
    },
  },
  clusterFailoverFinished: {
    apply(draft) {
      draft.clusterOfflinePrepared = false;
    },
    revoke(draft) {
      draft.clusterOfflinePrepared = true;
    },
  },
  unexpectedErrorOccurred: NO_CHANGE,
  timePassed: NO_CHANGE,
} satisfies Changes<ProtectionEventType>;
