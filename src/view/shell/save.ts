import type { Session } from '../../client/session.svelte';
import { fileKindOf } from '../../formats/file-kind';
import { printLaboratoryFile } from '../../formats/print-laboratory';
import { needsVolume, savablePart } from '../../formats/savable';

const FILE_NAME = 'shadow-copy-lab.json';

/** Offers the laboratory, all branches and their history, as a file; but for those that begin with a real volume. */
export function saveLaboratory(session: Session): void {
  if (session.state === null) return;
  const { records, starts } = session;
  const state = { ...session.state, position: session.playback.position };
  const saved = savablePart({ state, records, starts });
  if (saved !== null) saveText(FILE_NAME, printLaboratoryFile(saved));
}

/** Which branches a file cannot hold: those that begin with the volume of an image. */
export function unsavable({ state, starts }: Session): 'none' | 'some' | 'all' {
  const branches = state?.branches ?? [];
  const left = branches.filter((branch) => needsVolume(branch, starts)).length;
  if (left === 0) return 'none';
  return left === branches.length ? 'all' : 'some';
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
