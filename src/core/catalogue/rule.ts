import { documented, inferred, type Statement } from './statement';

/**
 * The rules that the simulated machine follows and the product teaches, in the order in which a write, a growth, a
 * read, a snapshot, a fault and a return meet them. Where public documents are silent the reading is marked: reason
 * `simplestSafe` where it says what volsnap would do, `laboratory` where it is only how this laboratory behaves.
 */
export const RULES = {
  // The parts and the commands.
  blocksOf16KiB: documented('kb312067', 'onDiskFormat'),
  usedWithinAllocatedWithinMaximum: documented('diffAreaPage'),
  refusalChangesNothing: inferred('laboratory'),

  // One host write.
  gate: documented('levelPage', 'kb940041'),
  gateStatus: inferred('impliedByText', 'volsnapMessages'),
  copyOnFirstWriteOnly: inferred('standardCopyOnWrite', 'onDiskFormat'),
  newestAreaReceivesCopies: inferred('standardCopyOnWrite', 'onDiskFormat', 'kb975803', 'volsnapMessages'),
  noCopyWithoutSnapshot: inferred('standardCopyOnWrite', 'vssOverview'),
  memoryBeforeCopy: inferred('stepOrder', 'levelPage', 'faultPage'),
  slotBeforeCopy: inferred('stepOrder', 'faultPage'),
  oldBlockIsRead: documented('slowWrites', 'vssOverview', 'faultPage'),
  oldBlockIsCopied: documented('slowWrites', 'vssOverview'),
  copyIsRecorded: inferred('stepOrder', 'onDiskFormat'),
  copyBeforeOverwrite: documented('vssOverview'),
  wholeRequestCopiedFirst: inferred('stepOrder', 'levelPage'),
  failedWriteChangesNothing: inferred('followsFromLevel', 'levelPage'),
  finishedCopiesStay: inferred('simplestSafe'),
  overwriteOfBadBlockSucceeds: inferred('simplestSafe', 'faultPage'),

  // Growth and exhaustion.
  growthStartsBelowFourFree: inferred('figureChosen', 'growthArticle'),
  growthTakesTime: documented('kb940041', 'volsnapMessages'),
  writeWaitsForOwnGrowth: inferred('simplestSafe', 'kb940041'),
  growTooSlow: documented('kb940041', 'volsnapMessages'),
  growFailed: documented('faultPage', 'volsnapMessages', 'growthArticle'),
  diffAreaFull: documented('faultPage', 'volsnapMessages'),
  fullAtMaximum: documented('kb312067', 'vssOverview', 'volsnapMessages'),
  newestAloneAtMaximum: documented('volsnapMessages'),
  fullAtVolume: documented('volsnapMessages'),
  snapshotLevelPurgesNothing: inferred('purgeDefeatsMode', 'levelPage', 'fieldCase'),

  // Reading.
  liveReadNeedsOnline: documented('levelPage', 'kb940041'),
  badBlockFailsReads: inferred('laboratory', 'faultPage'),
  readPath: documented('onDiskFormat'),
  snapshotReadNeedsStorage: inferred('simplestSafe', 'onDiskFormat'),
  offlineSnapshotsUnreadable: inferred('followsFromLevel', 'levelPage', 'volsnapMessages'),

  // Creating, deleting, reverting, resizing.
  createFreezesWrites: documented('vssOverview', 'volsnapMessages'),
  createNeedsRoom: documented('volsnapMessages'),
  createRefusedWhenStorageFails: inferred('byWording', 'volsnapMessages'),
  countLimit: documented('registryKeys', 'vssOverview', 'volsnapMessages'),
  areaRetained: documented('volsnapMessages'),
  areaReleased: documented('volsnapMessages'),
  lastSnapshotReleasesArea: inferred('impliedByText', 'changeMaximumPage'),
  revertReleasesNewerAreas: inferred('simplestSafe', 'kb975803'),
  revertMakesNoCopies: inferred('simplestSafe'),
  lowerMaximumDeletesOldest: inferred(
    'simplestSafe',
    'changeMaximumPage',
    'vssadminPages',
    'volsnapMessages',
  ),
  lowerMaximumRefusedUnderProtection: inferred('purgeDefeatsMode', 'changeMaximumPage', 'levelPage'),
  maximumZeroInUse: documented('changeMaximumPage'),

  // What a fault does.
  nothingToProtect: inferred('nothingAtStake', 'levelPage'),
  originalLevelGivesSnapshots: documented('levelPage', 'volsnapMessages'),
  originalLevelKeepsIo: documented('levelPage'),
  originalLevelRecordsNoFault: inferred('followsFromLevel', 'infoPage', 'getLevelPage'),
  snapshotLevelKeepsSnapshots: documented('levelPage', 'kb940041'),
  snapshotLevelStopsIo: documented('levelPage', 'kb940041', 'fieldCase'),
  faultIsRecorded: documented('infoPage', 'getLevelPage'),
  failureStatusIsNtStatus: inferred('byMeaning', 'getLevelPage', 'volsnapMessages', 'kb312067', 'kb833167'),
  eventIdIs79PlusFault: inferred('byWording', 'volsnapMessages', 'kb955543'),
  originalEventFitsByWording: inferred('byWording', 'volsnapMessages'),
  firstFaultStays: inferred('simplestSafe', 'getLevelPage'),
  adminOfflineIsNotProtection: inferred('simplestSafe', 'infoPage', 'volsnapMessages'),

  // Ways out.
  clearDismountsAndResets: documented('clearFaultPage'),
  clearRunsDetection: inferred('impliedByText', 'clearFaultPage', 'volsnapMessages'),
  clearSucceedsUnrepaired: inferred('silentOnClear', 'clearFaultPage', 'faultPage', 'volsnapMessages'),
  unrepairedStrikesAgain: inferred('silentOnClear', 'faultPage'),
  clearNeedsFault: documented('clearFaultPage'),
  leavingGivesSnapshotsUp: documented('setLevelPage', 'volsnapMessages'),
  sameLevelDoesNothing: documented('setLevelPage'),
  missingHealsItself: documented('volsnapMessages'),
  deleteUnusedDestroys: inferred('unusedByDefinition', 'deleteUnusedPage'),
  nothingUnused: documented('deleteUnusedPage'),
  fullWayOut: documented('faultPage', 'volsnapMessages'),
  keptSnapshotsReadAgain: documented('levelPage', 'volsnapMessages'),

  // Coming online.
  detectionOrder: inferred('stepOrder', 'volsnapMessages'),
  clusterDetectedFirst: inferred('simplestSafe', 'volsnapMessages'),
  missingAtOnline: documented('faultPage', 'volsnapMessages'),
  pendingFiveMinutes: documented('kb940041'),
  pendingEndsAtFirstCopy: inferred('followsFromLevel', 'kb940041', 'levelPage'),
  pendingUnreadable: inferred('simplestSafe', 'kb940041'),
  protectingPendingStrikes: inferred('simplestSafe', 'levelPage', 'volsnapMessages'),
  attachRunsDetection: inferred('simplestSafe', 'volsnapMessages'),

  // Faults that need no write.
  removedAtOnce: documented('volsnapMessages'),
  removedWhileOffline: inferred('simplestSafe', 'volsnapMessages'),
  externalWriteRefused: inferred('impliedByText', 'volsnapMessages'),
  externalWriteLands: documented('volsnapMessages'),
  unexpectedErrorAtOnce: inferred('laboratory', 'faultPage', 'volsnapMessages'),
  clusterMount: inferred('onlyHint', 'volsnapMessages'),
} satisfies Record<string, Statement>;

export type RuleId = keyof typeof RULES;
