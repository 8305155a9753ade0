import type { Locator } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

async function openDialog(lab: LabPage): Promise<Locator> {
  await lab.page.getByText('File', { exact: true }).press('Enter');
  await lab.button('New laboratory…', lab.page.locator('header')).press('Enter');
  const dialog = lab.page.getByRole('dialog', { name: 'New laboratory' });
  await dialog.waitFor();
  return dialog;
}

function lengthOf(lab: LabPage): Promise<string | null> {
  return lab.page.getByText(/^of [\d,]+$/).textContent();
}

/** Does something that adds steps, and goes to their end. Gives how many there are then. */
async function addSteps(lab: LabPage, act: () => Promise<void>): Promise<string | null> {
  const before = await lengthOf(lab);
  await act();
  await expect.poll(() => lengthOf(lab), { timeout: 120_000 }).not.toBe(before);
  // A long burst grows part by part.
  await expect.poll(() => lab.page.getByRole('progressbar').count(), { timeout: 120_000 }).toBe(0);
  await lab.button('To the end').click();
  return lengthOf(lab);
}

async function writeBurst(lab: LabPage, writes: number): Promise<void> {
  const panel = lab.region('Write');
  const send = lab.button('Write burst', panel);
  if (!(await send.isVisible())) await panel.getByText('Burst of writes').click();
  await panel.getByRole('spinbutton', { name: 'Writes' }).fill(String(writes));
  await send.click();
}

const SIZES = [
  { blocks: 16, name: 'laboratory 3, of 16 blocks' },
  { blocks: 1_048_576, name: 'laboratory 3, of 1,048,576 blocks' },
] as const;

journey.for(SIZES)(
  'a laboratory of $blocks blocks is made, filled, and there again after a reload',
  { timeout: 300_000 },
  async ({ blocks, name }, { visitor }) => {
    const lab = await new LabPage(await visitor.open('#/lab?fault=8&level=both&at=end')).ready();
    const dialog = await openDialog(lab);
    await dialog.getByRole('spinbutton', { name: 'Blocks of the live volume' }).fill(String(blocks));
    await dialog.getByRole('spinbutton', { name: 'Blocks of the live volume' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });

    await lab.page.getByText(/^Nothing has happened yet\./).waitFor();
    await lab.region('Branches').getByText(`On ${name}`).waitFor();
    expect(await lab.position()).toBe(0);
    expect(await lengthOf(lab)).toBe('of 0');

    await addSteps(lab, () => writeBurst(lab, 10_000));
    await addSteps(lab, () => lab.button('Create snapshot').click());
    const length = await addSteps(lab, () => writeBurst(lab, 8));
    const kept = () => lab.status('Protection on', 'Shadow copies kept');
    await expect.poll(kept).toBe('1');
    // Where the learner looks is kept a moment after it has come to rest.
    await lab.page.waitForTimeout(1000);
    await lab.page.reload();
    await lab.ready();

    await lab.region('Branches').getByText(`On ${name}`).waitFor();
    await lab.button('Go to the run of fault 8').waitFor();
    expect(await lengthOf(lab)).toBe(length);
    expect(`of ${await lab.position()}`).toBe(length);
    expect(await kept()).toBe('1');
  },
);

journey('the dialog is left with Escape, and the focus is where it was', async ({ visitor }) => {
  const lab = await new LabPage(await visitor.open()).ready();
  const dialog = await openDialog(lab);

  await lab.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const focused = lab.page.locator(':focus');
  expect(await focused.textContent()).toBe('File');
  const button = lab.page.getByRole('button', { name: 'New laboratory…' }).last();
  await button.press('Enter');
  await dialog.waitFor();
  await lab.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await focused.textContent()).toBe('New laboratory…');
});

journey(
  'starting over gives the same machine, empty; undo brings back what was there',
  async ({ visitor }) => {
    const lab = await new LabPage(await visitor.open()).ready();
    const dialog = await openDialog(lab);
    await dialog.getByRole('button', { name: '256 blocks, 4 MiB' }).click();
    await dialog.getByRole('radio', { name: 'Protection on only' }).check();
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('Mine');
    await lab.button('Create laboratory', dialog).click();
    await lab.region('Branches').getByText('On Mine', { exact: true }).waitFor();
    expect(await lab.world('Protection off').count()).toBe(0);
    const length = await addSteps(lab, () => lab.button('Write', lab.region('Write')).click());

    await lab.button('Start over').click();
    await expect.poll(() => lengthOf(lab)).toBe('of 0');
    await lab.page.getByText(/^Nothing has happened yet\./).waitFor();

    await lab.button('Undo').click();
    await expect.poll(() => lengthOf(lab)).toBe(length);
  },
);
