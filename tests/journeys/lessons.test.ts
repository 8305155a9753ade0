import type { Page } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

function lessonOf(page: Page) {
  return page.getByRole('region', { name: 'Lesson', exact: true });
}

/** Goes on with the key of a clicker, once the lesson lets one. */
async function goOn(page: Page): Promise<void> {
  const next = lessonOf(page).getByRole('button', { name: 'Next' });
  await expect.poll(() => next.getAttribute('aria-disabled')).toBeNull();
  await page.keyboard.press('PageDown');
}

async function atBeat(page: Page, beat: string): Promise<void> {
  await lessonOf(page).getByText(beat, { exact: true }).waitFor();
}

journey('a lesson is gone through by keyboard, and goes on after a reload', async ({ visitor }) => {
  const page = await visitor.open('#/lessons');
  await page.getByRole('link', { name: 'The first write after a snapshot' }).focus();
  await page.keyboard.press('Enter');
  const lab = await new LabPage(page).ready();
  await lab.speedUp();
  await atBeat(page, '1 of 6');
  await goOn(page);
  await atBeat(page, '2 of 6');
  await goOn(page);
  await atBeat(page, '3 of 6');

  // The gate: nothing of the answer has happened, and nothing foretells it.
  const text = await page.locator('body').innerText();
  expect(text).not.toContain('Tuesday: the second draft');
  expect(await page.getByRole('region', { name: 'Faults' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Write', exact: true }).count()).toBe(0);
  const length = await page.getByText(/^of \d+$/).innerText();
  await page.keyboard.press('End');
  expect(await page.getByText(/^of \d+$/).innerText()).toBe(length);
  await page.goto(`${page.url().replace(/#.*$/, '')}#/faults/7`);
  await page.getByRole('heading', { name: 'A prediction is open' }).waitFor();

  await page.reload();
  await page.getByRole('link', { name: 'Back to the lesson' }).click();
  await atBeat(page, '3 of 6');
  await new LabPage(page).ready();
  const commit = page.getByRole('button', { name: 'Commit' });
  expect(await commit.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('radio', { name: 'The new content, because the block was overwritten.' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('radio', { name: 'Certain' }).focus();
  await page.keyboard.press('Space');
  await commit.focus();
  await page.keyboard.press('Enter');
  await lessonOf(page).getByText('✕ Not so').waitFor();
  await lessonOf(page)
    .getByText('Did not happen: snapshot 1 reads “Tuesday: the second draft” in block 5')
    .waitFor();
  // The decisive stage is played once more, and its causes open by themselves.
  await lessonOf(page).getByRole('button', { name: 'Skip the replay' }).click();
  await page.getByRole('region', { name: 'Why?' }).waitFor();
  await goOn(page);
  await atBeat(page, '4 of 6');
  await goOn(page);

  await atBeat(page, '5 of 6');
  const hand = page.getByRole('group', { name: 'You do the copy-on-write' });
  await hand.getByRole('button', { name: 'Overwrite the live block' }).click();
  await lessonOf(page)
    .getByText(/Too early\. Done now, the snapshot would read “Tuesday: new accounts”/)
    .waitFor();
  for (const stage of ['Read the old', 'Write it to', 'Record it', 'Overwrite the live', 'Answer the']) {
    await hand.getByRole('button', { name: stage }).click();
  }
  await goOn(page);
  await atBeat(page, '6 of 6');
  await goOn(page);
  await page.getByText('That was the lesson.').waitFor();
  expect(
    await new LabPage(page).statuses('Protection off', 'Shadow copies kept', 'Shadow copies lost'),
  ).toEqual(['1', '0']);
});

journey(
  'a task is solved by hand, a detour is told, and a mystery is named and proved',
  async ({ visitor }) => {
    const page = await visitor.open('#/lessons/fault-7');
    const lab = await new LabPage(page).ready();
    await lab.speedUp();
    for (const beat of ['1 of 6', '2 of 6', '3 of 6']) {
      await atBeat(page, beat);
      await goOn(page);
    }
    await atBeat(page, '4 of 6');
    await lab.still();
    const on = lab.world('Protection on');
    await on.getByRole('button', { name: 'Clear fault', exact: true }).click();
    await lessonOf(page).getByText('Reached: go on with Next.').waitFor();
    await lessonOf(page).getByRole('button', { name: 'Next' }).click();
    await atBeat(page, '5 of 6');
    await lessonOf(page).getByRole('button', { name: 'Show a solution' }).click();
    await goOn(page);

    await atBeat(page, '6 of 6');
    expect(await page.getByRole('region', { name: 'Live volume' }).count()).toBe(0);
    await lessonOf(page).getByRole('spinbutton', { name: 'Mystery number' }).fill('4');
    await page.keyboard.press('Tab');
    const symptoms = await lessonOf(page).getByRole('region', { name: 'What can be seen' }).innerText();
    const isData = symptoms.includes('86');
    const titles = [
      'The record of the copy cannot be written',
      'The old block cannot be written to the diff area',
    ];
    const radios = lessonOf(page).getByRole('radio');
    expect(await radios.count()).toBe(titles.length);
    const right = isData ? 0 : 1;
    await radios.nth(1 - right).check();
    await lessonOf(page).getByRole('button', { name: 'Name it' }).click();
    await lessonOf(page)
      .getByText(/^Not “/)
      .waitFor();
    await radios.nth(right).check();
    await lessonOf(page).getByRole('button', { name: 'Name it' }).click();
    await lessonOf(page).getByText('That is it.').waitFor();

    // Out of the lesson and back: the laboratory says whose machine it holds.
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Laboratory' }).click();
    await page.getByText(/^This machine belongs to the lesson “Fault 7, COW_WRITE_FAILURE/).waitFor();
    await page.getByRole('link', { name: 'Back to the lesson' }).click();
    await atBeat(page, '6 of 6');
  },
);
