/** The two values of VSS_PROTECTION_LEVEL, by the names of the public header. */
export const PROTECTION_LEVELS = ['ORIGINAL_VOLUME', 'SNAPSHOT'] as const;

export type ProtectionLevel = (typeof PROTECTION_LEVELS)[number];
