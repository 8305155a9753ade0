import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/formats/report';
import TraceSheet from '../../../src/view/open/TraceSheet.svelte';
import { openSession } from '../../client/local-client';
import { openOnDisk } from '../../client/engine-in-page';
import { EVERY_FIXTURE } from '../../formats/trace/fixtures/every';
import { MQSIM } from '../../formats/trace/fixtures/five-columns';
import { textBytes } from '../../formats/trace/fixtures/fixture';
import { recognise, total } from '../../formats/trace/reading';
import { violationsIn } from '../violations';
import { catchDownloads, fileOf, openDesk, openFile } from './desk';

/** A trace whose file gives nothing until it is let go. */
class HeldFile extends File {
  release: () => void = () => undefined;
  isHeld = false;
  failure: Error | null = null;
  readonly #released = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  override slice(start?: number, end?: number): Blob {
    const part = super.slice(start, end);
    if (!this.isHeld) return part;
    const bytes = part.arrayBuffer.bind(part);
    part.arrayBuffer = () =>
      this.#released.then(() => (this.failure === null ? bytes() : Promise.reject(this.failure)));
    return part;
  }
}

async function openTrace(bytes: Uint8Array, name = 'a trace') {
  const opened = await openFile(fileOf(bytes, name));
  expect(opened.dialog).toHaveAccessibleName('Block trace');
  await screen.findByRole('button', { name: 'Download the report' });
  return opened;
}

function valueOf(term: string): string | undefined {
  const terms = within(screen.getByRole('region', { name: 'Counts' })).getAllByRole('term');
  return terms.find(({ textContent }) => textContent === term)?.nextElementSibling?.textContent;
}

function size(): HTMLInputElement {
  return screen.getByRole('spinbutton', { name: 'Shadow storage, MiB' });
}

async function countAgain(user: Awaited<ReturnType<typeof openTrace>>['user'], answer: RegExp) {
  await user.click(screen.getByRole('button', { name: 'Count again' }));
  await screen.findByText(answer);
}

describe.each(EVERY_FIXTURE)('$name', ({ bytes, records, writtenBytes, ...fixture }) => {
  test('is opened by its content, and what was counted by hand is shown', async () => {
    await openTrace(bytes);

    const copies = total(Object.fromEntries(fixture.copiesPerSnapshot.entries()));
    expect(valueOf('Records')).toBe(String(records[0]));
    expect(valueOf('Writes')).toBe(String(records[2]));
    expect(valueOf('Different blocks written')).toBe(String(fixture.uniqueBlocksWritten));
    expect(valueOf('Blocks touched, once for each write')).toBe(String(fixture.blocksTouched));
    expect(valueOf('Copies')).toMatch(new RegExp(`^${copies}, `));
    expect(valueOf('Written') === '0 bytes').toBe(writtenBytes === 0);
    const rows = within(screen.getByRole('table', { name: 'Copies by snapshot' })).getAllByRole('row');
    const told = rows.slice(1).map((row) => Number(within(row).getAllByRole('cell').at(-1)?.textContent));
    expect(told).toEqual(fixture.copiesPerSnapshot);
  });
});

describe('the answer', () => {
  test('comes first, with the format, its units and what is not known', async () => {
    const { dialog } = await openTrace(MQSIM.bytes, 'tpcc.trace');

    expect(within(dialog).getAllByRole('status')[0]).toHaveTextContent(
      'With four snapshots this workload needs 4 blocks (64 KiB) of shadow storage.',
    );
    expect(dialog).toHaveTextContent('It is taken for MQSim ASCII. Time is in nanoseconds;');
    expect(dialog).toHaveTextContent('tpcc.trace, 80 bytes');
  });

  test('for a size says when it would be full, and what each level does', async () => {
    await openTrace(MQSIM.bytes);
    await fireEvent.input(size(), { target: { value: '0.04' } });

    await screen.findByText('The diff area would be full at record 2, with 2 snapshots.');
    const levels = screen.getByRole('table', { name: 'What each protection level would have done then' });
    expect(levels).toHaveTextContent('2 snapshots kept. The volume is offline from that write on.');
    expect(levels).toHaveTextContent('the oldest snapshot deleted, 1 left');
  });

  test('a size that is large enough, or none at all, is told so', async () => {
    const { user } = await openTrace(MQSIM.bytes);
    await fireEvent.input(size(), { target: { value: '0.0625' } });
    await screen.findByText(/^Large enough/);
    expect(screen.queryByRole('table', { name: /each protection level/ })).toBeNull();

    await user.clear(size());
    await screen.findByText('Give a number of MiB from 0 on.');
  });

  test('the slider chooses blocks', async () => {
    await openTrace(MQSIM.bytes);
    const slider = screen.getByRole('slider', { name: 'Shadow storage' });
    await fireEvent.input(slider, { target: { value: '3' } });

    await waitFor(() => expect(size().valueAsNumber).toBe(3 / 64));
    expect(slider).toHaveAttribute('aria-valuetext', '48 KiB, 3 blocks');
    expect(screen.getByText('The diff area would be full at record 4, with 4 snapshots.')).toBeVisible();
  });

  test('the growth is drawn, described and in a table', async () => {
    const { user } = await openTrace(MQSIM.bytes);
    const plot = screen.getByRole('img', { name: 'Copies over the trace' });

    expect(plot).toHaveAccessibleDescription(
      'From nothing at the start to 4 blocks, 64 KiB, after 4 records.',
    );
    await waitFor(() => expect(plot.querySelector('path')!.getAttribute('d')).toMatch(/^M0,\d+L/));
    await user.click(screen.getByText('As a table'));
    const rows = within(screen.getByRole('table', { name: 'Copies over the trace' })).getAllByRole('row');
    expect(rows.map((row) => row.lastElementChild?.textContent)).toEqual(['Copies', '0', '1', '3', '3', '4']);
  });
});

describe('the questions', () => {
  test('another number of snapshots is counted', async () => {
    const { user } = await openTrace(MQSIM.bytes);
    const field = screen.getByRole('spinbutton', { name: 'Snapshots' });
    await user.clear(field);
    await user.type(field, '0');
    await user.click(screen.getByRole('button', { name: 'Count again' }));
    expect(field).toHaveAccessibleDescription('Give a whole number from 1 to 64.');

    await user.clear(field);
    await user.type(field, '1');
    // One snapshot before everything needs every block once.
    await countAgain(user, /^With one snapshot this workload needs 3 blocks/);
  });

  test('one device, and a partition on it, are counted', async () => {
    const { user } = await openTrace(MQSIM.bytes);
    const device = screen.getByRole('combobox', { name: 'Which device is the volume?' });
    await user.selectOptions(device, '4 (2 writes)');
    await countAgain(user, /^With four snapshots this workload needs 3 blocks/);

    const start = screen.getByRole('combobox', { name: 'Where on the disk does the volume begin?' });
    await user.selectOptions(start, 'Another number of bytes');
    const bytes = screen.getByRole('spinbutton', { name: 'Bytes before the volume' });
    await user.clear(bytes);
    // Sector 31, where the second write begins: what begins before it is outside.
    await user.type(bytes, String(31 * 512));
    await countAgain(user, /^With four snapshots this workload needs 1 block /);
    expect(valueOf('Records that begin before the volume')).toBe('1');
  });

  test('the unit of time changes what the times mean', async () => {
    const { user } = await openTrace(MQSIM.bytes);
    expect(valueOf('Duration')).toBe('0.000497 s');
    const unit = screen.getByRole('combobox', { name: 'In which unit are its times?' });
    await user.selectOptions(unit, 'microseconds');

    expect(valueOf('Duration')).toBe('0.497 s');
  });

  test('another format that fits as well is read anew', async () => {
    const { user, dialog } = await openTrace(MQSIM.bytes);
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Which program wrote this trace?' }),
      'SSDsim ASCII',
    );
    await user.click(screen.getByRole('button', { name: 'Count again' }));

    await waitFor(() => expect(dialog).toHaveTextContent('It is taken for SSDsim ASCII.'));
    expect(screen.queryByRole('combobox', { name: 'In which unit are its times?' })).toBeNull();
  });
});

describe('what is not understood', () => {
  test('is counted, with the reason and the lines themselves', async () => {
    const lines = new TextDecoder().decode(MQSIM.bytes);
    const { user } = await openTrace(textBytes(`${lines}939020000 3 x 16 0\n${lines}`));

    const part = screen.getByRole('region', { name: 'Lines that are not counted' });
    expect(part).toHaveTextContent('9 in all, 8 records. Every line is accounted for.');
    expect(part).toHaveTextContent('1 line not understood: the offset is not a whole number.');
    await user.click(within(part).getByText('Examples'));
    expect(within(part).getByText('939020000 3 x 16 0')).toBeVisible();
    expect(part).toHaveTextContent('Line 5: the offset is not a whole number.');
  });
});

describe('reading', () => {
  test('is stopped, and begun again', async () => {
    const file = new HeldFile([MQSIM.bytes.slice()], 'held');
    const recognition = recognise(MQSIM.bytes);
    file.isHeld = true;
    const { session } = await openSession();
    render(TraceSheet, { session, file, name: file.name, recognition, onclose: () => undefined });
    const user = userEvent.setup();
    expect(screen.getByRole('progressbar', { name: 'Reading the trace' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    file.release();
    await screen.findByText('Stopped before the end.');
    expect(screen.queryByRole('button', { name: 'Download the report' })).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Read again' }));
    await screen.findByText(/^With four snapshots this workload needs 4 blocks/);
  });

  test('a file that goes away is told of', async () => {
    const file = new HeldFile([MQSIM.bytes.slice()], 'gone');
    const recognition = recognise(MQSIM.bytes);
    file.isHeld = true;
    file.failure = new DOMException('gone', 'NotReadableError');
    const { session } = await openSession();
    render(TraceSheet, { session, file, name: file.name, recognition, onclose: () => undefined });
    file.release();

    expect(await screen.findByText(/^The file cannot be read/)).toBeVisible();
  });
});

describe('the report', () => {
  test('has the numbers of the replay, as other programs read them', async () => {
    const downloads = catchDownloads();
    const { user } = await openTrace(MQSIM.bytes, 'tpcc.trace');
    await user.click(screen.getByRole('button', { name: 'Download the report' }));

    const report = JSON.parse(await downloads[0]!.text()) as Report;
    expect(report).toEqual({
      format: 'shadow-copy-lab.report',
      version: 1,
      source: 'trace',
      title: 'tpcc.trace',
      worlds: [],
      replay: {
        ...{ records: 4, writes: 3, blocksTouched: 4, uniqueBlocksWritten: 3, copies: 4 },
        copiesPerSnapshot: [1, 2, 0, 1],
      },
    });
  });
});

describe('the replay', () => {
  /** Forty blocks, written twice over, a line a block: MSR Cambridge. */
  const BUSY = Array.from(
    { length: 80 },
    (_, index) => `${1281663720 + index}0000000,usr,0,Write,${((index * 7) % 40) * 16_384},16384,1`,
  ).join('\n');

  async function openReplay() {
    const session = await openOnDisk();
    const desk = await openDesk({ kind: 'open', file: fileOf(textBytes(`${BUSY}\n`), 'busy.csv') }, session);
    const dialog = await screen.findByRole('dialog', { name: 'Block trace' });
    await screen.findByRole('button', { name: 'Download the report' });
    await desk.user.click(screen.getByText('Replay in the laboratory'));
    return { ...desk, dialog, session };
  }

  async function replay(user: Awaited<ReturnType<typeof openReplay>>['user']): Promise<HTMLElement> {
    await user.click(screen.getByRole('button', { name: 'Replay in a new laboratory' }));
    return screen.findByRole('region', { name: 'What the replay came to' });
  }

  const rowsOf = (table: string | RegExp) =>
    within(screen.getByRole('table', { name: table }))
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent.trim()).join(' '));

  const told = (region: HTMLElement) =>
    within(region)
      .getAllByRole('term')
      .map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`);

  test('goes through the engine, which makes the copies that were counted', async () => {
    const { user, session, onclose } = await openReplay();
    const region = await replay(user);

    expect(region).toHaveFocus();
    expect(region).toHaveTextContent('The engine made every copy that was counted, snapshot by snapshot.');
    expect(told(region)[0]).toBe(
      'Protection off: 4 snapshots taken, none lost. All 80 writes were completed.',
    );
    expect(rowsOf(/^Copies by snapshot: counted/).at(-1)).toBe('Different blocks written 40 40 40');
    expect(session.branch?.name).toBe('busy.csv');
    expect(session.history?.machines[1]?.settings.blockCount).toBe(40);

    await user.click(within(region).getByRole('button', { name: 'See it in the laboratory' }));
    expect(onclose).toHaveBeenCalled();
    expect([session.playback.position, session.isAtEnd]).toEqual([session.length, true]);
  });

  test('meets a fault on the way, and the report tells what each level made of it', async () => {
    const downloads = catchDownloads();
    const { user } = await openReplay();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Fault on the way' }), '7');
    expect(screen.getByRole('spinbutton', { name: 'Its cause comes before record' })).toHaveValue(41);
    const region = await replay(user);

    expect(told(region)).toEqual([
      'Protection off: Fault 7, COW_WRITE_FAILURE, was met at record 41. 4 snapshots taken, 4 lost, ' +
        'the first of them at record 41. All 80 writes were completed.',
      'Protection on: Fault 7, COW_WRITE_FAILURE, was met at record 41. 3 of 4 snapshots taken, none lost. ' +
        'The volume went offline at record 41: 40 writes failed, 40 were completed.',
    ]);
    expect(region).toHaveTextContent('The engine made other copies than were counted');

    await user.click(screen.getByRole('button', { name: 'Download the report' }));
    const report = JSON.parse(await downloads[0]!.text()) as Report;
    expect(report.levels).toEqual([
      expect.objectContaining({ protectionLevel: 'ORIGINAL_VOLUME', faultAtRecord: 40, snapshotsLost: 4 }),
      expect.objectContaining({ protectionLevel: 'SNAPSHOT', offlineAtRecord: 40, failedWrites: 40 }),
    ]);
  });

  test('with half of the room that is needed is full on the way', async () => {
    const { user } = await openReplay();
    const maximum = screen.getByRole('combobox', { name: 'Maximum of the diff area' });
    await user.selectOptions(maximum, 'Half of what is needed: 40 blocks (640 KiB)');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Machines' }), 'Protection on only');
    const region = await replay(user);

    expect(told(region)).toHaveLength(1);
    expect(told(region)[0]).toMatch(/^Protection on: Fault 8, DIFF_AREA_FULL, was met at record 41/);
  });

  test('of some of the records, and of numbers that make no sense', async () => {
    const { user, session } = await openReplay();
    const records = screen.getByRole('spinbutton', { name: 'Records to replay, from the first on' });
    await user.clear(records);
    await user.type(records, '81');
    await user.click(screen.getByRole('button', { name: 'Replay in a new laboratory' }));
    expect(records).toHaveFocus();
    expect(records).toHaveAccessibleDescription('Give a whole number from 1 to 80.');

    await user.clear(records);
    await user.type(records, '10');
    expect(told(await replay(user))[0]).toMatch(/All 10 writes were completed\.$/);
    expect(session.history?.machines[0]?.host.completed).toBe(10);
  });

  test('axe finds nothing in it', async () => {
    const { user, dialog } = await openReplay();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Fault on the way' }), '9');
    await replay(user);

    expect(await violationsIn(dialog)).toEqual([]);
  });
});

test('axe finds nothing, with everything open', async () => {
  const { user, dialog } = await openTrace(MQSIM.bytes);
  await user.click(screen.getByText('As a table'));

  expect(await violationsIn(dialog)).toEqual([]);
});
