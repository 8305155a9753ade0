/** What can be broken in the environment of the volume, apart from the volumes themselves. */
export const SWITCH_CONDITIONS = [
  'diffDataWritesFail',
  'diffMetadataWritesFail',
  'diffReadsFail',
  'diffMetadataCorrupt',
  'diffFileSystemDamaged',
  'kernelMemoryExhausted',
  'pageFileTooSmall',
  'growthSlow',
  'growthRefused',
] as const;

export type SwitchCondition = (typeof SWITCH_CONDITIONS)[number];

/** A condition as a command names it. A bad block is one of many; every other condition is either there or not. */
export type Condition =
  { readonly name: SwitchCondition } | { readonly name: 'liveBadBlock'; readonly block: number };

export type ConditionName = Condition['name'];

export const CONDITION_NAMES: readonly ConditionName[] = [...SWITCH_CONDITIONS, 'liveBadBlock'];

export interface Conditions {
  readonly broken: ReadonlySet<SwitchCondition>;
  /** Block numbers, ascending. */
  readonly liveBadBlocks: readonly number[];
}

export const NOTHING_BROKEN: Conditions = { broken: new Set(), liveBadBlocks: [] };

export function isBroken(conditions: Conditions, condition: Condition): boolean {
  return condition.name === 'liveBadBlock'
    ? conditions.liveBadBlocks.includes(condition.block)
    : conditions.broken.has(condition.name);
}

export function withBroken(conditions: Conditions, condition: Condition): Conditions {
  if (condition.name !== 'liveBadBlock') {
    return { ...conditions, broken: new Set([...conditions.broken, condition.name]) };
  }
  const blocks = [...conditions.liveBadBlocks, condition.block].sort((a, b) => a - b);
  return { ...conditions, liveBadBlocks: blocks };
}

export function withRepaired(conditions: Conditions, condition: Condition): Conditions {
  if (condition.name !== 'liveBadBlock') {
    return {
      ...conditions,
      broken: new Set([...conditions.broken].filter((name) => name !== condition.name)),
    };
  }
  return {
    ...conditions,
    liveBadBlocks: conditions.liveBadBlocks.filter((block) => block !== condition.block),
  };
}

/** Everything that is broken, in a fixed order: what "repair all" has to repair. */
export function brokenConditions(conditions: Conditions): readonly Condition[] {
  return [
    ...SWITCH_CONDITIONS.filter((name) => conditions.broken.has(name)).map((name) => ({ name })),
    ...conditions.liveBadBlocks.map((block) => ({ name: 'liveBadBlock' as const, block })),
  ];
}
