import type { Condition, SwitchCondition } from '../core/condition';

export interface ConditionWords {
  /** A clause that can be said by itself or after a colon. */
  readonly title: string;
  readonly broken: string;
  /** What is so once it is repaired. */
  readonly repaired: string;
}

const SWITCHES: Readonly<Record<SwitchCondition, ConditionWords>> = {
  diffDataWritesFail: {
    title: 'Writes to the diff volume fail',
    broken: 'The diff volume does not take the data of a copy.',
    repaired: 'The diff volume takes data again.',
  },
  diffMetadataWritesFail: {
    title: 'The diff area’s table cannot be written',
    broken: 'A copy can be made, but the table that says which slot holds it cannot be written.',
    repaired: 'The table can be written again.',
  },
  diffReadsFail: {
    title: 'The diff volume cannot be read',
    broken: 'The diff volume is there, but reading from it fails.',
    repaired: 'The diff volume can be read again.',
  },
  diffMetadataCorrupt: {
    title: 'The diff area’s table is damaged',
    broken: 'The table that says which slot holds which old block cannot be trusted.',
    repaired: 'The damage to the table is undone.',
  },
  diffFileSystemDamaged: {
    title: 'The diff volume’s file system is damaged',
    broken: 'The files of the diff area cannot be opened.',
    repaired: 'The file system of the diff volume is checked and sound.',
  },
  kernelMemoryExhausted: {
    title: 'Kernel memory is exhausted',
    broken: 'No buffer is left that could carry an old block.',
    repaired: 'There is kernel memory again.',
  },
  pageFileTooSmall: {
    title: 'The page file is too small',
    broken: 'The table of the diff area cannot be mapped into memory.',
    repaired: 'The page file is large enough again.',
  },
  growthSlow: {
    title: 'The diff area grows slowly',
    broken: 'Growing takes ten times as long as usual.',
    repaired: 'The diff area grows at its usual speed again.',
  },
  growthRefused: {
    title: 'The diff area cannot grow',
    broken: 'Every attempt to enlarge the diff area ends in an error.',
    repaired: 'The diff area can grow again.',
  },
};

export function conditionWords(condition: Condition): ConditionWords {
  if (condition.name !== 'liveBadBlock') return SWITCHES[condition.name];
  const { block } = condition;
  return {
    title: `Block ${block} of the live volume is bad`,
    broken: `Reading block ${block} of the live volume fails; overwriting it succeeds.`,
    repaired: `Block ${block} of the live volume can be read again.`,
  };
}
