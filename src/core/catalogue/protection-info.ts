import { documented, inferred, type Statement } from './statement';

export interface ProtectionInfoMember {
  readonly name: string;
  readonly cType: 'VSS_PROTECTION_LEVEL' | 'VSS_PROTECTION_FAULT' | 'BOOL' | 'LONG' | 'DWORD';
  readonly statements: { readonly meaning: Statement; readonly note?: Statement };
}

/** The members of VSS_VOLUME_PROTECTION_INFO, in the order of the structure. */
export const PROTECTION_INFO_MEMBERS = [
  {
    name: 'm_protectionLevel',
    cType: 'VSS_PROTECTION_LEVEL',
    statements: { meaning: documented('infoPage') },
  },
  {
    name: 'm_volumeIsOfflineForProtection',
    cType: 'BOOL',
    statements: { meaning: documented('infoPage') },
  },
  {
    name: 'm_protectionFault',
    cType: 'VSS_PROTECTION_FAULT',
    statements: { meaning: documented('infoPage', 'getLevelPage') },
  },
  {
    name: 'm_failureStatus',
    cType: 'LONG',
    statements: {
      meaning: documented('infoPage', 'getLevelPage'),
      note: inferred('byMeaning', 'kb312067', 'kb833167', 'volsnapMessages'),
    },
  },
  {
    name: 'm_volumeHasUnusedDiffArea',
    cType: 'BOOL',
    statements: {
      meaning: documented('infoPage', 'deleteUnusedPage'),
      note: inferred('unusedByDefinition', 'deleteUnusedPage'),
    },
  },
  { name: 'm_reserved', cType: 'DWORD', statements: { meaning: documented('infoPage') } },
] as const satisfies readonly ProtectionInfoMember[];

export type ProtectionInfoMemberName = (typeof PROTECTION_INFO_MEMBERS)[number]['name'];
