/** Where a statement comes from. `url` is null where the page is known by its name only. */
export interface Source {
  readonly title: string;
  readonly url: string | null;
}

const VSMGMT = 'https://learn.microsoft.com/windows/win32/api/vsmgmt/';
const MANAGEMENT = 'ivssdifferentialsoftwaresnapshotmgmt';

export const SOURCES = {
  kb940041: {
    title: 'KB940041: Volume Shadow Copy Service snapshots may be unexpectedly deleted after you restart',
    url: 'https://mskb.pkisolutions.com/kb/940041',
  },
  faultPage: {
    title: 'VSS_PROTECTION_FAULT enumeration (vsmgmt.h)',
    url: `${VSMGMT}ne-vsmgmt-vss_protection_fault`,
  },
  levelPage: {
    title: 'VSS_PROTECTION_LEVEL enumeration (vsmgmt.h)',
    url: `${VSMGMT}ne-vsmgmt-vss_protection_level`,
  },
  infoPage: {
    title: 'VSS_VOLUME_PROTECTION_INFO structure (vsmgmt.h)',
    url: `${VSMGMT}ns-vsmgmt-vss_volume_protection_info`,
  },
  interfacePage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt3 interface (vsmgmt.h)',
    url: `${VSMGMT}nn-vsmgmt-${MANAGEMENT}3`,
  },
  setLevelPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt3::SetVolumeProtectLevel',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}3-setvolumeprotectlevel`,
  },
  getLevelPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt3::GetVolumeProtectLevel',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}3-getvolumeprotectlevel`,
  },
  clearFaultPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt3::ClearVolumeProtectFault',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}3-clearvolumeprotectfault`,
  },
  deleteUnusedPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt3::DeleteUnusedDiffAreas',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}3-deleteunuseddiffareas`,
  },
  queryDeltaPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt3::QuerySnapshotDeltaBitmap',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}3-querysnapshotdeltabitmap`,
  },
  addDiffAreaPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt::AddDiffArea',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}-adddiffarea`,
  },
  changeMaximumPage: {
    title: 'IVssDifferentialSoftwareSnapshotMgmt::ChangeDiffAreaMaximumSize',
    url: `${VSMGMT}nf-vsmgmt-${MANAGEMENT}-changediffareamaximumsize`,
  },
  diffAreaPage: {
    title: 'VSS_DIFF_AREA_PROP structure (vsmgmt.h)',
    url: `${VSMGMT}ns-vsmgmt-vss_diff_area_prop`,
  },
  volsnapMessages: {
    title: 'Messages of volsnap.sys, Windows XP to 10 (libyal winevt-kb)',
    url: 'https://github.com/libyal/winevt-kb/blob/main/docs/sources/message-files/MessageFile-volsnap.sys.md',
  },
  onDiskFormat: {
    title: 'Volume Shadow Snapshot (VSS) format (libvshadow)',
    url: 'https://github.com/libyal/libvshadow/blob/main/documentation/Volume%20Shadow%20Snapshot%20(VSS)%20format.asciidoc',
  },
  vssOverview: {
    title: 'Volume Shadow Copy Service (Windows Server documentation)',
    url: 'https://learn.microsoft.com/windows-server/storage/file-server/volume-shadow-copy-service',
  },
  registryKeys: {
    title: 'Registry Keys and Values for Backup and Restore',
    url: 'https://learn.microsoft.com/windows/win32/backup/registry-keys-for-backup-and-restore',
  },
  vssadminPages: {
    title: 'vssadmin commands (Windows Server documentation)',
    url: 'https://learn.microsoft.com/windows-server/administration/windows-commands/vssadmin',
  },
  slowWrites: {
    title: 'A write operation to a volume is slower than usual after you create a snapshot',
    url: 'https://support.microsoft.com/en-us/topic/a-write-operation-to-a-volume-is-slower-than-usual-in-windows-server-2008-or-in-windows-7-after-you-create-a-snapshot-of-the-volume-c100b0d8-34bc-f174-d63f-85ba7164b87b',
  },
  kb312067: {
    title: 'KB312067: shadow copies may be lost when you defragment a volume',
    url: 'https://support.microsoft.com/ro-ro/help/312067',
  },
  kb833167: {
    title: 'KB833167 (event 28 with its status code)',
    url: 'http://support.microsoft.com/kb/833167',
  },
  kb955543: {
    title: 'KB955543: memory, the page file and protection mode',
    url: 'https://mskb.pkisolutions.com/kb/955543',
  },
  kb975803: {
    title: 'KB975803: reverting a volume to a shadow copy',
    url: 'http://support.microsoft.com/kb/975803',
  },
  growthArticle: {
    title: 'Microsoft support, Japan: why shadow copy history disappears',
    url: 'https://blogs.technet.microsoft.com/askcorejp/2012/09/21/12390/',
  },
  fieldCase: {
    title: 'Microsoft System Center support, Japan: events 87 and 93 on a DPM server',
    url: 'https://blogs.technet.microsoft.com/systemcenterjp/2016/03/16/4065/',
  },
  dmSnapshot: {
    title: 'Linux kernel: Device-mapper snapshot support',
    url: 'https://docs.kernel.org/admin-guide/device-mapper/snapshot.html',
  },
  dmThin: {
    title: 'Linux kernel: Thin provisioning',
    url: 'https://docs.kernel.org/admin-guide/device-mapper/thin-provisioning.html',
  },
  zfsGuide: { title: 'Oracle Solaris ZFS administration guide (E36784)', url: null },
  blksnap: {
    title: 'blksnap (Veeam)',
    url: 'https://github.com/veeam/blksnap/blob/master/doc/blksnap.md',
  },
  dattobd: {
    title: 'dattobd: dbdctl(8)',
    url: 'https://github.com/datto/dattobd/blob/master/doc/dbdctl.8.md',
  },
  hyperV: { title: 'Virtual PC Guy, MSDN blogs, 22 April 2009', url: null },
  eventPage14: { title: 'TechNet: volsnap event 14 (cc734506)', url: null },
  eventPage25: { title: 'TechNet: volsnap event 25 (cc734469)', url: null },
  eventPage40: { title: 'TechNet: volsnap event 40 (dd364616)', url: null },
  ntstatusValues: {
    title: '[MS-ERREF]: NTSTATUS values',
    url: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55',
  },
} as const satisfies Record<string, Source>;

export type SourceKey = keyof typeof SOURCES;
