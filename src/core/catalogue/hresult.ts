import { documented, type Statement } from './statement';

export interface HResult {
  /** Unsigned, 32 bits. */
  readonly value: number;
  readonly statements: { readonly meaning: Statement; readonly note?: Statement };
}

/** The results of the management calls that the laboratory can produce or explain. */
export const HRESULTS = {
  S_OK: { value: 0, statements: { meaning: documented('setLevelPage', 'clearFaultPage') } },
  E_NOTIMPL: {
    // The pages of the protection calls print 0x80000001; winerror.h has this value.
    value: 0x80004001,
    statements: { meaning: documented('setLevelPage'), note: documented('setLevelPage', 'clearFaultPage') },
  },
  E_ACCESSDENIED: { value: 0x80070005, statements: { meaning: documented('setLevelPage') } },
  E_INVALIDARG: { value: 0x80070057, statements: { meaning: documented('setLevelPage') } },
  VSS_E_PROVIDER_VETO: { value: 0x80042306, statements: { meaning: documented('setLevelPage') } },
  VSS_E_OBJECT_NOT_FOUND: {
    value: 0x80042308,
    statements: { meaning: documented('setLevelPage', 'changeMaximumPage') },
  },
  VSS_E_VOLUME_NOT_SUPPORTED: { value: 0x8004230c, statements: { meaning: documented('addDiffAreaPage') } },
  VSS_E_OBJECT_ALREADY_EXISTS: { value: 0x8004230d, statements: { meaning: documented('addDiffAreaPage') } },
  VSS_E_VOLUME_IN_USE: { value: 0x8004231d, statements: { meaning: documented('changeMaximumPage') } },
  VSS_E_MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED: {
    value: 0x8004231e,
    statements: { meaning: documented('addDiffAreaPage') },
  },
  VSS_E_INSUFFICIENT_STORAGE: {
    value: 0x8004231f,
    statements: { meaning: documented('changeMaximumPage') },
  },
} satisfies Record<string, HResult>;

export type HResultName = keyof typeof HRESULTS;
