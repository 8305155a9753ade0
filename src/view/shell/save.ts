import type { Session } from '../../client/session.svelte';
import { fileKindOf } from '../../formats/file-kind';
import { printLaboratoryFile } from '../../formats/print-laboratory';

const FILE_NAME = 'shadow-copy-lab.json';

/** Offers the whole laboratory, all branches and their history, as a file. */
export function saveLaboratory(session: Session): void {
  if (session.state === null) return;
  const state = { ...session.state, position: session.playback.position };
  saveText(FILE_NAME, printLaboratoryFile({ state, records: session.records, starts: startsOf(session) }));
}

/** Offers a text as a file. */
export function saveText(name: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/**
 * Opens a file for what it says it is: a lesson is played, the branches of a laboratory are added to this one. What is
 * wrong with it is told there, and by the session.
 */
export async function openFileOf(session: Session, file: File): Promise<boolean> {
  const text = await file.text();
  if (fileKindOf(text) !== 'lesson') return session.importLaboratory(text);
  const { playLesson } = await import('../builder/kept-lessons');
  playLesson(text);
  return true;
}

/** What the branches begin from, as it is saved. */
function startsOf({ state, starts }: Session): readonly unknown[] {
  const used = new Set(state?.branches.map((branch) => branch.start));
  return starts.flatMap(({ start, kept }) => (used.has(start.id) ? [kept] : []));
}
