import { documented, inferred, type Statement } from './statement';

/** What the article of the hotfix says, besides its list of files. */
export const HOTFIX_FACTS = {
  mode: documented('kb940041'),
  blocksAll: documented('kb940041'),
  keeps: documented('kb940041'),
  offByDefault: documented('kb940041'),
  enabling: documented('kb940041'),
  causes: documented('kb940041'),
  prerequisites: documented('kb940041'),
  restart: documented('kb940041'),
  replaces: documented('kb940041'),
  registry: documented('kb940041'),
  later: documented('levelPage', 'kb955543'),
} satisfies Record<string, Statement>;

/** The way of a write through the system. The names are those of the hotfix's files; where each stands is inferred. */
export const WRITE_STACK_FACTS = {
  application: inferred('standardCopyOnWrite', 'vssOverview'),
  fileSystem: documented('vssOverview'),
  volsnap: documented('vssOverview', 'volsnapMessages'),
  ftdisk: inferred('impliedByText', 'kb940041'),
  partmgr: inferred('impliedByText', 'kb940041'),
  disk: inferred('standardCopyOnWrite', 'vssOverview'),
  vssvc: documented('vssOverview'),
  swprv: documented('vssOverview'),
  vssapi: inferred('impliedByText', 'kb940041', 'interfacePage'),
  proxies: inferred('impliedByText', 'kb940041'),
  eventcls: inferred('impliedByText', 'kb940041'),
  vssadmin: documented('vssadminPages'),
  vssui: inferred('impliedByText', 'kb940041'),
} satisfies Record<string, Statement>;

/** What other systems do when the place for old blocks runs out. */
export const OTHER_SYSTEM_FACTS = {
  dmSnapshot: documented('dmSnapshot'),
  dmOverflow: documented('dmSnapshot'),
  thinData: documented('dmThin'),
  thinMetadata: documented('dmThin'),
  zfsWrites: documented('zfsGuide'),
  zfsKeeps: inferred('impliedByText', 'zfsGuide'),
  blksnap: documented('blksnap'),
  dattobd: documented('dattobd'),
  dattobdLive: inferred('impliedByText', 'dattobd'),
  hyperV: documented('hyperV'),
} satisfies Record<string, Statement>;

/** Tools and products by which people come to shadow copies, and what is documented of them. */
export const TOOL_FACTS = {
  vssadmin: documented('vssadminPages'),
  commandLine: inferred('impliedByText', 'vssadminPages', 'interfacePage'),
  dpm: documented('fieldCase', 'kb940041'),
  chkdsk: inferred('byCause', 'eventPage40', 'faultPage'),
} satisfies Record<string, Statement>;

/** The terms of the field, each with where its meaning comes from. */
export const GLOSSARY_FACTS = {
  shadowCopy: documented('vssOverview'),
  liveVolume: documented('levelPage'),
  diffArea: documented('faultPage', 'diffAreaPage'),
  diffVolume: documented('faultPage'),
  copyOnWrite: documented('vssOverview', 'slowWrites'),
  block: documented('kb312067', 'onDiskFormat'),
  slot: inferred('laboratory', 'onDiskFormat'),
  area: inferred('laboratory', 'onDiskFormat'),
  retained: documented('volsnapMessages'),
  protectionLevel: documented('levelPage'),
  protectionMode: documented('kb940041', 'levelPage'),
  protectionFault: documented('faultPage'),
  offline: documented('infoPage', 'levelPage'),
  clearing: documented('clearFaultPage'),
  unused: documented('infoPage', 'deleteUnusedPage'),
  growth: documented('growthArticle', 'volsnapMessages'),
  maximum: documented('changeMaximumPage', 'diffAreaPage'),
  pending: documented('kb940041', 'volsnapMessages'),
  detection: documented('volsnapMessages'),
  volsnap: documented('vssOverview', 'volsnapMessages'),
  provider: documented('vssOverview'),
  requester: documented('vssOverview'),
  writer: documented('vssOverview'),
  hresult: documented('setLevelPage'),
  ntstatus: documented('ntstatusValues'),
} satisfies Record<string, Statement>;
