import { expect } from 'vitest';
import { violations } from './axe';
import { journey } from './journey';
import { LabPage } from './lab';

journey(
  'a block outside the volume and a text too long get a sentence where they stand, and nothing happens',
  async ({ visitor }) => {
    const lab = await new LabPage(await visitor.open('#/lab?fault=11&level=both&at=end')).ready();
    const write = lab.region('Write');
    const before = await lab.page.getByText(/^of \d+$/).textContent();

    await write.getByRole('spinbutton', { name: 'Block', exact: true }).fill('64');
    await lab.button('Write', write).click();
    await write.getByText(/0 to 63/).waitFor();

    await write.getByRole('spinbutton', { name: 'Block', exact: true }).fill('5');
    await write.getByRole('textbox', { name: 'Text' }).fill('x'.repeat(16_385));
    await write.getByText('16,385 of 16,384 bytes').waitFor();
    await lab.button('Write', write).click({ force: true });

    expect(await lab.page.getByText(/^of \d+$/).textContent()).toBe(before);
  },
);

journey(
  'a volume that is offline turns commands down with a sentence, and stays as it is',
  async ({ visitor }) => {
    const lab = await new LabPage(await visitor.open('#/lab?fault=7&level=snapshot&at=end')).ready();
    await lab.speedUp();
    const length = await lab.page.getByText(/^of \d+$/).textContent();

    await lab.button('Create snapshot').press('Enter');

    await lab
      .region('Snapshots')
      .getByText(/offline to protect its snapshots/)
      .waitFor();
    expect(await lab.page.getByText(/^of \d+$/).textContent()).toBe(length);
    expect(await violations(lab.page)).toEqual([]);
  },
);

journey(
  'when the engine dies it can be started again, and what was committed is there',
  async ({ visitor }) => {
    const page = await visitor.open();
    const lab = await new LabPage(page).ready();
    await lab.button('To the end').click();
    await lab.speedUp();
    await lab.button('Write', lab.region('Write')).click();
    const length = page.getByText(/^of \d+$/);
    await expect.poll(() => length.textContent()).not.toBe('of 51');
    const committed = await length.textContent();

    const [worker] = page.workers();
    await worker?.evaluate(() => {
      setTimeout(() => {
        throw new Error('The engine is made to fail');
      });
    });
    await page.getByText('The engine has stopped.').waitFor();
    expect(await violations(page)).toEqual([]);
    await lab.button('Restart the engine').click();
    await lab.button('Create snapshot').waitFor();

    expect(await length.textContent()).toBe(committed);
    await lab.button('Write', lab.region('Write')).click();
    await expect.poll(() => length.textContent()).not.toBe(committed);
    // The browser tells the failure on the console; here it is the point.
    visitor.complaints.length = 0;
  },
);

journey(
  'a second tab keeps its laboratory in memory, says so, and leaves the first one alone',
  async ({ visitor }) => {
    const first = await new LabPage(await visitor.open()).ready();
    const second = await new LabPage(await visitor.open()).ready();

    await second.page.getByText('The laboratory is open in another tab').waitFor();
    expect(await violations(second.page, '.notices')).toEqual([]);
    await second.button('To the end').click();
    await second.speedUp();
    await second.button('Write', second.region('Write')).click();
    await expect.poll(() => second.page.getByText(/^of \d+$/).textContent()).not.toBe('of 51');

    expect(await first.page.getByText(/^of \d+$/).textContent()).toBe('of 51');
  },
);

journey('a part of the engine that cannot be had is named, and nothing is lost', async ({ visitor }) => {
  const page = await visitor.open();
  const lab = await new LabPage(page).ready();
  await page.getByText('File', { exact: true }).click();
  const downloading = page.waitForEvent('download');
  await lab.button('Save to a file').click();
  const file = await (await downloading).path();
  await page.context().route(/seldom-/, (route) => route.abort());

  await page.getByLabel('Open file').setInputFiles(file);

  await page.getByText(/Failed to fetch dynamically imported module/).waitFor();
  expect(await lab.page.getByText(/^of \d+$/).textContent()).toBe('of 51');
  // The browser tells the failure on the console; here it is the point.
  visitor.complaints.length = 0;
});

journey('the laboratory is saved to a file and opened again elsewhere', async ({ visitor }) => {
  const lab = await new LabPage(await visitor.open('#/lab?fault=9&level=both&at=end')).ready();
  await lab.page.getByText('File', { exact: true }).click();
  const downloading = lab.page.waitForEvent('download');
  await lab.button('Save to a file').click();
  const file = await (await downloading).path();

  await lab.button('Start over').click();
  await lab.page.getByLabel('Open file').setInputFiles(file);

  await expect
    .poll(() => lab.status('Protection on', 'Protection fault'))
    .toBe('VSS_PROTECTION_FAULT_GROW_TOO_SLOW');
  await lab.page.getByLabel('Open file').setInputFiles({
    name: 'nonsense.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"something else"}'),
  });
  await lab.page.getByText(/^Not understood/).waitFor();
  expect(await violations(lab.page, '.notices')).toEqual([]);
});
