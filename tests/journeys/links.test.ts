import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

journey('the link to the end of each fault shows what each level did', async ({ visitor }) => {
  const page = await visitor.open();
  const lab = await new LabPage(page).ready();
  const address = page.url().replace(/#.*$/, '');

  for (let fault = 1; fault <= 16; fault += 1) {
    await page.goto(`${address}#/lab?fault=${fault}&level=both&at=end`);
    await lab.region('Branches').getByText(`On the run of fault ${fault}`, { exact: true }).waitFor();
    await expect
      .poll(() => lab.statuses('Protection off', 'Live volume I/O', 'Shadow copies kept', 'Protection fault'))
      .toEqual(['Flowing', '0', 'VSS_PROTECTION_FAULT_NONE']);
    expect(await lab.statuses('Protection on', 'Live volume I/O', 'Shadow copies lost')).toEqual([
      'Blocked',
      '0',
    ]);
    expect(await lab.status('Protection on', 'Protection fault')).toMatch(/^VSS_PROTECTION_FAULT_(?!NONE)/);
    const log = lab.region('Event log');
    const id = String(79 + fault);
    if (fault < 16) await log.getByRole('cell', { name: id, exact: true }).first().waitFor();
  }
});

journey('a link names the fault, one level and a position', async ({ visitor }) => {
  const lab = await new LabPage(
    await visitor.open('#/lab?fault=VSS_PROTECTION_FAULT_DIFF_AREA_FULL&level=snapshot&at=7'),
  ).ready();

  expect(await lab.position()).toBe(7);
  expect(await lab.world('Protection off').count()).toBe(0);
  expect(await lab.world('Protection on').count()).toBe(1);
});

journey.for([
  ['#/lab?fault=17', '“17” is not a protection fault'],
  ['#/lab?fault=nonsense%ZZ', 'is not a protection fault'],
  ['#/lab?fault=8&level=high', '“high” is not a level'],
  ['#/lab?fault=8&at=-1', '“-1” is not a position'],
  ['#/lab?level=both', 'but not which fault'],
  ['#/nowhere', 'There is no page “/nowhere”'],
] as const)(
  'the malformed link %s gets a sentence and changes nothing',
  async ([link, sentence], { visitor }) => {
    const lab = await new LabPage(await visitor.open(link)).ready();

    await lab.page.getByText(sentence).waitFor();
    expect(await lab.position()).toBe(0);
    await lab.button('Dismiss').click();
    expect(await lab.page.getByText(sentence).count()).toBe(0);
  },
);

journey(
  'a link opened twice does not pile up branches, and what was done before is kept',
  async ({ visitor }) => {
    const page = await visitor.open('#/lab?fault=8&level=both&at=end');
    const lab = await new LabPage(page).ready();
    const branches = lab.region('Branches').getByRole('listitem');
    expect(await branches.count()).toBe(2);

    await page.goto(page.url().replace('fault=8', 'fault=7'));
    await expect.poll(() => branches.count()).toBe(3);
    await page.goto(page.url().replace('fault=7', 'fault=8'));
    await lab.button('Go to the run of fault 7').waitFor();

    expect(await branches.count()).toBe(3);
  },
);
