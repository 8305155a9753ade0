/**
 * Files are opened on the built page, by dropping, by pasting and through the menu. What is not part of the repository
 * is opened where it is there; where it is not, the skipped test says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { ROOT } from '../run/process.js';
import type { Report } from '../../src/formats/report';
import { MQSIM } from '../formats/trace/fixtures/five-columns';
import { journey, type Visitor } from './journey';
import { LabPage } from './lab';

const DATA = path.join(ROOT, '../shared/data');
const SUFFIX = '.expected.json';

const TRACES = existsSync(DATA)
  ? readdirSync(path.join(DATA, 'traces'))
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length))
  : [];
const IMAGES = existsSync(DATA)
  ? readdirSync(path.join(DATA, 'images')).filter((name) => !name.endsWith('.json'))
  : [];

interface ExpectedTrace {
  readonly writes: number;
  readonly unique_blocks_written: number;
  readonly chain_4_snapshots: {
    readonly epochs: readonly { readonly cow_copies: number }[];
    readonly cow_copies_total: number;
  };
}

interface OracleImage {
  readonly stores: readonly { readonly identifier: string; readonly sha256_full_content: string }[];
}

async function openLab(visitor: Visitor): Promise<LabPage> {
  return new LabPage(await visitor.open()).ready();
}

/** As a hand drops it, anywhere on the page. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64]) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([content], fileName));
      return data;
    },
    [name, Buffer.from(bytes).toString('base64')] as const,
  );
  await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: transfer });
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

function definition(part: Locator, term: string): Locator {
  return part.locator('dl > div').filter({ hasText: term }).getByRole('definition');
}

journey.for(TRACES)('%s is dropped on the page, and the answer read', async (name, { visitor }) => {
  const lab = await openLab(visitor);
  const folder = path.join(DATA, 'traces');
  const expected = JSON.parse(readFileSync(path.join(folder, name + SUFFIX), 'utf8')) as ExpectedTrace;
  const copies = expected.chain_4_snapshots.cow_copies_total;
  await drop(lab.page, name, readFileSync(path.join(folder, name)));

  const sheet = lab.page.getByRole('dialog', { name: 'Block trace' });
  await sheet.getByText(`With four snapshots this workload needs ${grouped(copies)} blocks`).waitFor();
  const counts = sheet.getByRole('region', { name: 'Counts' });
  expect(await definition(counts, 'Different blocks written').textContent()).toBe(
    grouped(expected.unique_blocks_written),
  );
  const cells = sheet.getByRole('table', { name: 'Copies by snapshot' }).locator('tbody td:last-child');
  expect(await cells.allTextContents()).toEqual(
    expected.chain_4_snapshots.epochs.map(({ cow_copies }) => grouped(cow_copies)),
  );

  await sheet.getByRole('spinbutton', { name: 'Shadow storage, MiB' }).fill(String(copies / 64));
  await sheet.getByText(/^Large enough/).waitFor();
  await sheet.getByRole('spinbutton', { name: 'Shadow storage, MiB' }).fill(String((copies - 1) / 64));
  await sheet.getByText(/^The diff area would be full at record/).waitFor();
});

/** The larger ones are hashed by the tests of the format itself: here it would take minutes. */
const SMALL_IMAGES = IMAGES.filter((name) => name.endsWith('.raw'));
const LARGE_IMAGES = IMAGES.filter((name) => !name.endsWith('.raw'));

async function openImage(lab: LabPage, name: string): Promise<{ sheet: Locator; oracle: OracleImage }> {
  const file = path.join(DATA, 'images', name);
  await lab.page.getByLabel('Open file').setInputFiles(file);
  const sheet = lab.page.getByRole('dialog', { name: 'Volume image' });
  await sheet.getByRole('region', { name: 'Shadow copies' }).waitFor();
  return {
    sheet,
    oracle: JSON.parse(readFileSync(file.replace(/\.\w+$/, '.oracle.json'), 'utf8')) as OracleImage,
  };
}

journey.for(SMALL_IMAGES)(
  '%s is opened, and its report agrees with libvshadow',
  async (name, { visitor }) => {
    const lab = await openLab(visitor);
    const { sheet, oracle } = await openImage(lab, name);
    const downloading = lab.page.waitForEvent('download');
    await sheet.getByRole('button', { name: 'Download the report' }).click();

    const report = JSON.parse(readFileSync(await (await downloading).path(), 'utf8')) as Report;
    expect(report.worlds[0]!.snapshots.map(({ identifier, sha256 }) => [identifier, sha256])).toEqual(
      oracle.stores.map(({ identifier, sha256_full_content }) => [identifier, sha256_full_content]),
    );
  },
);

journey.for(LARGE_IMAGES)('%s is opened; its report is begun and stopped', async (name, { visitor }) => {
  const lab = await openLab(visitor);
  const { sheet, oracle } = await openImage(lab, name);
  const stores = sheet.getByRole('region', { name: 'Shadow copies' });
  const identifiers = stores
    .locator('dl > div')
    .filter({ hasText: /^Store/ })
    .getByRole('definition');
  expect(await identifiers.allTextContents()).toEqual(oracle.stores.map(({ identifier }) => identifier));

  await sheet.getByRole('button', { name: 'Download the report' }).click();
  const progress = sheet.getByRole('progressbar');
  await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThan(1_000_000);
  await sheet.getByRole('button', { name: 'Stop' }).click();
  await sheet.getByText('Stopped. There is no report.').waitFor();
});

/** Reading a real volume, and keeping its contents, on a slow machine. */
const BRINGING = { timeout: 50_000 };

async function startLaboratory(lab: LabPage, name: string): Promise<OracleImage> {
  const { sheet, oracle } = await openImage(lab, name);
  await lab.button('Start a laboratory from this volume', sheet).click();
  await sheet.waitFor({ state: 'detached', ...BRINGING });
  await lab.button('To the start').waitFor();
  return oracle;
}

journey.for(SMALL_IMAGES)(
  'a laboratory starts from %s, and its snapshots hold what libvshadow reads',
  async (name, { visitor }) => {
    const lab = await openLab(visitor);
    const oracle = await startLaboratory(lab, name);
    const kept = String(oracle.stores.length);
    expect(await lab.status('Protection on', 'Shadow copies kept')).toBe(kept);
    await lab.page.getByText('File', { exact: true }).click();
    await lab.button('Export report…').click();
    const downloading = lab.page.waitForEvent('download');
    await lab.button('Export', lab.page.getByRole('dialog')).click();

    const report = JSON.parse(readFileSync(await (await downloading).path(), 'utf8')) as Report;
    const expected = oracle.stores.map(({ sha256_full_content }) => sha256_full_content);
    for (const { snapshots } of report.worlds) {
      expect(snapshots.map(({ sha256 }) => sha256)).toEqual(expected);
    }
  },
);

journey.for(LARGE_IMAGES)(
  'a laboratory starts from %s: a fault strikes its shadow copies, and all of it is there after a reload',
  { timeout: 120_000 },
  async (name, { visitor }) => {
    const lab = await openLab(visitor);
    const oracle = await startLaboratory(lab, name);
    const kept = String(oracle.stores.length);
    await lab.page.getByRole('combobox', { name: 'Clicking a block' }).selectOption('only selects it');
    await lab.cell('Protection on', 0).click();
    const live = lab.page.getByRole('group', { name: 'Bytes of Live volume' });
    await live.getByText('NTFS').first().waitFor(BRINGING);

    await lab.page.getByRole('switch', { name: 'Writes to the diff volume fail' }).click();
    await lab.still();
    await lab.button('Write', lab.region('Write')).click();
    await lab.still();
    const terms = ['Shadow copies kept', 'Shadow copies lost', 'Offline for protection'] as const;
    await expect.poll(() => lab.statuses('Protection off', ...terms), BRINGING).toEqual(['0', kept, 'No']);
    await expect.poll(() => lab.statuses('Protection on', ...terms), BRINGING).toEqual([kept, '0', 'Yes']);

    await lab.page.reload();
    await lab.ready();
    await expect.poll(() => lab.statuses('Protection on', ...terms), BRINGING).toEqual([kept, '0', 'Yes']);
    await lab.page.getByText('File', { exact: true }).click();
    await lab.page.getByText(/^Branches that began from a volume image are left out/).waitFor();
  },
);

test.skipIf(TRACES.length === 0 || IMAGES.length === 0)(
  TRACES.length === 0 || IMAGES.length === 0
    ? 'SKIPPED, AND NOTHING REPLACES IT: the shared traces and images are not here (../shared/data)'
    : 'the shared traces and images are here',
  () => {
    expect(TRACES.length * IMAGES.length).toBeGreaterThan(0);
  },
);

journey('a trace is pasted; a second one asks for nothing of the first', async ({ visitor }) => {
  const lab = await openLab(visitor);
  await lab.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, new TextDecoder().decode(MQSIM.bytes));

  const sheet = lab.page.getByRole('dialog', { name: 'Block trace' });
  await sheet.getByText(/^With four snapshots this workload needs 4 blocks \(64 KiB\)/).waitFor();
  expect(await sheet.textContent()).toContain('Pasted text, 80 bytes');
  await lab.page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });

  await drop(lab.page, 'nothing.bin', new Uint8Array(0));
  await lab.page
    .getByRole('dialog')
    .getByText(/^The file is empty/)
    .waitFor();
  await lab.page.keyboard.press('Escape');
  await drop(
    lab.page,
    'noise.bin',
    Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
  );
  await lab.page
    .getByRole('dialog')
    .getByText(/^This file is none that the page knows/)
    .waitFor();
});

journey(
  'what the menu exports: a volume image that opens again, a report, a picture',
  async ({ visitor }) => {
    const page = await visitor.open();
    // A browser's own dialog cannot be answered here.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await page.goto(page.url() + '#/lab?fault=8&level=both&at=end');
    await page.reload();
    const lab = await new LabPage(page).ready();
    const exported = async (entry: string, isAsked: boolean): Promise<string> => {
      await page.getByText('File', { exact: true }).click();
      const downloading = page.waitForEvent('download');
      await lab.button(entry).click();
      const dialog = page.getByRole('dialog');
      if (isAsked) {
        if (entry.includes('image')) await dialog.getByRole('combobox').selectOption('Protection on');
        await lab.button('Export', dialog).click();
      }
      const file = await (await downloading).path();
      if (isAsked) await lab.button('Close', dialog).click();
      return file;
    };

    const report = readFileSync(await exported('Export report…', true), 'utf8');
    expect(JSON.parse(report)).toMatchObject({
      source: 'simulation',
      worlds: [{ snapshotsLost: 2 }, { snapshotsLost: 0 }],
    });
    expect(readFileSync(await exported('Export picture', false), 'utf8')).toMatch(/^<svg [^]*Protection on/);
    const image = await exported('Export volume image…', true);
    await page.getByLabel('Open file').setInputFiles(image);
    const stores = page
      .getByRole('dialog', { name: 'Volume image' })
      .getByRole('region', { name: 'Shadow copies' });
    await stores.getByText('Shadow copy 1', { exact: true }).waitFor();
  },
);
