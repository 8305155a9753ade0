import { getContext, setContext } from 'svelte';
import type { Machine } from '../../core/machine';

/**
 * Takes on somebody who draws a world and needs time for it: as a job that can rest, called with each machine before it
 * is shown. Gives the function that lets them go.
 */
export type Coming = (prepare: (machine: Machine) => Iterable<void>) => () => void;

const KEY = Symbol('coming');

/** Everything below this component is told what its world is about to be. */
export function provideComing(coming: Coming): void {
  setContext(KEY, coming);
}

/** Outside of a world nothing is told beforehand. */
export function useComing(): Coming {
  return getContext<Coming | undefined>(KEY) ?? (() => () => undefined);
}
