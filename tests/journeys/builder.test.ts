import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { parseLessonFile } from '../../src/formats/lesson-file';
import { journey } from './journey';
import { LabPage } from './lab';

journey('a lesson is built, kept over a reload, saved, opened again and played', async ({ visitor }) => {
  const page = await visitor.open('#/lessons/new', { viewport: { width: 1280, height: 900 } });
  const builder = page.getByRole('region', { name: 'Build a lesson' });
  const recorder = page.getByRole('region', { name: 'What you did since' });
  await builder.getByRole('button', { name: 'A small machine, protection on' }).click();
  await recorder.getByText('Nothing since the last beat').waitFor();
  const lab = new LabPage(page);
  await lab.speedUp();
  const write = lab.region('Write');
  await write.getByRole('spinbutton', { name: 'Block', exact: true }).fill('3');
  await write.getByRole('textbox', { name: 'Text' }).fill('Monday');
  await lab.button('Write', write).click();
  await recorder.getByText('Write block 3').waitFor();
  await lab.button('Create snapshot').click();
  await recorder.getByText('Create snapshot').waitFor();
  await recorder.getByRole('button', { name: 'Add as sentences' }).click();
  await write.getByRole('textbox', { name: 'Text' }).fill('Tuesday');
  await lab.button('Write', write).click();
  await recorder.getByRole('button', { name: 'Add as a prediction' }).click();

  const type = async (name: string | RegExp, text: string): Promise<void> =>
    builder.getByRole('textbox', { name }).fill(text);
  await type('Title', '<b>Mine</b>');
  await type(/^Aim/, 'Say what the snapshot reads.');
  await type('Question', 'What does the snapshot read?');
  await type('Answer 1', 'Monday.');
  await type('Answer 2', 'Tuesday.');
  await type(/^Why it is so/, 'The old block was saved first.');
  for (const [index, day] of ['Monday', 'Tuesday'].entries()) {
    await builder
      .getByText(/^What it claims:/)
      .nth(index)
      .click();
    const claim = builder.getByRole('checkbox', { name: `snapshot 1 reads “${day}” in block 3` });
    await claim.nth(index).check();
  }
  await builder.getByText('✓ Complete').waitFor();

  await page.reload();
  await builder.getByText('✓ Complete').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    builder.getByRole('button', { name: 'Save the lesson' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('b-mine-b.lesson.json');
  const file = await download.path();
  expect(parseLessonFile(await readFile(file, 'utf8')).ok).toBe(true);

  // Opened through the menu of the laboratory, it is played; markup in its title stays text.
  await page.getByRole('link', { name: 'Laboratory', exact: true }).click();
  await page.getByLabel('Open file', { exact: true }).setInputFiles(file);
  await page.getByRole('heading', { name: '<b>Mine</b>' }).waitFor();
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
  await lab.speedUp();
  for (const beat of ['1 of 3', '2 of 3']) {
    await lesson.getByText(beat, { exact: true }).waitFor();
    await expect.poll(() => lesson.getByRole('button', { name: 'Next' }).isEnabled()).toBe(true);
    await lesson.getByRole('button', { name: 'Next' }).click();
  }
  await lesson.getByRole('radio', { name: 'Monday.' }).check();
  await lesson.getByRole('radio', { name: 'Certain' }).check();
  await lesson.getByRole('button', { name: 'Commit' }).click();
  await lesson.getByText('✓ Right').waitFor();

  await page.getByRole('button', { name: 'Edit it in the builder' }).click();
  await builder.getByText('✓ Complete').waitFor();
});
