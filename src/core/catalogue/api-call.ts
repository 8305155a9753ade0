import type { HResultName } from './hresult';
import { documented, inferred, type Statement } from './statement';

interface ApiArgument {
  readonly name: string;
  readonly cType: string;
  readonly direction: 'in' | 'out';
}

export interface ApiCall {
  readonly interface: 'IVssDifferentialSoftwareSnapshotMgmt' | 'IVssDifferentialSoftwareSnapshotMgmt3';
  readonly arguments: readonly ApiArgument[];
  /** Without E_OUTOFMEMORY, VSS_E_UNEXPECTED and VSS_E_NESTED_VOLUME_LIMIT, which nothing here can lead to. */
  readonly results: readonly HResultName[];
  readonly statements: { readonly effect: Statement } & Readonly<Record<string, Statement>>;
}

const VOLUME = { name: 'pwszVolumeName', cType: 'VSS_PWSZ', direction: 'in' } as const;
const DIFF_VOLUME = { name: 'pwszDiffAreaVolumeName', cType: 'VSS_PWSZ', direction: 'in' } as const;
const MAXIMUM = { name: 'llMaximumDiffSpace', cType: 'LONGLONG', direction: 'in' } as const;

const PROTECTION_RESULTS = [
  'S_OK',
  'E_ACCESSDENIED',
  'E_INVALIDARG',
  'E_NOTIMPL',
  'VSS_E_PROVIDER_VETO',
  'VSS_E_OBJECT_NOT_FOUND',
] as const satisfies readonly HResultName[];

/** The management calls behind the laboratory's commands, with their statements of effect. */
export const API_CALLS = {
  SetVolumeProtectLevel: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt3',
    arguments: [VOLUME, { name: 'protectionLevel', cType: 'VSS_PROTECTION_LEVEL', direction: 'in' }],
    results: PROTECTION_RESULTS,
    statements: {
      effect: documented('setLevelPage', 'interfacePage'),
      unchanged: documented('setLevelPage'),
      whileFaulted: documented('setLevelPage', 'volsnapMessages'),
      association: documented('setLevelPage', 'levelPage'),
    },
  },
  GetVolumeProtectLevel: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt3',
    arguments: [VOLUME, { name: 'protectionLevel', cType: 'VSS_VOLUME_PROTECTION_INFO *', direction: 'out' }],
    results: PROTECTION_RESULTS,
    statements: {
      effect: documented('getLevelPage'),
      whileFaulted: documented('getLevelPage', 'interfacePage'),
      notFaulted: documented('getLevelPage'),
    },
  },
  ClearVolumeProtectFault: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt3',
    arguments: [VOLUME],
    results: PROTECTION_RESULTS,
    statements: {
      effect: documented('clearFaultPage'),
      notFaulted: documented('clearFaultPage'),
      causeRemains: inferred('silentOnClear', 'clearFaultPage', 'faultPage', 'volsnapMessages'),
    },
  },
  DeleteUnusedDiffAreas: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt3',
    arguments: [DIFF_VOLUME],
    results: PROTECTION_RESULTS,
    statements: {
      effect: documented('deleteUnusedPage'),
      purpose: documented('deleteUnusedPage'),
      danger: inferred('unusedByDefinition', 'deleteUnusedPage'),
    },
  },
  QuerySnapshotDeltaBitmap: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt3',
    arguments: [
      { name: 'idSnapshotOlder', cType: 'VSS_ID', direction: 'in' },
      { name: 'idSnapshotYounger', cType: 'VSS_ID', direction: 'in' },
      { name: 'pcBlockSizePerBit', cType: 'ULONG *', direction: 'out' },
      { name: 'pcBitmapLength', cType: 'ULONG *', direction: 'out' },
      { name: 'ppbBitmap', cType: 'BYTE **', direction: 'out' },
    ],
    results: ['S_OK', 'E_NOTIMPL'],
    statements: { effect: documented('queryDeltaPage'), answer: inferred('laboratory', 'queryDeltaPage') },
  },
  AddDiffArea: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt',
    arguments: [VOLUME, DIFF_VOLUME, MAXIMUM],
    results: [
      'S_OK',
      'E_ACCESSDENIED',
      'E_INVALIDARG',
      'VSS_E_MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED',
      'VSS_E_OBJECT_ALREADY_EXISTS',
      'VSS_E_PROVIDER_VETO',
      'VSS_E_VOLUME_NOT_SUPPORTED',
    ],
    statements: {
      effect: documented('addDiffAreaPage'),
      maximum: documented('addDiffAreaPage'),
      refused: documented('addDiffAreaPage'),
    },
  },
  ChangeDiffAreaMaximumSize: {
    interface: 'IVssDifferentialSoftwareSnapshotMgmt',
    arguments: [VOLUME, DIFF_VOLUME, MAXIMUM],
    results: [
      'S_OK',
      'E_ACCESSDENIED',
      'E_INVALIDARG',
      'VSS_E_INSUFFICIENT_STORAGE',
      'VSS_E_OBJECT_NOT_FOUND',
      'VSS_E_PROVIDER_VETO',
      'VSS_E_VOLUME_IN_USE',
    ],
    statements: {
      effect: documented('changeMaximumPage'),
      maximum: documented('changeMaximumPage'),
      explicit: documented('changeMaximumPage'),
      lowered: inferred('simplestSafe', 'changeMaximumPage', 'vssadminPages', 'volsnapMessages'),
    },
  },
} as const satisfies Record<string, ApiCall>;

export type ApiCallName = keyof typeof API_CALLS;
