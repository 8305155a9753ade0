/** A laboratory that starts from an opened volume image, with the real engine behind it. */
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openImage } from '../../../src/formats/volume-image/read-image';
import { writeImage } from '../../../src/formats/volume-image/write-image';
import type { Session } from '../../../src/client/session.svelte';
import { sourceOfFile } from '../../../src/reader/file-source';
import type { MemoryDisk } from '../../../src/storage/memory-store';
import Content from '../../../src/view/inspector/Content.svelte';
import { worldsNow } from '../../../src/view/open/exported-worlds';
import { unsavable } from '../../../src/view/shell/save';
import { openOnDisk } from '../../client/engine-in-page';
import { openSession, perform } from '../../client/local-client';
import { breakIt, create, write } from '../../core/given';
import { violationsIn } from '../violations';
import { catchDownloads, fileOf, openDesk } from './desk';

/** Two snapshots of a volume on which block 2 was overwritten after each. Its block n is block n + 1 of the image. */
async function imageFile(): Promise<File> {
  const { session } = await openSession();
  await perform(session, [write(2, 'first'), create, write(2, 'second'), create, write(2, 'third', 2)]);
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  for (const block of writeImage(worldsNow(session)[1]!).blocks) blocks.push((await block).slice());
  return fileOf(new Uint8Array(await new Blob(blocks).arrayBuffer()), 'volume.raw');
}

interface Begun {
  readonly session: Session;
  readonly disk: MemoryDisk;
}

async function begin(): Promise<Begun> {
  const disk: MemoryDisk = new Map<string, unknown>();
  const session = await openOnDisk(disk);
  const { user, onclose } = await openDesk({ kind: 'open', file: await imageFile() }, session);
  await user.click(await screen.findByRole('button', { name: 'Start a laboratory from this volume' }));
  await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  // As the page does when it hears that the sheet is to close.
  cleanup();
  return { session, disk };
}

function contentKeys(disk: MemoryDisk): readonly string[] {
  return [...disk.keys()].filter((key) => key.startsWith('["content"'));
}

describe('a laboratory from a volume image', () => {
  test('is a branch with both levels on the same volume, named after the file', async () => {
    const { session } = await begin();

    expect(session.branch).toMatchObject({ name: 'volume.raw', origin: { kind: 'image' } });
    expect(session.worlds.map(({ machine }) => [machine.level, machine.areas.length])).toEqual([
      ['ORIGINAL_VOLUME', 2],
      ['SNAPSHOT', 2],
    ]);
    expect(unsavable(session)).toBe('some');
  });

  test('is struck by faults: the snapshots of the real volume are lost at one level and kept at the other', async () => {
    const { session } = await begin();
    await perform(session, [breakIt('diffDataWritesFail'), write(9, 'new')]);

    expect(session.worlds.map(({ machine }) => [machine.areas.length, machine.access])).toEqual([
      [0, 'online'],
      [2, 'offlineForProtection'],
    ]);
  });

  test('shows bytes that no command made, and says where they came from', async () => {
    const { session } = await begin();
    const [world] = session.worlds;
    render(Content, {
      ...{ session, world: world!, name: 'Live volume', part: 'block', number: 3, isOpen: true },
      stamp: world!.machine.live.get(3),
    });

    await waitFor(() =>
      expect(screen.getByRole('group', { name: 'Bytes of Live volume' })).toHaveTextContent('third'),
    );
    expect(screen.getByText(/^It came with the volume image/)).toBeVisible();
    expect(await screen.findByText('identical')).toBeVisible();
  });

  test('never shows damaged bytes as if they were the true ones', async () => {
    const { session, disk } = await begin();
    for (const key of contentKeys(disk)) (disk.get(key) as Uint8Array).fill(7);
    const [world] = session.worlds;
    render(Content, {
      ...{ session, world: world!, name: 'Live volume', part: 'block', number: 3, isOpen: true },
      stamp: world!.machine.live.get(3),
    });

    await screen.findByText(/^These bytes are damaged in the store/);
    expect(screen.queryByRole('group', { name: 'Bytes of Live volume' })).toBeNull();
    await waitFor(() =>
      expect(session.damages).toEqual([expect.objectContaining({ kind: 'contentDamaged' })]),
    );
  });

  test('is exported as an image again, which reads the same', async () => {
    vi.stubGlobal('showSaveFilePicker', undefined);
    const downloads = catchDownloads();
    const { session } = await begin();
    const { user } = await openDesk({ kind: 'export', what: 'image' }, session);
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await screen.findByText('protection-off.raw is complete.');
    const before = await openImage(sourceOfFile(await imageFile()));
    const after = await openImage(sourceOfFile(downloads[0]!));
    if (!before.ok || !after.ok) throw new Error('an image does not open');

    const differing: string[] = [];
    for (const content of ['live', 0, 1] as const) {
      for (let block = 0; block < before.value.blockCountOf(content); block += 1) {
        const one = await before.value.readBlock(content, block);
        // Block n of a machine is block n + 1 of its image.
        const other = await after.value.readBlock(content, block + 1);
        if (!one.ok || !other.ok) throw new Error(`block ${block} is not read`);
        const { bytes } = other.value;
        if (!one.value.bytes.every((byte, at) => byte === bytes[at])) differing.push(`${content} ${block}`);
      }
    }
    expect([after.value.stores.length, differing]).toEqual([2, []]);
  });

  test('is none when it is stopped, and nothing is left of it', async () => {
    const disk: MemoryDisk = new Map<string, unknown>();
    const session = await openOnDisk(disk);
    const { user, onclose } = await openDesk({ kind: 'open', file: await imageFile() }, session);
    await user.click(await screen.findByRole('button', { name: 'Start a laboratory from this volume' }));
    await user.click(screen.getByRole('button', { name: 'Stop' }));

    await screen.findByText('Stopped. Nothing of the volume was kept.');
    expect(onclose).not.toHaveBeenCalled();
    expect(session.state!.branches).toHaveLength(1);
    expect(contentKeys(disk)).toEqual([]);
    expect(await violationsIn(screen.getByRole('dialog'))).toEqual([]);
  });
});

afterEach(() => vi.unstubAllGlobals());
