import type { API_CALLS } from '../core/catalogue/api-call';
import type { FAULT_STATEMENTS } from '../core/catalogue/fault-statement';
import type { HRESULTS } from '../core/catalogue/hresult';
import type { PROTECTION_INFO_MEMBERS } from '../core/catalogue/protection-info';
import type { ReasonKey, Standing } from '../core/catalogue/statement';
import type { NtStatusName } from '../core/catalogue/status';
import type { FaultCauseWords } from './catalogue-fault-causes';

// Sentences that only the reference shows; it is loaded when somebody opens it. The types demand one sentence for
// every statement of the catalogue.

type Sentences<Statements> = { readonly [Key in keyof Statements]: string };
type SentencesOfEach<Entries extends Readonly<Record<string, { readonly statements: object }>>> = {
  readonly [Name in keyof Entries]: Sentences<Entries[Name]['statements']>;
};
type InfoMember = (typeof PROTECTION_INFO_MEMBERS)[number];

/** What a fault does at each level, as documented; the laboratory shows it by running it. */
export const FAULT_OUTCOME_WORDS: {
  readonly [Fault in keyof typeof FAULT_STATEMENTS]: Sentences<
    Omit<(typeof FAULT_STATEMENTS)[Fault], keyof FaultCauseWords>
  >;
} = {
  1: {
    outcomeOriginal:
      'The volume comes online without its snapshots; they can be lost when the diff volume is more than five minutes late.',
    outcomeSnapshot: 'The volume stays offline and waits, with every snapshot kept.',
    note: 'The only fault that heals itself, without a clear. Here the diff volume never came; in fault 14 it came and left.',
  },
  2: {
    outcomeOriginal: 'Detection is given up, and the snapshots with it.',
    outcomeSnapshot: 'The volume stays offline; the snapshots are kept.',
  },
  3: {
    outcomeOriginal: 'Records that cannot be trusted are discarded, and the snapshots with them.',
    outcomeSnapshot: 'The volume goes offline; the snapshots are not deleted.',
    note: 'Clearing resets a state and rebuilds no record: unless the damage can be undone, leaving protection mode and losing the snapshots is the likely end.',
  },
  4: {
    outcomeOriginal: 'For want of a buffer the snapshots are deleted, and the write goes through.',
    outcomeSnapshot: 'The write fails and the volume goes offline; the snapshots are kept.',
  },
  5: {
    outcomeOriginal: 'For want of a mapping the snapshots are deleted, and the write goes through.',
    outcomeSnapshot: 'The write fails and the volume goes offline; the snapshots are kept.',
    note: 'Before a later hotfix, a diff area larger than memory and page files together could cost all snapshots even under protection.',
  },
  6: {
    outcomeOriginal:
      'The old content cannot be saved, so the snapshots are deleted and the block is overwritten.',
    outcomeSnapshot:
      'The write fails, the block stays as it is, and the volume goes offline; the snapshots are kept.',
  },
  7: {
    outcomeOriginal: 'The copy finds no place, so the snapshots are deleted and the block is overwritten.',
    outcomeSnapshot:
      'The write fails, the old block stays in its place, and the volume goes offline; the snapshots are kept.',
    note: 'The page speaks of a read or a write that failed, and names a removed diff volume as one reason.',
  },
  8: {
    outcomeOriginal:
      'At the maximum the oldest snapshot makes room, one after another; when the diff volume itself is full, all are lost.',
    outcomeSnapshot: 'The write fails and the volume goes offline; the snapshots are kept.',
    note: 'The documented order is to clear first and to make room afterwards.',
  },
  9: {
    outcomeOriginal: 'The copies come faster than the slots for them, and the snapshots are deleted.',
    outcomeSnapshot:
      'The write that came too early fails, and the volume goes offline; the snapshots are kept.',
    note: 'The page blames a lack of space on the diff volume; the name, event 88 and the hotfix article describe a race. The laboratory shows the race.',
  },
  10: {
    outcomeOriginal: 'The last slot is used, no other comes, and the snapshots are deleted.',
    outcomeSnapshot:
      'The write that found no slot fails, and the volume goes offline; the snapshots are kept.',
  },
  11: {
    outcomeOriginal: 'All snapshots are destroyed; no event is documented for it.',
    outcomeSnapshot: 'The volume goes offline instead, and its event names no cause.',
    note: 'The name tells what the driver does after such an error where nothing forbids it.',
  },
  12: {
    outcomeOriginal: 'What cannot be opened cannot be kept: the snapshots are deleted.',
    outcomeSnapshot: 'The volume stays offline; the snapshots are kept.',
  },
  13: {
    outcomeOriginal:
      'A copy that cannot be recorded is none: the snapshots are deleted and the write goes through.',
    outcomeSnapshot: 'The write fails and the volume goes offline; the snapshots are kept.',
    note: 'Fault 7 is the copied block itself, fault 13 any other access to the diff volume. The documentation does not draw this line.',
  },
  14: {
    outcomeOriginal: 'The snapshots are destroyed as their storage leaves.',
    outcomeSnapshot:
      'The live volume is taken offline as its diff volume leaves, and the snapshots are kept.',
    note: 'In fault 1 the diff volume never came; here it came and left, and its return alone is not enough.',
  },
  15: {
    outcomeOriginal: 'The foreign write goes through, and the snapshots it may have damaged are destroyed.',
    outcomeSnapshot: 'The volume is taken offline, and the snapshots are kept.',
    note: 'That protection also turns the foreign write away follows from the advice to turn protection off before letting the program run.',
  },
  16: {
    outcomeOriginal: 'The volume cannot be taken back offline in order, and the snapshots are deleted.',
    outcomeSnapshot: 'The volume stays offline and the snapshots are kept; there is no event for it.',
    note: 'The documentation of this constant is empty. One message string of volsnap, 0xD1000002, tells of a mount that came where an offline was expected.',
  },
};

/** `meaning` of every member, in words; `note` where more is to be said. */
export const PROTECTION_INFO_WORDS: {
  readonly [Name in InfoMember['name']]: Sentences<
    Extract<InfoMember, { readonly name: Name }>['statements']
  >;
} = {
  m_protectionLevel: { meaning: 'The level that was asked for.' },
  m_volumeIsOfflineForProtection: { meaning: 'Whether a protection fault has taken the volume offline.' },
  m_protectionFault: { meaning: 'The fault that took the volume offline, or 0.' },
  m_failureStatus: {
    meaning: 'The status code of the failure behind the fault, or 0.',
    note: 'The page calls it internal; it is shown here as the NTSTATUS code that fits the cause.',
  },
  m_volumeHasUnusedDiffArea: {
    meaning: 'Whether the volume holds files of a diff area that nobody uses.',
    note: 'The diff area of a volume that is offline for protection counts as unused, although snapshots depend on it.',
  },
  m_reserved: { meaning: 'Without meaning for callers.' },
};

export const HRESULT_WORDS: SentencesOfEach<typeof HRESULTS> = {
  S_OK: { meaning: 'The call succeeded, or there was nothing to do.' },
  E_NOTIMPL: {
    meaning: 'The provider of this volume knows no shadow copy protection.',
    note: 'The pages print 0x80000001; the value in the public header is 0x80004001.',
  },
  E_ACCESSDENIED: { meaning: 'The caller has no administrator’s rights.' },
  E_INVALIDARG: { meaning: 'An argument is not valid.' },
  VSS_E_PROVIDER_VETO: { meaning: 'The provider met an error that it knows and has logged.' },
  VSS_E_OBJECT_NOT_FOUND: { meaning: 'There is no such volume, or it has no such diff area.' },
  VSS_E_VOLUME_NOT_SUPPORTED: { meaning: 'The diff volume is not NTFS or has too little space.' },
  VSS_E_OBJECT_ALREADY_EXISTS: { meaning: 'The two volumes are associated already.' },
  VSS_E_VOLUME_IN_USE: { meaning: 'A snapshot uses the diff area.' },
  VSS_E_MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED: { meaning: 'The volume can take no further diff area.' },
  VSS_E_INSUFFICIENT_STORAGE: { meaning: 'The diff volume does not have enough free space.' },
};

export const API_CALL_WORDS: SentencesOfEach<typeof API_CALLS> = {
  SetVolumeProtectLevel: {
    effect: 'Sets the protection level of a live volume or of its diff volume; both should have the same.',
    unchanged: 'Does nothing when the level is already set.',
    whileFaulted:
      'On a faulted volume, ORIGINAL_VOLUME dismounts it first: the way out that gives the snapshots up.',
    association: 'SNAPSHOT needs a diff area assigned with AddDiffArea.',
  },
  GetVolumeProtectLevel: {
    effect: 'Fills a VSS_VOLUME_PROTECTION_INFO with the level and the state of a volume.',
    whileFaulted: 'After a fault this is how a program learns what happened.',
    notFaulted: 'Fault and failure status are both 0 while the volume is not faulted.',
  },
  ClearVolumeProtectFault: {
    effect: 'Ends the fault: the volume is dismounted, its fault becomes none, and reads and writes go on.',
    notFaulted: 'Does nothing when the volume is not faulted.',
    causeRemains: 'Succeeds even while the cause lasts; the cause then strikes again.',
  },
  DeleteUnusedDiffAreas: {
    effect: 'Frees a diff volume of all diff areas that no original uses.',
    purpose: 'Recovers the space of an original that is lost for good.',
    danger:
      'An original that is merely offline for protection looks the same: its kept snapshots are destroyed.',
  },
  QuerySnapshotDeltaBitmap: {
    effect: 'Not supported; kept for the future.',
    answer: 'The laboratory answers E_NOTIMPL.',
  },
  AddDiffArea: {
    effect: 'Assigns a diff volume to a live volume.',
    maximum: 'The maximum is at least 320 MB, or −1 for no limit.',
    refused: 'Refused once the volume has snapshots or a diff area.',
  },
  ChangeDiffAreaMaximumSize: {
    effect: 'Sets the maximum size of a diff area, not always with immediate effect.',
    maximum: 'Zero deletes the diff area; −1 removes the limit.',
    explicit: 'Makes the diff area explicit: it is no longer deleted with the last snapshot.',
    lowered: 'A maximum below what is used deletes the oldest snapshots, and is refused under protection.',
  },
};

/** What a status code says of a failed request or of the failure behind a fault. */
export const STATUS_WORDS: Readonly<Record<NtStatusName, string>> = {
  STATUS_UNSUCCESSFUL: 'The operation did not succeed.',
  STATUS_NO_SUCH_DEVICE: 'The device does not exist.',
  STATUS_DISK_CORRUPT_ERROR: 'The structures on the disk are damaged.',
  STATUS_DATA_ERROR: 'The data are not what they should be.',
  STATUS_DISK_FULL: 'The disk has no space left.',
  STATUS_INSUFFICIENT_RESOURCES: 'Memory or another resource ran out.',
  STATUS_DEVICE_DATA_ERROR: 'The device could not deliver the data.',
  STATUS_DEVICE_NOT_CONNECTED: 'The device is not connected: the volume is offline.',
  STATUS_IO_TIMEOUT: 'The operation did not finish in time.',
  STATUS_INTERNAL_ERROR: 'The system met an error inside itself.',
  STATUS_FILE_CORRUPT_ERROR: 'A file or directory is damaged.',
  STATUS_COMMITMENT_LIMIT: 'The page file and memory together are used up.',
  STATUS_IO_DEVICE_ERROR: 'The device reported an input or output error.',
  STATUS_DEVICE_REMOVED: 'The device was taken away.',
  VOLSNAP_MOUNT_INSTEAD_OF_OFFLINE:
    'A mount came where an offline for failover was expected. This is a message value of volsnap; the name is ours.',
};

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  documented: 'Documented',
  inferred: 'Inferred',
};

/** Why an inferred statement is believed. */
export const REASON_WORDS: Readonly<Record<ReasonKey, string>> = {
  byWording: 'Messages and enumerators are matched by what they say; no page pairs them.',
  byMeaning:
    'The page says no more than that it is an internal status; volsnap’s event data carry NTSTATUS codes, so the one that means the same is shown.',
  byCause: 'No page gives this repair; it removes the cause that the fault names.',
  whereNeeded: 'The page tells what fails, not when; this is where the failing part is needed.',
  stepOrder: 'The order inside the driver is not public; in this one no old block is ever at risk.',
  standardCopyOnWrite:
    'Copy-on-write is made this way, and the format on disk fits it; no page says it outright.',
  figureChosen: 'No public figure was found; this one is small enough to watch.',
  onlyHint: 'The documentation of this fault is empty; one message string of volsnap is the only hint.',
  impliedByText: 'The source implies it without saying it.',
  followsFromLevel: 'It follows from the definition of the level, though no page says it of this case.',
  silentOnClear:
    'No page says that clearing fails while the cause lasts, and for a full diff area clearing is documented to come first.',
  unusedByDefinition:
    'Diff areas of originals that are offline for protection are documented as unused; that kept snapshots go with them is the consequence.',
  purgeDefeatsMode:
    'Deleting snapshots to make room would defeat the mode; a field report shows none deleted.',
  nothingAtStake: 'Every documented consequence concerns snapshots; without one there is nothing to lose.',
  simplestSafe: 'Public documents are silent; this is the simplest reading that loses nothing without need.',
  laboratory: 'This is how the laboratory behaves; it says nothing about Windows.',
};
