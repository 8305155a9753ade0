import type { Session } from '../../client/session.svelte';
import { isRun, STORY_FAULT } from '../../core/story';
import { printLabLink } from '../../formats/link';

/** Puts a link to the present moment of a built-in run on the clipboard and into the address. */
export async function copyMomentLink(session: Session): Promise<boolean> {
  const { branch, history } = session;
  if (branch === null || history === null || !isRun(branch.origin)) return false;
  const fault = branch.origin.kind === 'fault' ? branch.origin.fault : STORY_FAULT;
  const hash = printLabLink(fault, history.scenario.worlds, session.playback.position);
  globalThis.history.replaceState(null, '', hash);
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}

/** The address names a moment that is not shown any more: a reload then opens the laboratory as it was left. */
export function leaveLink(): void {
  if (location.hash !== '') globalThis.history.replaceState(null, '', '#/lab');
}
