import type { ProtectionLevel } from '../protection';
import { documented, type Statement } from './statement';

export interface LevelEntry {
  /** The numeric value in vsmgmt.h. */
  readonly value: 0 | 1;
  readonly documentedName: `VSS_PROTECTION_LEVEL_${ProtectionLevel}`;
}

export const LEVEL_ENTRIES = {
  ORIGINAL_VOLUME: { value: 0, documentedName: 'VSS_PROTECTION_LEVEL_ORIGINAL_VOLUME' },
  SNAPSHOT: { value: 1, documentedName: 'VSS_PROTECTION_LEVEL_SNAPSHOT' },
} as const satisfies { readonly [Level in ProtectionLevel]: LevelEntry };

export const LEVEL_STATEMENTS = {
  ORIGINAL_VOLUME: {
    meaning: documented('levelPage'),
    whenStruck: documented('levelPage', 'volsnapMessages'),
    howSet: documented('levelPage', 'kb940041'),
  },
  SNAPSHOT: {
    meaning: documented('levelPage', 'kb940041'),
    whenStruck: documented('levelPage', 'kb940041'),
    howSet: documented('levelPage', 'setLevelPage'),
    limit: documented('kb955543'),
  },
} satisfies Record<ProtectionLevel, Record<string, Statement>>;
