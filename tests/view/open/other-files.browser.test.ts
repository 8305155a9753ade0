import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { printProgress } from '../../../src/formats/progress';
import { pictureOf } from '../../../src/view/open/picture';
import { pastedFile } from '../../../src/view/shell/desk-task';
import '../../../src/view/tokens.css';
import { openSession } from '../../client/local-client';
import { textBytes } from '../../formats/trace/fixtures/fixture';
import { fileOf, openDesk, openFile } from './desk';

const NONSENSE: readonly (readonly [name: string, bytes: Uint8Array, says: RegExp])[] = [
  ['no bytes', new Uint8Array(0), /^The file is empty/],
  [
    'a picture',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
    /^This file is none/,
  ],
  ['prose', textBytes('Dear diary,\ntoday nothing was copied.\n'), /^This file is none/],
  ['zeros', new Uint8Array(200_000), /^This file is none/],
  ['markup', textBytes('<script>alert(1)</script>'), /^This file is none/],
];

test.each(NONSENSE)('%s: told in a sentence', async (_, bytes, says) => {
  const { dialog } = await openFile(fileOf(bytes, '<b>name</b>'));

  expect(screen.getByRole('alert')).toHaveTextContent(says);
  expect(dialog).toHaveTextContent('<b>name</b>');
});

describe('files of this page', () => {
  test('a laboratory is handed to the engine, and no sheet opens', async () => {
    const { session } = await openSession();
    const importLaboratory = vi.spyOn(session, 'importLaboratory');
    const text = '{"format": "shadow-copy-lab.laboratory", "version": 9}';
    const { onclose } = await openDesk({ kind: 'open', file: fileOf(textBytes(text)) }, session);

    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(importLaboratory).toHaveBeenCalledWith(text);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('progress takes the place of the progress before', async () => {
    const { book } = await openFile(fileOf(textBytes(printProgress({ gate: null, lessons: [] }))));

    expect(screen.getByRole('alert')).toHaveTextContent(/^This was your progress/);
    expect(book.canUndoReset).toBe(true);
  });
});

describe('pasting', () => {
  function paste(target: Element, text: string): File | null {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.append(target);
    let pasted: File | null = null;
    target.addEventListener('paste', (event) => {
      pasted = pastedFile(event as ClipboardEvent);
    });
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    target.remove();
    return pasted;
  }

  test('a text on the page is a file without a name', async () => {
    expect(await paste(document.createElement('p'), '1 2 3')?.text()).toBe('1 2 3');
  });

  test('a text in a field stays there, and blanks are nothing', () => {
    expect(paste(document.createElement('input'), '1 2 3')).toBeNull();
    expect(paste(document.createElement('p'), ' \n')).toBeNull();
  });
});

test('a picture is an SVG file that a browser shows by itself', async () => {
  const stage = document.createElement('div');
  stage.innerHTML = '<p>Block 7</p><canvas width="2" height="2"></canvas>';
  document.body.append(stage);
  const text = pictureOf(stage);
  stage.remove();

  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  expect(image.naturalWidth).toBeGreaterThan(100);
  expect(text).toContain('Block 7');
  expect(text).toContain('src="data:image/png');
  expect(text).toContain('--old:');
});
