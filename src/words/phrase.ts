import type { WorldId } from '../core/scenario';

/** The names of the worlds, of their regions on the page, and of the worlds in a report. */
export const WORLD_NAMES: Readonly<Record<WorldId, string>> = { off: 'Protection off', on: 'Protection on' };

/** The volumes as the texts of events name them. */
export const LIVE_VOLUME = 'C:';
export const DIFF_VOLUME = 'D:';

/** An amount as people read it: 12,345. What is a number by name, as that of a block, stays as it is typed. */
export function grouped(amount: number): string {
  return amount.toLocaleString('en');
}

/** "1 block", "12,345 blocks". */
export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${grouped(amount)} ${amount === 1 ? one : many}`;
}

/** "block 9" or "blocks 9 to 12". */
export function blocksNamed(block: number, count: number): string {
  return count === 1 ? `block ${block}` : `blocks ${block} to ${block + count - 1}`;
}

/** "snapshot 1", "snapshots 1 and 2", "64 snapshots". */
export function snapshotsNamed(snapshots: readonly number[]): string {
  if (snapshots.length === 1) return `snapshot ${snapshots[0]}`;
  if (snapshots.length === 0 || snapshots.length > 3) return counted(snapshots.length, 'snapshot');
  return `snapshots ${snapshots.slice(0, -1).join(', ')} and ${snapshots.at(-1)}`;
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A sentence made part of another one: no capital, no full stop. */
export function embedded(sentence: string): string {
  const text = sentence.replace(/\.$/, '');
  return /^[A-Z][A-Z:]/.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** 0xC000007F */
export function hexadecimal(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The virtual clock: 0:00.012, 5:00.031, 1:05:00.000. */
export function clockTime(timeMs: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(timeMs / 3_600_000);
  const minutes = Math.floor(timeMs / 60_000) % 60;
  const seconds = `${two(Math.floor(timeMs / 1000) % 60)}.${String(timeMs % 1000).padStart(3, '0')}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** A length of time in its largest whole unit: 12 ms, 3 s, 5 min, 2 h. */
export function duration(durationMs: number): string {
  const units: readonly [sizeMs: number, name: string][] = [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ];
  const unit = units.find(([sizeMs]) => durationMs >= sizeMs && durationMs % sizeMs === 0);
  return unit ? `${durationMs / unit[0]} ${unit[1]}` : `${durationMs} ms`;
}
