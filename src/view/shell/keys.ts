import type { Session } from '../../client/session.svelte';
import { SPEEDS, type Speed } from '../../client/playback.svelte';
import { moveBy } from '../timeline/moves';

/** What a key can do beyond the session: things that only the page knows. */
export interface KeyActions {
  readonly repairAll: () => void;
  readonly showKeys: () => void;
  readonly toggleProjector: () => void;
  readonly backToPresent: () => void;
}

/** Keys of a clicker: they lead on from wherever the focus was left, except in a text. */
const PAGING: ReadonlySet<string> = new Set(['PageDown', 'PageUp']);

/** Keys that move within a grid or act on its cell. */
const GRID_KEYS: ReadonlySet<string> = new Set([
  'ArrowRight',
  'ArrowLeft',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'Enter',
]);

/** A key that a text field, a control or a grid needs itself is never taken away from it. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return true;
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('textarea, dialog, [contenteditable]')) return true;
  if (PAGING.has(key)) return false;
  if (target.closest('input, select')) return true;
  if (target.closest('[role="gridcell"]')) return GRID_KEYS.has(key);
  return target.closest('button, summary, a') !== null && (key === ' ' || key === 'Enter');
}

function changeSpeed(session: Session, by: 1 | -1): void {
  const at = SPEEDS.indexOf(session.playback.speed) + by;
  session.playback.setSpeed((SPEEDS[at] ?? session.playback.speed) satisfies Speed);
}

function togglePlay(session: Session): void {
  const { playback } = session;
  if (playback.isPlaying) return playback.pause();
  if (session.isAtEnd) session.seek(0);
  playback.play();
}

function actionOf(key: string, isShifted: boolean, session: Session, page: KeyActions): (() => void) | null {
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => togglePlay(session),
    ArrowRight: () => moveBy(session, isShifted ? 'command' : 'stage', 1),
    ArrowLeft: () => moveBy(session, isShifted ? 'command' : 'stage', -1),
    PageDown: () => moveBy(session, 'command', 1),
    PageUp: () => moveBy(session, 'command', -1),
    ']': () => moveBy(session, 'marker', 1),
    '[': () => moveBy(session, 'marker', -1),
    Home: () => session.seek(0),
    End: () => session.seek(session.length),
    '+': () => changeSpeed(session, 1),
    '=': () => changeSpeed(session, 1),
    '-': () => changeSpeed(session, -1),
    u: () => void session.undo(),
    y: () => session.redo(),
    r: page.repairAll,
    '?': page.showKeys,
    p: page.toggleProjector,
    Escape: page.backToPresent,
  };
  return actions[key] ?? null;
}

/** Carries out what a key stands for. Says whether it did anything. */
export function pressKey(event: KeyboardEvent, session: Session, page: KeyActions): boolean {
  if (isTaken(event)) return false;
  const action = actionOf(event.key, event.shiftKey, session, page);
  if (action === null) return false;
  event.preventDefault();
  action();
  return true;
}
