import type { Condition } from '../core/condition';

/** Names the tag on the stage that says of a machine what is wrong around it. */
export type TagName = `broken ${string}` | 'clusterOfflinePrepared' | 'snapshotsPending';

export function tagOfCondition(condition: Condition): TagName {
  return condition.name === 'liveBadBlock'
    ? `broken ${condition.name} ${condition.block}`
    : `broken ${condition.name}`;
}
