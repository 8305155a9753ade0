import type { ApiCallName } from '../core/catalogue/api-call';
import type { FaultNumber } from '../core/fault';
import type {
  GLOSSARY_FACTS,
  HOTFIX_FACTS,
  OTHER_SYSTEM_FACTS,
  TOOL_FACTS,
  WRITE_STACK_FACTS,
} from '../core/catalogue/reference-fact';

type SentenceOfEach<Facts> = { readonly [Key in keyof Facts]: string };
interface Term {
  readonly term: string;
  readonly meaning: string;
  /** Other names by which it is looked for. */
  readonly also?: string;
}

export const REFERENCE_WORDS = {
  title: 'Reference',
  lead: 'Names, values, calls, events and facts, each with its source; what is inferred says so.',
  search: 'Search the reference',
  searchHint: 'An event number, an HRESULT, an enumerator, a file, a word',
  found: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
  nothing: (query: string) =>
    `Nothing here matches “${query}”. Try an event number such as 87, a name such as DIFF_AREA_FULL, a value such as 0x80042308, or fewer words.`,
  showAll: 'Show everything',
  sections: {
    levels: 'Protection levels',
    faults: 'Protection faults',
    info: 'VSS_VOLUME_PROTECTION_INFO',
    calls: 'Management calls',
    results: 'Results (HRESULT)',
    events: 'Events of volsnap',
    statuses: 'Failure statuses (NTSTATUS)',
    rules: 'Rules of the simulated machine',
    stack: 'The path of a write through the system',
    hotfix: 'The hotfix of KB940041',
    tools: 'Tools and products',
    systems: 'Other systems',
    glossary: 'Glossary',
  },
  /** What a sentence about a fault tells of it, by its key in the catalogue. */
  lineLabels: {
    cause: 'Cause',
    whenMet: 'When',
    outcomeOriginal: 'Protection off',
    outcomeSnapshot: 'Protection on',
    repair: 'Way out',
    note: 'Note',
  } as Readonly<Record<string, string>>,
  contents: 'Sections',
  returns: 'Returns',
  argument: (direction: string, type: string, name: string) => `[${direction}] ${type} ${name}`,
  openFault: 'The page of this fault',
  eventOfFault: (fault: number) => `Reports fault ${fault}.`,
  eventWithoutProtection: (faults: readonly number[]) =>
    `With protection off it comes with fault ${faults.join(' or fault ')}: the snapshots have given way.`,
  channel: (channel: string) => `Log: ${channel}.`,
  hotfixTable: 'Files of the hotfix',
  hotfixNote:
    'The tables of the 64-bit editions print some rows two or three times in the article; here each stands once.',
  columns: {
    name: 'File',
    version: 'Version',
    sizeBytes: 'Bytes',
    date: 'Date and time (UTC)',
    edition: 'Edition',
    servicePack: 'Service pack',
    platform: 'Platform',
    branch: 'Branch',
  },
  filterEdition: 'Edition',
  filterPack: 'Service pack',
  filterName: 'File name',
  all: 'All',
  sortedBy: (column: string) => `Sort by ${column}`,
  rows: (shown: number, all: number) => `${shown} of ${all} files`,
} as const;

export const HOTFIX_WORDS: SentenceOfEach<typeof HOTFIX_FACTS> = {
  mode: 'It introduces Snapshot Protection mode.',
  blocksAll: 'The mode blocks all I/O to the live volume when the diff area is unavailable for any reason.',
  keeps: 'Snapshots are therefore not deleted when the copy-on-write to the diff area fails.',
  offByDefault: 'It is off by default.',
  enabling: 'It is turned on through the public interfaces of VSS.',
  causes:
    'What it is for: snapshots lost after a restart, because the live volume was online more than five minutes before its diff volume, the diff area was inaccessible, a request to grow was not handled in time, or the diff volume ran short of space.',
  prerequisites: 'Windows Server 2003 with Service Pack 1 or Service Pack 2.',
  restart: 'The computer has to be restarted afterwards.',
  replaces: 'It replaces no earlier hotfix.',
  registry: 'It needs no change of the registry.',
  later:
    'Later versions of Windows have the mode as VSS_PROTECTION_LEVEL_SNAPSHOT; a further hotfix (KB955543) mended a case in which snapshots were lost in spite of it.',
};

export const WRITE_STACK_WORDS: { readonly [Key in keyof typeof WRITE_STACK_FACTS]: Term } = {
  application: { term: 'Application', meaning: 'Asks for a write and waits for its answer.' },
  fileSystem: {
    term: 'File system (NTFS)',
    meaning: 'Turns the write of a file into writes of blocks of the volume.',
  },
  volsnap: {
    term: 'Volsnap.sys',
    meaning:
      'The driver that makes the shadow copies: it holds a write back until the old block is saved in the diff area.',
  },
  ftdisk: {
    term: 'Ftdisk.sys',
    meaning: 'The volume manager below: turns blocks of the volume into sectors of disks.',
  },
  partmgr: {
    term: 'Partmgr.sys',
    meaning: 'The partition manager: which sectors of a disk belong to which volume.',
  },
  disk: {
    term: 'Storage drivers and the disk',
    meaning: 'Read and write the sectors; where they fail, copies fail.',
  },
  vssvc: {
    term: 'Vssvc.exe',
    meaning: 'The Volume Shadow Copy service: brings requesters, writers and providers together.',
  },
  swprv: {
    term: 'Swprv.dll',
    meaning: 'The software provider of Microsoft: creates and manages the shadow copies of volsnap.',
  },
  vssapi: {
    term: 'Vssapi.dll',
    meaning: 'The interfaces that programs call, those of protection among them.',
    also: 'wvssapi.dll 32-bit',
  },
  proxies: {
    term: 'Vss_ps.dll',
    meaning: 'Carries the calls of those interfaces between processes.',
    also: 'wvss_ps.dll proxy stub 32-bit',
  },
  eventcls: {
    term: 'Eventcls.dll',
    meaning: 'Tells the service of events that other parts of the system have published.',
  },
  vssadmin: {
    term: 'Vssadmin.exe',
    meaning: 'The command line of shadow copies. No documented version has a verb for protection.',
  },
  vssui: { term: 'Vssui.dll', meaning: 'The page "Shadow Copies" among the properties of a volume.' },
};

export const OTHER_SYSTEM_WORDS: { readonly [Key in keyof typeof OTHER_SYSTEM_FACTS]: Term } = {
  dmSnapshot: {
    term: 'dm-snapshot (Linux): store full',
    meaning:
      'The snapshot becomes useless and is disabled; the origin goes on. The promise of ORIGINAL_VOLUME.',
    also: 'lvm device mapper',
  },
  dmOverflow: {
    term: 'dm-snapshot: option PO',
    meaning:
      'Lets the status report an overflow. When a write to the snapshot itself overflowed, the image is kept and further writes to it fail.',
  },
  thinData: {
    term: 'dm-thin, LVM thin pools: data space full',
    meaning:
      'I/O is queued, by default for 60 seconds, or fails at once where so configured; snapshots stay. The promise of SNAPSHOT.',
    also: 'lvm thin provisioning',
  },
  thinMetadata: {
    term: 'dm-thin: metadata failed',
    meaning:
      'Errors until the pool is repaired, and a flag says that it needs a check: nearest to a protection fault that waits to be cleared.',
  },
  zfsWrites: {
    term: 'ZFS: pool full',
    meaning:
      'Snapshots hold old blocks in the same pool; live writes and deletions can fail for want of space.',
  },
  zfsKeeps: { term: 'ZFS: snapshots', meaning: 'No snapshot is dropped to make room.' },
  blksnap: {
    term: 'blksnap (Veeam)',
    meaning:
      'On overflow the images become inconsistent and the backup fails; the system stays up, and the live data are safe. The promise of ORIGINAL_VOLUME.',
  },
  dattobd: {
    term: 'dattobd',
    meaning: 'A copy-on-write file at its largest size puts the device into a failed state.',
  },
  dattobdLive: { term: 'dattobd: live writes', meaning: 'They go on, untraced.' },
  hyperV: {
    term: 'Hyper-V (2009)',
    meaning:
      'With less than 200 MB free a virtual machine is paused instead of failing its writes: the workload stops so that its state is kept.',
  },
};

export const TOOL_WORDS: { readonly [Key in keyof typeof TOOL_FACTS]: Term } = {
  vssadmin: {
    term: 'vssadmin',
    meaning:
      'Lists, creates, reverts to and deletes shadow copies, and adds, resizes and deletes their storage. No documented version has a verb for protection. The console of the laboratory answers its commands.',
    also: 'list shadows shadowstorage resize delete command line cmd',
  },
  commandLine: {
    term: 'Protection from a command line',
    meaning:
      'There is no documented way: vssadmin has no verb for it, and none was found for diskshadow. The level is set and a fault is cleared by a program that calls the management interface, as a rule the backup product.',
    also: 'powershell wbadmin diskshadow script cmd prompt clear fault turn on off',
  },
  dpm: {
    term: 'Data Protection Manager (DPM)',
    meaning:
      'A backup product that relies on snapshots. Support has seen events 87 and 93 on its servers, with event 140 of NTFS: the replica volume (the live volume) went offline because the recovery point volume (the diff volume) was short of space. DPM brings it back online by itself, but the running job fails and the data under way are lost: extend the diff volume, then run a consistency check.',
    also: 'system center backup replica recovery point 87 93 140',
  },
  chkdsk: {
    term: 'chkdsk',
    meaning:
      'Checks and mends a file system. For event 40 the documented advice is to run it with /r on the diff volume; that it is the repair of fault 12 is inferred from this.',
    also: 'check disk fault 12 event 40 91',
  },
};

/** Names of tools and of things gone wrong by which a fault is looked for. */
export const FAULT_ALSO: Readonly<Partial<Record<FaultNumber, string>>> = {
  5: 'pagefile virtual memory',
  6: 'bad sector',
  8: 'dpm shadowstorage maxsize disk full out of space',
  9: 'dpm slow',
  12: 'chkdsk',
  14: 'dpm unplugged removed',
};

/** What vssadmin calls the same thing. */
export const CALL_ALSO: Readonly<Partial<Record<ApiCallName, string>>> = {
  AddDiffArea: 'vssadmin add shadowstorage',
  ChangeDiffAreaMaximumSize: 'vssadmin resize shadowstorage maxsize',
};

export const GLOSSARY_WORDS: { readonly [Key in keyof typeof GLOSSARY_FACTS]: Term } = {
  shadowCopy: {
    term: 'Shadow copy, snapshot',
    meaning: 'A volume as it was at one moment.',
    also: 'vss previous versions my snapshots disappeared vanished lost deleted gone',
  },
  liveVolume: {
    term: 'Live volume, original volume',
    meaning: 'The volume that is written to, and that the shadow copy shows as it was.',
  },
  diffArea: {
    term: 'Diff area, shadow copy storage',
    meaning: 'Where old blocks are saved before they are overwritten.',
    also: 'shadowstorage difference area',
  },
  diffVolume: {
    term: 'Diff volume',
    meaning: 'The volume that holds the diff area; it can be the live volume itself.',
  },
  copyOnWrite: {
    term: 'Copy-on-write',
    meaning: 'Saving the old content of a block before its first overwrite: one read and one write more.',
    also: 'cow',
  },
  block: {
    term: 'Block',
    meaning: '16 KiB of a volume, whatever its cluster size: the unit in which volsnap copies.',
    also: '16 kb 16384',
  },
  slot: { term: 'Slot', meaning: 'A block of the diff area, as the laboratory draws it.' },
  area: {
    term: 'Area of a snapshot',
    meaning: 'The slots that were filled while that snapshot was the newest.',
  },
  retained: {
    term: 'Retained area',
    meaning: 'The area of a deleted snapshot that an older one still reads through.',
  },
  protectionLevel: {
    term: 'Protection level',
    meaning: 'What gives when a copy cannot be made: the snapshots (0), or the I/O of the volume (1).',
  },
  protectionMode: {
    term: 'Snapshot Protection mode',
    meaning:
      'Protection level SNAPSHOT: the snapshots are kept, and all I/O to the live volume fails until the fault is cleared.',
  },
  protectionFault: {
    term: 'Protection fault',
    meaning: 'The reason why a copy-on-write could not be made; there are sixteen.',
  },
  offline: {
    term: 'Offline for protection',
    meaning: 'The state of a volume after a protection fault: every read and write fails.',
    also: 'my volume is offline',
  },
  clearing: {
    term: 'Clearing',
    meaning: 'Resetting a fault: the volume is dismounted and comes online again.',
    also: 'clear reset',
  },
  unused: {
    term: 'Unused diff area',
    meaning:
      'A diff area whose original volume is not there to use it, for instance because it is offline for protection.',
  },
  growth: {
    term: 'Growth',
    meaning:
      'The diff area begins small and is enlarged as it fills; when that fails, or comes too late, copies fail.',
  },
  maximum: {
    term: 'Maximum',
    meaning: 'The size that an administrator allows the diff area to have; unbounded if none is set.',
    also: 'maxsize limit',
  },
  pending: {
    term: 'Pending snapshots',
    meaning: 'Snapshots of a volume that is online before its diff volume: they can be read once it arrives.',
  },
  detection: {
    term: 'Detection',
    meaning:
      'What volsnap does when a volume comes online: it looks for its diff areas and reads their tables.',
  },
  volsnap: {
    term: 'volsnap',
    meaning: 'The driver of shadow copies, and the source of their events in the System log.',
  },
  provider: {
    term: 'Provider',
    meaning: 'What makes the shadow copies: the software provider of Windows, or that of a storage vendor.',
  },
  requester: { term: 'Requester', meaning: 'A program that asks for shadow copies, such as a backup.' },
  writer: {
    term: 'Writer',
    meaning:
      'A program whose data are to be consistent in the shadow copy, and which is asked to hold still.',
  },
  hresult: { term: 'HRESULT', meaning: 'The result of a call, 32 bits; 0 is success.' },
  ntstatus: {
    term: 'NTSTATUS',
    meaning: 'The result inside the system, 32 bits; values from 0xC0000000 are errors.',
  },
};
