import type { HeldStart } from '../formats/kept-start';
import type { StartRow } from '../storage/laboratory-store';

/** The starts that were found in the store. */
export interface ReadStarts {
  readonly readable: ReadonlyMap<number, HeldStart>;
  /** By number: why not. */
  readonly unreadable: ReadonlyMap<number, string>;
}

/** Hardly any laboratory has a start, so what reads one is loaded when there is one. */
export async function readStarts(rows: readonly StartRow[]): Promise<ReadStarts> {
  const readable = new Map<number, HeldStart>();
  const unreadable = new Map<number, string>();
  if (rows.length === 0) return { readable, unreadable };
  const { parseStart } = await import('../formats/kept-start');
  for (const { id, kept } of rows) {
    const parsed = parseStart(kept);
    if (!parsed.ok) unreadable.set(id, `${parsed.problem.place}: ${parsed.problem.reason}`);
    else if (parsed.value.start.id !== id) unreadable.set(id, 'its number is not that of its key');
    else readable.set(id, parsed.value);
  }
  return { readable, unreadable };
}
