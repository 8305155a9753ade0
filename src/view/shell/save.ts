import type { Session } from '../../client/session.svelte';
import { printLaboratoryFile } from '../../formats/laboratory-file';

const FILE_NAME = 'shadow-copy-lab.json';

/** Offers the whole laboratory, all branches and their history, as a file. */
export function saveLaboratory(session: Session): void {
  if (session.state === null) return;
  const state = { ...session.state, position: session.playback.position };
  saveText(FILE_NAME, printLaboratoryFile({ state, records: session.records }));
}

/** Offers a text as a file. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Adds the branches of a laboratory file to this laboratory. What is wrong with it is told by the session. */
export async function openLaboratory(session: Session, file: File): Promise<boolean> {
  return session.importLaboratory(await file.text());
}
