import type { LabLimit } from '../core/describe/why/of-refusal';
import type { SlotOwner } from '../core/describe/why/slot-owner';
import type { ReadHop } from '../core/read-path';
import { capitalized } from './phrase';

/** What stands in the answer to a question that the machine was asked. */
export const ANSWER_WORDS = {
  /** The sign of what was asked about, where the others have their numbers. */
  asked: '?',
  why: (sentence: string) => `Why? ${sentence}`,
  whyName: 'Why?',
  causes: 'Causes, the nearest first',
  more: '↓ More below: scroll on',
  path: (block: number, snapshot: number) => `The way of a read: block ${block} of snapshot ${snapshot}`,
  pathName: 'The way of a read',
  stops: 'Stops, in order',
  noSuchRead: 'At this moment there is no such snapshot to be read.',
  owner: (slot: number) => `Whose is slot ${slot}?`,
  ownerName: 'Whose is this slot?',
  owners: 'What the slot belongs to',
  nobody: 'Nobody’s: it belongs to no snapshot now.',
  nothing: 'Nothing happened here at this step.',
  close: 'Close',
  pick: (number: number) => `Pick out ${number}`,
  showMoment: 'Show that moment',
  moment: (position: number) => `step ${position}`,
  showOwner: 'Show on the stage',
  showOwnerOf: (slot: number) => `Show on the stage whose slot ${slot} is`,
  showPath: 'Show the path',
  showPathOf: (name: string, block: number) => `Show the path of a read of block ${block}: ${name}`,
} as const;

/** One sentence for every stop of a read; the first stop is the snapshot itself. */
export function sentenceOfStop(
  hop: ReadHop | null,
  { snapshot, block }: { readonly snapshot: number; readonly block: number },
): string {
  if (hop === null) return `Block ${block} of snapshot ${snapshot} is asked for.`;
  if (hop.place === 'live') {
    return `No area has it, so block ${block} has not been overwritten since: the live volume still holds it.`;
  }
  const isOwn = hop.snapshot === snapshot;
  const area = isOwn
    ? 'The snapshot’s own area'
    : `The area of snapshot ${hop.snapshot}${hop.retained ? ', which is deleted,' : ''}`;
  if (hop.slot !== null) return `${area} has it, in slot ${hop.slot}.`;
  return `${area} has no copy of block ${block}.`;
}

export function sentenceOfOrigin({ block }: SlotOwner): string {
  return `It holds the old content of block ${block}, saved before that block was overwritten.`;
}

export function sentenceOfOwner({ snapshot, block, isRetained }: SlotOwner): string {
  return isRetained
    ? `It belongs to the area of snapshot ${snapshot}, which is deleted; an older snapshot still reads through that area.`
    : `It belongs to snapshot ${snapshot}, the newest one when block ${block} was copied.`;
}

/** Every one of them by its number. */
function allNamed(snapshots: readonly number[]): string {
  const last = snapshots.at(-1);
  return snapshots.length === 1
    ? `snapshot ${last}`
    : `snapshots ${snapshots.slice(0, -1).join(', ')} and ${last}`;
}

export function sentenceOfReaders({ block, readers }: SlotOwner): string {
  return readers.length === 0
    ? `No snapshot reads block ${block} here any more; the slot stays with its area.`
    : `A read of block ${block} of ${allNamed(readers)} ends here.`;
}

/** `others`: the readers beside the owner, at least one. */
export function sentenceOfOlderReaders({ block }: SlotOwner, others: readonly number[]): string {
  const verb = others.length === 1 ? 'is older and reads' : 'are older and read';
  return `${capitalized(allNamed(others))} ${verb} block ${block} here too.`;
}

/** What is said where no rule forbids a command, but only this laboratory. */
export const LIMIT_WORDS: Readonly<Record<LabLimit, string>> = {
  notThere: 'The command names something that is not there, so there is nothing it could act on.',
  notAValue: 'The laboratory takes only values within its own bounds.',
  nothingToDo:
    'It is so already. The laboratory turns such a command down, so that every line of its log is a change.',
  oneAtATime:
    'The laboratory carries out one command at a time, so that every stage can be watched. A real driver has many requests under way.',
  managedOnline:
    'The laboratory manages snapshots and their storage only while the live volume is online and its diff volume is there.',
};

export const LIMIT_STANDING = 'This is a limit of the laboratory. It says nothing about Windows.';
