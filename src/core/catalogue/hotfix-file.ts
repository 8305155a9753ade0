import type { SourceKey } from './source';

/** A file of the hotfix of KB940041, as the article lists it (English version; dates and times in UTC). */
export interface HotfixFile {
  readonly name: string;
  readonly version: string;
  readonly sizeBytes: number;
  /** ISO 8601, to the minute, UTC. */
  readonly date: string;
  /** The edition of Windows Server 2003 whose table lists it. */
  readonly edition: HotfixEdition;
  readonly platform: 'x86' | 'x64' | 'IA-64';
  readonly servicePack: 'SP1' | 'SP2';
  /** The column of the 64-bit tables: `WOW` for the 32-bit files among them. */
  readonly branch: 'WOW' | null;
}

export const HOTFIX_EDITIONS = ['x86', 'x64', 'IA-64'] as const;

type HotfixEdition = (typeof HOTFIX_EDITIONS)[number];

export const HOTFIX_SOURCE: SourceKey = 'kb940041';

type Row = readonly [
  name: string,
  sizeBytes: number,
  date: string,
  platform: HotfixFile['platform'],
  branch?: 'WOW',
];

/** One table of the article. The 64-bit tables print some rows several times: here each stands once. */
function table(
  edition: HotfixEdition,
  servicePack: 'SP1' | 'SP2',
  rows: readonly Row[],
): readonly HotfixFile[] {
  const version = servicePack === 'SP1' ? '5.2.3790.2985' : '5.2.3790.4127';
  return rows.map(([name, sizeBytes, date, platform, branch = null]) => ({
    name,
    version,
    sizeBytes,
    date,
    edition,
    platform,
    servicePack,
    branch,
  }));
}

export const HOTFIX_FILES: readonly HotfixFile[] = [
  ...table('x86', 'SP1', [
    ['Eventcls.dll', 31_232, '2007-08-07T10:29Z', 'x86'],
    ['Ftdisk.sys', 137_216, '2007-08-03T13:29Z', 'x86'],
    ['Partmgr.sys', 25_088, '2007-08-03T14:25Z', 'x86'],
    ['Swprv.dll', 285_696, '2007-08-07T10:29Z', 'x86'],
    ['Volsnap.sys', 168_960, '2007-08-03T13:29Z', 'x86'],
    ['Vssadmin.exe', 134_144, '2007-08-03T13:29Z', 'x86'],
    ['Vssapi.dll', 566_272, '2007-08-07T10:29Z', 'x86'],
    ['Vssui.dll', 144_384, '2007-08-07T10:29Z', 'x86'],
    ['Vssvc.exe', 837_120, '2007-08-03T13:29Z', 'x86'],
    ['Vss_ps.dll', 20_480, '2007-08-07T10:29Z', 'x86'],
  ]),
  ...table('x86', 'SP2', [
    ['Eventcls.dll', 31_232, '2007-08-07T11:05Z', 'x86'],
    ['Ftdisk.sys', 137_216, '2007-08-06T13:27Z', 'x86'],
    ['Partmgr.sys', 25_088, '2007-08-06T15:00Z', 'x86'],
    ['Swprv.dll', 285_696, '2007-08-07T11:05Z', 'x86'],
    ['Volsnap.sys', 168_960, '2007-08-06T13:27Z', 'x86'],
    ['Vssadmin.exe', 134_144, '2007-08-06T13:27Z', 'x86'],
    ['Vssapi.dll', 566_272, '2007-08-07T11:05Z', 'x86'],
    ['Vssui.dll', 144_384, '2007-08-06T21:27Z', 'x86'],
    ['Vssvc.exe', 837_120, '2007-08-06T13:27Z', 'x86'],
    ['Vss_ps.dll', 20_480, '2007-08-07T11:05Z', 'x86'],
  ]),
  ...table('x64', 'SP1', [
    ['Eventcls.dll', 46_080, '2007-08-06T21:34Z', 'x64'],
    ['Ftdisk.sys', 240_128, '2007-08-06T21:34Z', 'x64'],
    ['Partmgr.sys', 45_056, '2007-08-06T21:34Z', 'x64'],
    ['Volsnap.sys', 326_656, '2007-08-06T21:34Z', 'x64'],
    ['Vssui.dll', 233_472, '2007-08-06T21:34Z', 'x64'],
    ['Vss_ps.dll', 26_624, '2007-08-06T21:34Z', 'x64'],
    ['Swprv.dll', 685_056, '2007-08-06T21:34Z', 'x64'],
    ['Vssadmin.exe', 245_248, '2007-08-06T21:34Z', 'x64'],
    ['Vssapi.dll', 1_333_248, '2007-08-06T21:34Z', 'x64'],
    ['Vssvc.exe', 2_063_872, '2007-08-06T21:34Z', 'x64'],
    ['Wvssapi.dll', 566_272, '2007-08-06T21:34Z', 'x86', 'WOW'],
    ['Wvss_ps.dll', 20_480, '2007-08-06T21:34Z', 'x86', 'WOW'],
  ]),
  ...table('x64', 'SP2', [
    ['Eventcls.dll', 46_080, '2007-08-06T21:43Z', 'x64'],
    ['Ftdisk.sys', 240_128, '2007-08-06T21:43Z', 'x64'],
    ['Partmgr.sys', 45_056, '2007-08-06T21:43Z', 'x64'],
    ['Volsnap.sys', 326_656, '2007-08-06T21:43Z', 'x64'],
    ['Vssui.dll', 233_472, '2007-08-06T21:43Z', 'x64'],
    ['Vss_ps.dll', 26_624, '2007-08-06T21:43Z', 'x64'],
    ['Swprv.dll', 685_056, '2007-08-06T21:43Z', 'x64'],
    ['Vssadmin.exe', 245_248, '2007-08-06T21:43Z', 'x64'],
    ['Vssapi.dll', 1_332_736, '2007-08-06T21:43Z', 'x64'],
    ['Vssvc.exe', 2_063_872, '2007-08-06T21:43Z', 'x64'],
    ['Wvssapi.dll', 566_272, '2007-08-06T21:43Z', 'x86', 'WOW'],
    ['Wvss_ps.dll', 20_480, '2007-08-06T21:43Z', 'x86', 'WOW'],
  ]),
  ...table('IA-64', 'SP1', [
    ['Eventcls.dll', 82_432, '2007-08-06T21:34Z', 'IA-64'],
    ['Ftdisk.sys', 499_200, '2007-08-06T21:34Z', 'IA-64'],
    ['Partmgr.sys', 83_456, '2007-08-06T21:34Z', 'IA-64'],
    ['Volsnap.sys', 505_344, '2007-08-06T21:34Z', 'IA-64'],
    ['Vssui.dll', 407_552, '2007-08-06T21:34Z', 'IA-64'],
    ['Vss_ps.dll', 33_280, '2007-08-06T21:34Z', 'IA-64'],
    ['Swprv.dll', 860_672, '2007-08-06T21:34Z', 'IA-64'],
    ['Vssadmin.exe', 313_856, '2007-08-06T21:34Z', 'IA-64'],
    ['Vssapi.dll', 1_654_272, '2007-08-06T21:34Z', 'IA-64'],
    ['Vssvc.exe', 2_588_160, '2007-08-06T21:34Z', 'IA-64'],
    ['Wvssapi.dll', 566_272, '2007-08-06T21:34Z', 'x86', 'WOW'],
    ['Wvss_ps.dll', 20_480, '2007-08-06T21:34Z', 'x86', 'WOW'],
  ]),
  ...table('IA-64', 'SP2', [
    ['Eventcls.dll', 82_432, '2007-08-06T21:44Z', 'IA-64'],
    ['Ftdisk.sys', 499_200, '2007-08-06T21:44Z', 'IA-64'],
    ['Partmgr.sys', 83_456, '2007-08-06T21:44Z', 'IA-64'],
    ['Volsnap.sys', 505_344, '2007-08-06T21:44Z', 'IA-64'],
    ['Vssui.dll', 407_552, '2007-08-06T21:44Z', 'IA-64'],
    ['Vss_ps.dll', 33_280, '2007-08-06T21:44Z', 'IA-64'],
    ['Swprv.dll', 861_184, '2007-08-06T21:44Z', 'IA-64'],
    ['Vssadmin.exe', 313_856, '2007-08-06T21:44Z', 'IA-64'],
    ['Vssapi.dll', 1_654_272, '2007-08-06T21:44Z', 'IA-64'],
    ['Vssvc.exe', 2_588_160, '2007-08-06T21:44Z', 'IA-64'],
    ['Wvssapi.dll', 566_272, '2007-08-06T21:44Z', 'x86', 'WOW'],
    ['Wvss_ps.dll', 20_480, '2007-08-06T21:44Z', 'x86', 'WOW'],
  ]),
];
