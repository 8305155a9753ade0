import type { Condition, SwitchCondition } from '../core/condition';

const SWITCHES: Readonly<Record<SwitchCondition, string>> = {
  diffDataWritesFail: 'At the next copy, when the old block is written to its slot.',
  diffMetadataWritesFail: 'At the next copy, when it is recorded.',
  diffReadsFail: 'When the live volume comes online, or when a snapshot is read from a slot.',
  diffMetadataCorrupt: 'When the next copy is recorded, or when the live volume comes online.',
  diffFileSystemDamaged: 'When the live volume comes online and opens its diff area.',
  kernelMemoryExhausted: 'At the next copy, or when the live volume comes online.',
  pageFileTooSmall: 'At the next copy, or when the live volume comes online.',
  growthSlow: 'When first overwrites use up the free slots before the growth is done.',
  growthRefused: 'When a copy needs a slot and none is free.',
};

/** When a condition makes a difference. Apart from its other words: the first screen does not need it. */
export function whenConditionMet(condition: Condition): string {
  if (condition.name !== 'liveBadBlock') return SWITCHES[condition.name];
  return `At the first overwrite of block ${condition.block} since the newest snapshot, or when it is read.`;
}
