/** What axe says of the pages beside the laboratory, of the dialogs and of the notices: nothing. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { MSR_WITH_HEADER } from '../formats/trace/fixtures/comma-separated';
import { MQSIM } from '../formats/trace/fixtures/five-columns';
import { Audit } from './axe';
import { journey } from './journey';
import { LabPage } from './lab';

const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };

async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), route);
}

/** Looks at the states of a page by turns narrow and dark, and wide and light. */
class Turns extends Audit {
  readonly #page: Page;

  constructor(page: Page) {
    super(page);
    this.#page = page;
  }

  override async look(state: string, parts?: string): Promise<void> {
    const isNarrow = this.states % 2 === 1;
    await this.#page.setViewportSize(isNarrow ? NARROW : WIDE);
    await this.#page.emulateMedia({ colorScheme: isNarrow ? 'dark' : 'light' });
    await super.look(isNarrow ? `${state}, 320 px, dark` : `${state}, 1280 px, light`, parts);
  }
}

journey(
  'the atlas, the reference, the list of lessons, and addresses that lead nowhere',
  async ({ visitor }) => {
    const page = await visitor.open('#/faults');
    const audit = new Turns(page);
    await page
      .getByRole('link', { name: /^Watch in the laboratory/ })
      .nth(31)
      .waitFor();
    await audit.look('faults');
    await page.emulateMedia({ forcedColors: 'active' });
    await audit.look('faults, forced colours');
    await page.emulateMedia({ forcedColors: 'none' });
    for (const fault of [1, 8]) {
      await goTo(page, `#/faults/${fault}`);
      await page.getByRole('heading', { level: 1, name: `Fault ${fault}` }).waitFor();
      await audit.look(`fault ${fault}`);
    }
    await goTo(page, '#/reference');
    await page.getByRole('heading', { level: 2, name: 'Glossary' }).waitFor();
    await page.getByRole('searchbox').fill('87');
    await page.getByText(/^\d+ entries$/).waitFor();
    await audit.look('reference, searched');
    await page.getByRole('searchbox').fill('qqqq');
    await audit.look('reference, nothing found');
    await goTo(page, '#/reference/hotfix');
    await page.getByRole('columnheader', { name: 'Bytes' }).getByRole('button').click();
    await audit.look('reference, table sorted');
    await goTo(page, '#/lessons');
    await page.getByRole('heading', { level: 1, name: 'Lessons' }).waitFor();
    await audit.look('lessons');
    await goTo(page, '#/lessons/no-such-lesson');
    await page.getByText('There is no lesson “no-such-lesson”.').waitFor();
    await audit.look('no such lesson');
    await goTo(page, '#/no/such/page');
    await page.getByRole('button', { name: 'Dismiss' }).waitFor();
    await audit.look('no such page');

    expect(audit.found).toEqual({});
  },
);

journey('every kind of beat of a lesson', async ({ visitor }) => {
  const page = await visitor.open('#/lessons/first-write');
  const lab = await new LabPage(page).ready();
  const audit = new Turns(page);
  const lesson = lab.region('Lesson');
  await lab.speedUp();
  const goOn = async (): Promise<void> => {
    await expect.poll(() => lab.button('Next', lesson).isEnabled()).toBe(true);
    await lab.button('Next', lesson).click();
  };
  await audit.look('watch');
  await goOn();
  await goOn();
  await lab.button('Commit', lesson).waitFor();
  await audit.look('a prediction is open');
  await goTo(page, '#/faults');
  await page.getByRole('heading', { name: 'A prediction is open' }).waitFor();
  await audit.look('another page while a prediction is open');
  await page.getByRole('link', { name: 'Back to the lesson' }).click();
  await lesson.getByRole('radio').first().check();
  await lesson.getByRole('radio', { name: 'Certain' }).check();
  await lab.button('Commit', lesson).click();
  await lesson.getByText(/✕ Not so|✓ Right/).waitFor();
  await audit.look('a prediction is judged', '.lesson');
  await goOn();
  await goOn();
  const hand = page.getByRole('group', { name: 'You do the copy-on-write' });
  await hand.getByRole('button', { name: 'Overwrite the live block' }).click();
  await audit.look('by hand', '.lesson');

  await goTo(page, '#/lessons/fault-7');
  for (const beat of ['1 of 6', '2 of 6', '3 of 6']) {
    await lesson.getByText(beat, { exact: true }).waitFor();
    await goOn();
  }
  await lesson.getByText(/^Your task/).waitFor();
  await lab.button('A hint', lesson).click();
  await audit.look('a task', '.lesson');
  await lab.button('Show a solution', lesson).click();
  await goOn();
  await lab.button('Show a solution', lesson).click();
  await goOn();
  await lesson.getByRole('region', { name: 'What can be seen' }).waitFor();
  await audit.look('a mystery');

  expect(audit.found).toEqual({});
});

journey('the builder, from nothing to a lesson with mistakes', async ({ visitor }) => {
  const page = await visitor.open('#/lessons/new');
  const audit = new Turns(page);
  const builder = page.getByRole('region', { name: 'Build a lesson' });
  const recorder = page.getByRole('region', { name: 'What you did since' });
  await builder
    .getByRole('button', { name: /^A small machine/ })
    .first()
    .waitFor();
  await audit.look('nothing yet');
  await builder.getByRole('button', { name: 'A small machine, both worlds side by side' }).click();
  await recorder.getByText('Nothing since the last beat').waitFor();
  const lab = new LabPage(page);
  await lab.speedUp();
  await lab.button('Create snapshot').click();
  await recorder.getByText('Create snapshot').waitFor();
  await recorder.getByRole('button', { name: 'Add as sentences' }).click();
  await lab.button('Write', lab.region('Write')).click();
  await recorder.getByText(/^Write block/).waitFor();
  await audit.look('something recorded', 'main > :not(.lab)');
  await recorder.getByRole('button', { name: 'Add as a prediction' }).click();
  await builder
    .getByText(/^What it claims:/)
    .first()
    .click();
  await audit.look('a prediction with mistakes', 'main > :not(.lab)');
  await lab.button('Create snapshot').click();
  await recorder.getByRole('button', { name: 'Add as a task' }).click();
  await audit.look('a task with mistakes');

  expect(audit.found).toEqual({});
});

journey('the menu, the dialogs and a large volume', async ({ visitor }) => {
  const page = await visitor.open();
  const lab = await new LabPage(page).ready();
  const audit = new Turns(page);
  const menu = page.getByText('File', { exact: true });
  await menu.press('Enter');
  await audit.look('the menu', 'header');
  for (const [entry, title] of [
    ['Export volume image…', 'Volume image'],
    ['Export report…', 'Report'],
  ] as const) {
    if (!(await lab.button(entry).isVisible())) await menu.press('Enter');
    await lab.button(entry).click();
    await page.getByRole('dialog').waitFor();
    await audit.look(title);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await audit.look('keys');
  await page.keyboard.press('Escape');

  await menu.press('Enter');
  await lab.button('New laboratory…', page.locator('header')).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New laboratory' });
  const blocks = dialog.getByRole('spinbutton', { name: 'Blocks of the live volume' });
  await audit.look('new laboratory');
  await blocks.fill('3');
  await dialog.getByRole('spinbutton', { name: 'Most snapshots at once' }).fill('9999');
  await lab.button('Create laboratory', dialog).click();
  await audit.look('new laboratory, with mistakes');
  await dialog.getByRole('spinbutton', { name: 'Most snapshots at once' }).fill('64');
  await blocks.fill('65536');
  await blocks.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await lab.cell('Protection on', 0).waitFor();
  await audit.look('an empty, large laboratory');
  await lab.button('Create snapshot').click();
  await lab.button('Write', lab.region('Write')).click();
  await lab.still();
  await audit.look('a large volume');

  expect(audit.found).toEqual({});
});

async function openFile(page: Page, name: string, buffer: Uint8Array): Promise<void> {
  await page
    .getByLabel('Open file', { exact: true })
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) });
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).waitFor();
}

journey('files that were opened', async ({ visitor }) => {
  const page = await visitor.open();
  // A browser's own dialog cannot be answered here.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.reload();
  const lab = await new LabPage(page).ready();
  const audit = new Turns(page);
  await openFile(page, 'nothing', new Uint8Array(0));
  await audit.look('an empty file', 'dialog');
  await page.keyboard.press('Escape');
  const odd = new TextEncoder().encode('this line is none\n');
  await openFile(page, 'five.trace', new Uint8Array([...MQSIM.bytes, ...odd]));
  await page.getByText(/^With four snapshots/).waitFor();
  await audit.look('a trace with a line that does not parse');
  await page.keyboard.press('Escape');
  await openFile(page, 'msr.csv', MSR_WITH_HEADER.bytes);
  await page.getByText(/^With four snapshots/).waitFor();
  await audit.look('a trace with questions', 'dialog');
  await page.keyboard.press('Escape');

  await goTo(page, '#/lab?fault=8&level=snapshot&at=end');
  await lab.world('Protection on').getByText('All I/O blocked').first().waitFor();
  await page.getByText('File', { exact: true }).click();
  await lab.button('Export volume image…').click();
  const downloading = page.waitForEvent('download');
  await lab.button('Export', page.getByRole('dialog')).click();
  const image = readFileSync(await (await downloading).path());
  await audit.look('an exported image', 'dialog');
  await page.keyboard.press('Escape');
  await openFile(page, 'image.raw', image);
  await page.getByRole('region', { name: 'Shadow copies' }).last().waitFor();
  await audit.look('an image');
  await audit.look('an image, in the other layout', 'dialog');
  await page.keyboard.press('Escape');
  await openFile(page, 'image.raw', image.subarray(0, 20_000));
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await audit.look('an image that is cut off', 'dialog');

  expect(audit.found).toEqual({});
});
