/** A page's desk with one task on it, and what leaves it as a download. */
import { configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { onTestFinished, vi } from 'vitest';
import { ProgressBook } from '../../../src/client/progress-book.svelte';
import type { Session } from '../../../src/client/session.svelte';
import Desk from '../../../src/view/open/Desk.svelte';
import type { DeskTask } from '../../../src/view/shell/desk-task';
import { openSession } from '../../client/local-client';

/** A worker that reads a file comes from the development server module by module, which takes its time. */
configure({ asyncUtilTimeout: 15_000 });

export async function openDesk(task: DeskTask, session?: Session) {
  const book = new ProgressBook({ read: () => null, write: () => undefined });
  const onclose = vi.fn();
  render(Desk, { session: session ?? (await openSession()).session, book, task, onclose });
  return { user: userEvent.setup(), book, onclose };
}

export async function openFile(file: File) {
  const desk = await openDesk({ kind: 'open', file });
  return { ...desk, dialog: await screen.findByRole('dialog') };
}

export function fileOf(bytes: Uint8Array, name = 'some file'): File {
  return new File([bytes.slice()], name);
}

/** Every download from now on, in order, none of them kept by the browser. */
export function catchDownloads(): readonly Blob[] {
  const caught: Blob[] = [];
  const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    caught.push(blob as Blob);
    return '#';
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  onTestFinished(() => {
    create.mockRestore();
    click.mockRestore();
  });
  return caught;
}
