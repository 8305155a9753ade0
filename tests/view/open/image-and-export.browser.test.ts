import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Report } from '../../../src/formats/report';
import { openImage } from '../../../src/formats/volume-image/read-image';
import { writeImage } from '../../../src/formats/volume-image/write-image';
import { worldsNow } from '../../../src/view/open/exported-worlds';
import { sourceOfFile } from '../../../src/reader/file-source';
import { openSession, perform } from '../../client/local-client';
import { breakIt, create, write } from '../../core/given';
import { violationsIn } from '../violations';
import { catchDownloads, fileOf, openDesk, openFile } from './desk';

/** Two snapshots; block 2 was overwritten after each, block 3 after the second. */
async function laboratory() {
  const { session } = await openSession();
  await perform(session, [
    write(2, 'first'),
    create,
    write(2, 'second'),
    create,
    write(2, 'third', 2),
    breakIt('diffDataWritesFail'),
    write(5, 'lost or refused'),
  ]);
  return session;
}

async function imageOf(world: number): Promise<Uint8Array> {
  const image = writeImage(worldsNow(await laboratory())[world]!);
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  // What is handed out is lent.
  for (const block of image.blocks) blocks.push((await block).slice());
  return new Uint8Array(await new Blob(blocks).arrayBuffer());
}

async function openImageFile(bytes: Uint8Array) {
  const opened = await openFile(fileOf(bytes, 'volume.raw'));
  await screen.findByRole('region', { name: 'Shadow copies' });
  return opened;
}

describe('an image of a volume', () => {
  test('is opened by its content, with its shadow copies', async () => {
    const { dialog } = await openImageFile(await imageOf(1));

    expect(dialog).toHaveAccessibleName('Volume image');
    const facts = screen.getByRole('region', { name: 'The volume' });
    expect(facts).toHaveTextContent('Protection level On (SNAPSHOT)');
    expect(facts).toHaveTextContent('Version of the structures 1, Windows Server 2003 to Windows 7');
    const stores = within(screen.getByRole('region', { name: 'Shadow copies' })).getAllByRole('listitem');
    expect(stores).toHaveLength(2);
    expect(stores[0]).toHaveTextContent(/Created \(UTC\) ?2026-01-01T00:00:/);
    expect(stores[0]).toHaveTextContent(/Blocks in its list ?1/);
  });

  test('shows a block as every shadow copy reads it, and where from', async () => {
    const { user } = await openImageFile(await imageOf(1));
    const part = screen.getByRole('region', { name: 'What is in block' });
    const field = within(part).getByRole('spinbutton', { name: 'Block' });
    await user.clear(field);
    // Block n of the model is block n + 1 of the image.
    await user.type(field, '3');

    const bytes = (name: string) => within(part).findByRole('group', { name: `Bytes of ${name}` });
    await waitFor(async () => expect(await bytes('Live volume')).toHaveTextContent('third'));
    expect(await bytes('Shadow copy 1')).toHaveTextContent('first');
    expect(await bytes('Shadow copy 2')).toHaveTextContent('second');
    expect(part).toHaveTextContent(/Read from: store 2: a copy at byte [\d,]+\./);

    await user.clear(field);
    await user.type(field, '999999');
    expect(field).toHaveAccessibleDescription(/^Give a whole number from 0 to \d+\.$/);
  });

  test('has a map of where the blocks of a shadow copy lie, and of what those of the volume are', async () => {
    const { user } = await openImageFile(await imageOf(1));
    const part = screen.getByRole('region', { name: 'Where the blocks lie' });
    const counts = () =>
      within(part)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent.trim());
    const picture = () => part.querySelector('canvas')?.toDataURL();

    await waitFor(() => expect(counts()).toContain('in its own store 2'));
    const newest = picture();
    await user.selectOptions(within(part).getByRole('combobox'), 'Shadow copy 1');
    await waitFor(() => expect(counts()).toContain('in the store of a newer shadow copy 1'));
    expect(counts()).toContain('in its own store 1');
    expect(picture()).not.toBe(newest);

    await user.selectOptions(within(part).getByRole('combobox'), 'Live volume');
    await waitFor(() =>
      expect(counts()).toContain('overwritten since the newest shadow copy, the old content copied 2'),
    );
    expect(counts()).toContain('free 0');
    expect(part).toHaveTextContent('Which blocks are free is not known');
  });

  test('gives a report with a SHA-256 of every shadow copy', async () => {
    const downloads = catchDownloads();
    const { user } = await openImageFile(await imageOf(1));
    await user.click(screen.getByRole('button', { name: 'Download the report' }));

    await waitFor(() => expect(downloads).toHaveLength(1));
    const report = JSON.parse(await downloads[0]!.text()) as Report;
    expect(report).toMatchObject({ source: 'image', title: 'volume.raw', replay: null });
    const [world] = report.worlds;
    const hashes = [world!.live.sha256, ...world!.snapshots.map(({ sha256 }) => sha256)];
    expect(new Set(hashes).size).toBe(3);
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  test('that is damaged is told of in a sentence', async () => {
    const bytes = await imageOf(0);
    await openFile(fileOf(bytes.slice(0, 40_000), 'cut.raw'));

    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/^The image is cut off/));
  });

  test('passes axe', async () => {
    const { dialog } = await openImageFile(await imageOf(1));

    expect(await violationsIn(dialog)).toEqual([]);
  });
});

describe('an exported volume image', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('is streamed to the file that was chosen, and opens with the same snapshots', async () => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const stream = {
      write: (bytes: Uint8Array<ArrayBuffer>) => Promise.resolve(void chunks.push(bytes.slice())),
      close: vi.fn(() => Promise.resolve()),
    };
    const handle = { createWritable: () => Promise.resolve(stream) };
    vi.stubGlobal('showSaveFilePicker', () => Promise.resolve(handle));
    const session = await laboratory();
    const { user } = await openDesk({ kind: 'export', what: 'image' }, session);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Machine' }), 'Protection on');
    await user.click(screen.getByRole('button', { name: 'Export' }));

    await screen.findByText('protection-on.raw is complete.');
    expect(stream.close).toHaveBeenCalledOnce();
    const opened = await openImage(sourceOfFile(new Blob(chunks)));
    expect(opened.ok && opened.value.stores.length).toBe(2);
    expect(new Blob(chunks).size).toBe(writeImage(worldsNow(session)[1]!).sizeBytes);
  });

  test('is a download where pages cannot write files; the world that lost its snapshots has none', async () => {
    vi.stubGlobal('showSaveFilePicker', undefined);
    const downloads = catchDownloads();
    const { user } = await openDesk({ kind: 'export', what: 'image' }, await laboratory());
    await user.click(screen.getByRole('button', { name: 'Export' }));

    await screen.findByText('protection-off.raw is complete.');
    const opened = await openImage(sourceOfFile(downloads[0]!));
    expect(opened.ok && opened.value.stores.length).toBe(0);
  });

  test('is none when no file was chosen, and tells when the disk refuses', async () => {
    const picker = vi.fn(() => Promise.reject(new DOMException('no', 'AbortError')));
    vi.stubGlobal('showSaveFilePicker', picker);
    const { user } = await openDesk({ kind: 'export', what: 'image' }, await laboratory());
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await screen.findByRole('button', { name: 'Export' });
    expect(screen.queryByText(/complete|could not/)).toBeNull();

    picker.mockImplementation(() => Promise.reject(new Error('the disk is full')));
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await screen.findByText('It could not be written: the disk is full.');
  });
});

describe('an exported report', () => {
  test('has both worlds as they stand at this moment, with their logs', async () => {
    const downloads = catchDownloads();
    const session = await laboratory();
    const { user } = await openDesk({ kind: 'export', what: 'report' }, session);
    await user.click(screen.getByRole('button', { name: 'Export' }));

    await screen.findByText('report.json is complete.');
    const report = JSON.parse(await downloads[0]!.text()) as Report;
    expect(report.source).toBe('simulation');
    expect(
      report.worlds.map(({ name, snapshots, snapshotsLost }) => [name, snapshots.length, snapshotsLost]),
    ).toEqual([
      ['Protection off', 0, 2],
      ['Protection on', 2, 0],
    ]);
    expect(report.worlds[1]!.events.length).toBeGreaterThan(3);
  });

  test('is of the moment that is shown, not of the end', async () => {
    const downloads = catchDownloads();
    const session = await laboratory();
    session.seek(0);
    const { user } = await openDesk({ kind: 'export', what: 'report' }, session);
    await user.click(screen.getByRole('button', { name: 'Export' }));

    await screen.findByText('report.json is complete.');
    const report = JSON.parse(await downloads[0]!.text()) as Report;
    expect(report.worlds.map(({ snapshots, events }) => [snapshots.length, events.length])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
