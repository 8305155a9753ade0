import type { Session } from '../../client/session.svelte';
import { printLaboratoryFile } from '../../formats/laboratory-file';

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

/** Adds the branches of a laboratory file to this laboratory. What is wrong with it is told by the session. */
export async function openLaboratory(session: Session, file: File): Promise<boolean> {
  return session.importLaboratory(await file.text());
}

/** What the branches begin from, as it is saved. */
function startsOf({ state, starts }: Session): readonly unknown[] {
  const used = new Set(state?.branches.map((branch) => branch.start));
  return starts.flatMap(({ start, kept }) => (used.has(start.id) ? [kept] : []));
}
