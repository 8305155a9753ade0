import type { SourceKey } from './source';

/** Why an inferred statement is believed; each has its sentence in src/words. */
export const REASONS = [
  'byWording',
  'byMeaning',
  'byCause',
  'whereNeeded',
  'stepOrder',
  'standardCopyOnWrite',
  'figureChosen',
  'onlyHint',
  'impliedByText',
  'followsFromLevel',
  'silentOnClear',
  'unusedByDefinition',
  'purgeDefeatsMode',
  'nothingAtStake',
  'simplestSafe',
  'laboratory',
] as const;

export type ReasonKey = (typeof REASONS)[number];

/** What the catalogue knows of a sentence: a source states it, or it is inferred and the reason says how. */
export type Statement =
  | { readonly standing: 'documented'; readonly sources: readonly [SourceKey, ...SourceKey[]] }
  | { readonly standing: 'inferred'; readonly reason: ReasonKey; readonly sources: readonly SourceKey[] };

export type Standing = Statement['standing'];

// Marked free of side effects, so that a page that shows no statements does not carry them.

/* @__NO_SIDE_EFFECTS__ */
export function documented(...sources: readonly [SourceKey, ...SourceKey[]]): Statement {
  return { standing: 'documented', sources };
}

/* @__NO_SIDE_EFFECTS__ */
export function inferred(reason: ReasonKey, ...sources: readonly SourceKey[]): Statement {
  return { standing: 'inferred', reason, sources };
}
