import type { LEVEL_STATEMENTS } from '../core/catalogue/protection-level';
import type { ProtectionLevel } from '../core/protection';

type LevelSentences = {
  readonly [Level in ProtectionLevel]: {
    readonly [Key in 'title' | keyof (typeof LEVEL_STATEMENTS)[Level]]: string;
  };
};

export const LEVEL_WORDS: LevelSentences = {
  ORIGINAL_VOLUME: {
    title: 'Protection off',
    meaning:
      'The live volume comes first: its reads and writes go on, if need be at the expense of the snapshots.',
    whenStruck: 'When a copy cannot be made, the write goes through and the snapshots may be deleted.',
    howSet: 'This is the default.',
  },
  SNAPSHOT: {
    title: 'Protection on',
    meaning:
      'The snapshots come first: they are kept, at the expense of all reads and writes of the live volume.',
    whenStruck:
      'When a copy cannot be made, the write fails, and every read and write after it until the fault is cleared.',
    howSet: 'It must be turned on, and the volume needs a diff area that was assigned to it explicitly.',
    limit:
      'In its first version snapshots could still be lost when the diff area outgrew memory and page files together.',
  },
};
