import type { Sequence } from './sequences';

/** Counterexamples that were found, shrunk, with what was wrong. */
export const REGRESSIONS: readonly { readonly why: string; readonly sequence: Sequence }[] = [];
