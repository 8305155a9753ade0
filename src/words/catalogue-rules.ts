import type { RuleId } from '../core/catalogue/rule';

/** Every rule in one sentence: what "Why?" answers with. */
export const RULE_WORDS: Readonly<Record<RuleId, string>> = {
  blocksOf16KiB: 'Copy-on-write works in blocks of 16 KiB, whatever the cluster size of the file system.',
  usedWithinAllocatedWithinMaximum:
    'The diff area never uses more than is allocated and never allocates more than its maximum.',
  refusalChangesNothing: 'A command that makes no sense now is refused with a reason and changes nothing.',

  gate: 'While the live volume is offline, every read and write is turned away at the gate.',
  gateStatus: 'A request turned away fails with STATUS_DEVICE_NOT_CONNECTED.',
  copyOnFirstWriteOnly: 'Only the first overwrite of a block since the newest snapshot needs a copy.',
  newestAreaReceivesCopies: 'Only the newest area receives copies; older snapshots read through it.',
  noCopyWithoutSnapshot: 'Without a snapshot nobody needs the old content, so nothing is copied.',
  memoryBeforeCopy: 'A copy begins with memory: a buffer for the old block and a mapping of the table.',
  slotBeforeCopy: 'A copy needs a free slot among those already allocated.',
  oldBlockIsRead: 'For a copy, the old block has to be read from the live volume before it is overwritten.',
  oldBlockIsCopied: 'A copy is made by writing the old block to its slot in the diff area.',
  copyIsRecorded: 'A copy counts only once the table records which block its slot holds.',
  copyBeforeOverwrite: 'A live block is overwritten only when its old content is safe in the diff area.',
  wholeRequestCopiedFirst:
    'The first block is overwritten only after every block of the request is copied and recorded.',
  failedWriteChangesNothing: 'A write that fails leaves every live block as it was.',
  finishedCopiesStay: 'Copies finished before a write failed stay: they are true.',
  overwriteOfBadBlockSucceeds: 'A bad block fails to be read until it is repaired; overwriting it succeeds.',

  growthStartsBelowFourFree:
    'Growth by one step starts when fewer than four allocated slots are free and the step fits.',
  growthTakesTime: 'Growth takes time, and writing goes on meanwhile.',
  writeWaitsForOwnGrowth:
    'A write that finds no free slot and no growth under way starts the growth itself and waits for it.',
  growTooSlow:
    'When the last free slot is gone and the growth under way has not finished, the writes have outrun it.',
  growFailed:
    'When the next slot is needed, none is free and growing ends in an error, the copy cannot be made.',
  diffAreaFull: 'When a slot is needed, none is free and nothing can grow, the diff area is full.',
  fullAtMaximum:
    'With protection off, a diff area at its maximum deletes the oldest snapshot, again and again, until a slot is free.',
  newestAloneAtMaximum:
    'With protection off and only the newest snapshot left, there is nothing older to give up: it is lost too.',
  fullAtVolume: 'With protection off, a diff area that has filled its volume costs all snapshots.',
  snapshotLevelPurgesNothing:
    'Under protection no snapshot is deleted to make room; the fault strikes instead.',

  liveReadNeedsOnline: 'A live block can be read only while the volume is online.',
  badBlockFailsReads: 'A bad block cannot be read, from the live volume or through a snapshot.',
  readPath:
    'A snapshot looks for a block in its own area, then in each newer one, and at last in the live volume.',
  snapshotReadNeedsStorage:
    'Reading a slot fails while the diff volume cannot be read; reading alone raises no fault.',
  offlineSnapshotsUnreadable:
    'While the volume is offline for protection, its snapshots are safe but cannot be read.',

  createFreezesWrites: 'A snapshot is taken between two writes: freeze, flush, install, release.',
  createNeedsRoom: 'A new snapshot needs a free slot or room to grow.',
  createRefusedWhenStorageFails: 'No snapshot can be created while its storage cannot be used.',
  countLimit: 'At 64 snapshots, the oldest goes when a new one comes.',
  areaRetained: 'The area of a deleted snapshot is kept while an older snapshot reads through it.',
  areaReleased: 'An area is released once no existing snapshot is older than it.',
  lastSnapshotReleasesArea: 'With the last snapshot the whole diff area is released.',
  revertReleasesNewerAreas: 'Reverting to a snapshot removes the newer ones together with their areas.',
  revertMakesNoCopies: 'Reverting makes no copies: what is kept reads the same before and after.',
  lowerMaximumDeletesOldest:
    'With protection off, a maximum below what is used deletes the oldest snapshots until the rest fits.',
  lowerMaximumRefusedUnderProtection: 'Under protection the maximum cannot be lowered below what is used.',
  maximumZeroInUse: 'A maximum of zero deletes the diff area and is refused while a snapshot uses it.',

  nothingToProtect: 'Without snapshots no failure is a protection fault: there is nothing to protect.',
  originalLevelGivesSnapshots: 'With protection off, a fault costs the snapshots: they cannot be kept true.',
  originalLevelKeepsIo: 'With protection off, no fault stops the live volume: its writes go through.',
  originalLevelRecordsNoFault: 'With protection off, the loss is logged but no protection fault is recorded.',
  snapshotLevelKeepsSnapshots: 'With protection on, a copy that cannot be made costs no snapshot.',
  snapshotLevelStopsIo:
    'With protection on, a fault stops the live volume: the write that met it fails, and all reads and writes after it until the fault is cleared.',
  faultIsRecorded: 'The fault that took the volume offline is recorded, with a failure status.',
  failureStatusIsNtStatus: 'The failure status is shown as the NTSTATUS code that fits the fault.',
  eventIdIs79PlusFault: 'A protection fault is logged as event 79 plus its number; fault 16 has none.',
  originalEventFitsByWording: 'The event that reports the loss is the one whose text fits the cause.',
  firstFaultStays: 'While the volume is offline for protection, a second fault does not replace the first.',
  adminOfflineIsNotProtection:
    'A volume taken offline by hand is not offline for protection: no fault is recorded.',

  clearDismountsAndResets: 'Clearing dismounts the volume and resets its fault to none.',
  clearRunsDetection: 'After a clear the volume comes online, and its diff area is checked again.',
  clearSucceedsUnrepaired: 'Clearing succeeds whether or not the cause has been repaired.',
  unrepairedStrikesAgain:
    'A cause left unrepaired strikes again, when the volume comes online or at the next copy.',
  clearNeedsFault: 'Clearing a volume that is not faulted does nothing.',
  leavingGivesSnapshotsUp:
    'Leaving protection mode always brings the volume back, and gives its snapshots up.',
  sameLevelDoesNothing: 'Setting the level that is already set does nothing.',
  missingHealsItself: 'When the missing diff volume arrives, the live volume comes back by itself.',
  deleteUnusedDestroys:
    'While the volume is offline for protection its diff area counts as unused: deleting it destroys the very snapshots that were kept.',
  nothingUnused: 'A diff area is unused only while its volume is offline for protection.',
  fullWayOut: 'A full diff area is cleared first; then the maximum is raised or snapshots are deleted.',
  keptSnapshotsReadAgain:
    'Once the cause is repaired and the fault cleared, every snapshot that was kept reads again.',

  detectionOrder:
    'Coming online checks presence, reading, file system, metadata and memory, and stops at the first failure.',
  clusterDetectedFirst: 'A failover in progress is noticed before anything else is checked.',
  missingAtOnline: 'A volume that comes online without its diff area cannot make any copy.',
  pendingFiveMinutes:
    'With protection off, snapshots wait five minutes for a late diff volume, and are lost after that.',
  pendingEndsAtFirstCopy: 'The first write that needs a copy ends the wait: the copy cannot be made.',
  pendingUnreadable: 'Snapshots that wait for their diff volume cannot be read.',
  protectingPendingStrikes:
    'Turning protection on while snapshots wait takes the volume offline at once, and they are safe.',
  attachRunsDetection: 'A diff volume that arrives late is still checked like any other.',

  removedAtOnce: 'Removing the diff volume strikes at once: no write is needed.',
  removedWhileOffline:
    'Removing the diff volume while the live volume is offline is noticed only when it comes online.',
  externalWriteRefused: 'Under protection a foreign write to the diff area is refused and changes nothing.',
  externalWriteLands:
    'With protection off, a foreign write lands where the snapshots were, and they are destroyed.',
  unexpectedErrorAtOnce: 'An error that the driver did not expect strikes at once.',
  clusterMount: 'A mount request that arrives while the cluster takes the volume offline is a fault.',
};
