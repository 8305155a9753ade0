import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

const OUTCOME = ['Live volume I/O', 'Shadow copies kept', 'Shadow copies lost', 'Protection fault'] as const;

journey(
  'a stranger plays the story, repairs, clears, reads the old bytes, and finds it all again',
  async ({ resident }) => {
    let lab = await new LabPage(await resident.open()).ready();
    expect(await lab.position()).toBe(0);

    await lab.speedUp();
    await lab.button('Play the story').click();
    await lab.still();

    expect(await lab.statuses('Protection off', ...OUTCOME)).toEqual([
      'Flowing',
      '0',
      '1',
      'VSS_PROTECTION_FAULT_NONE',
    ]);
    expect(await lab.statuses('Protection on', ...OUTCOME)).toEqual([
      'Blocked',
      '1',
      '0',
      'VSS_PROTECTION_FAULT_COW_WRITE_FAILURE',
    ]);
    expect(await lab.status('Protection on', 'Failure status')).toBe('STATUS_IO_DEVICE_ERROR (0xC0000185)');

    const on = lab.world('Protection on');
    await lab.button('Repair what is broken', on).click();
    await expect.poll(() => on.getByRole('list', { name: 'Broken' }).count()).toBe(0);
    await lab.button('Clear fault', on).click();
    await expect
      .poll(() => lab.statuses('Protection on', ...OUTCOME))
      .toEqual(['Flowing', '1', '0', 'VSS_PROTECTION_FAULT_NONE']);
    await lab.still();

    await lab.cell('Protection on', 9).focus();
    const inspector = lab.region('Inspector');
    await inspector.getByText('Monday: the first draft').first().waitFor();
    // The copy and what took its place, past the page.
    expect(await lab.storedTexts()).toEqual(
      expect.arrayContaining(['Monday: the first draft', 'Tuesday: the second draft']),
    );

    const end = await lab.position();
    await lab.page.waitForTimeout(1000);
    await resident.closeBrowser();
    lab = await new LabPage(await resident.open()).ready();

    expect(await lab.position()).toBe(end);
    expect(await lab.statuses('Protection on', ...OUTCOME)).toEqual([
      'Flowing',
      '1',
      '0',
      'VSS_PROTECTION_FAULT_NONE',
    ]);
    await lab.button(/^Snapshot 1 1 saved.*look through it$/, lab.world('Protection on')).click();
    expect(await lab.cell('Protection on', 9).getAttribute('aria-label')).toBe(
      'Block 9: content 1, from this snapshot’s own area',
    );
  },
);

journey(
  'acting in the past keeps the old future as a branch, and start over can be undone',
  async ({ visitor }) => {
    const lab = await new LabPage(await visitor.open('#/lab?fault=7&level=both&at=end')).ready();
    await lab.speedUp();
    const whole = await lab.position();
    await lab.stepField.fill('19');
    await lab.stepField.press('Enter');

    await lab.button('Create snapshot').click();
    await expect.poll(() => lab.status('Protection on', 'Shadow copies kept')).toBe('2');
    await lab.button('Go to the run of fault 7').click();
    await expect.poll(() => lab.position()).toBe(whole);
    expect(await lab.status('Protection on', 'Live volume I/O')).toBe('Blocked');

    await lab.button('Start over').click();
    await expect.poll(() => lab.position()).toBe(0);
    await lab.button('Undo').click();
    await expect.poll(() => lab.position()).toBe(whole);
  },
);

journey(
  'a write is stopped between two of its stages, and what is broken there is met',
  async ({ visitor }) => {
    const lab = await new LabPage(await visitor.open('#/lab?fault=11&level=both&at=end')).ready();
    await lab.speedUp();
    // The overwrite of block 9 after the snapshot: step to where its old content has been read but not yet copied.
    await lab.stepField.fill('25');
    await lab.stepField.press('Enter');
    await lab
      .region('Environment')
      .getByRole('switch', { name: /Writes to the diff volume fail/ })
      .click();

    await expect
      .poll(() => lab.status('Protection on', 'Protection fault'))
      .toBe('VSS_PROTECTION_FAULT_COW_WRITE_FAILURE');
    await lab.still();
    expect(await lab.cell('Protection on', 9).getAttribute('aria-label')).toContain('content 1');
    expect(await lab.cell('Protection off', 9).getAttribute('aria-label')).toContain('content 4');
    expect(await lab.status('Protection off', 'Shadow copies lost')).toBe('1');
  },
);

journey('a full diff area is cleared first, then given room, and writing goes on', async ({ visitor }) => {
  const lab = await new LabPage(await visitor.open('#/lab?fault=8&level=snapshot&at=end')).ready();
  await lab.speedUp();
  const on = lab.world('Protection on');

  await lab.button('Clear fault', on).click();
  await on.getByText('Still full: the next block that has to be saved blocks the volume again.').waitFor();
  await lab.button('Raise the maximum to 8', on).click();
  await expect.poll(() => on.getByText('4 of 4 used, at most 8').count()).toBe(1);
  await lab.still();
  await lab.cell('Protection on', 60).click();
  await expect
    .poll(() => lab.cell('Protection on', 60).getAttribute('aria-label'))
    .not.toContain('never written');

  expect(await lab.status('Protection on', 'Live volume I/O')).toBe('Flowing');
  expect(await lab.status('Protection on', 'Shadow copies kept')).toBe('2');
});
