import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { journey, type BrowserOptions, type Visitor } from './journey';
import { LabPage } from './lab';

/** The run of fault 7, once it is there: what was looked at before is a branch of its own. */
async function openRun(
  visitor: Visitor,
  at: 'start' | 'end',
  options: BrowserOptions = {},
): Promise<LabPage> {
  const lab = await new LabPage(await visitor.open(`#/lab?fault=7&level=both&at=${at}`, options)).ready();
  await lab.region('Branches').getByText('On the run of fault 7', { exact: true }).waitFor();
  return lab;
}

/** The lanes themselves are for the eye and the hand: what they say stands beside them in words. */
async function lanes(page: Page): Promise<{ readonly field: Locator; readonly box: Box }> {
  const field = page.locator('.timeline .field');
  await field.locator('svg').waitFor();
  const box = await field.boundingBox();
  if (box === null) throw new Error('The lanes have no place');
  return { field, box };
}

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

function place({ x, y, width, height }: Box, part: number): [x: number, y: number] {
  return [x + width * part, y + height / 2];
}

journey(
  'the lanes are dragged through, and pointing marks the step in the plots as well',
  async ({ visitor }) => {
    const lab = await openRun(visitor, 'start');
    const { page } = lab;
    const { box } = await lanes(page);
    const length = Number(await page.getByRole('slider', { name: 'Step', exact: true }).getAttribute('max'));

    await page.mouse.move(...place(box, 0.2));
    await page.mouse.down();
    await expect.poll(() => lab.position()).toBe(Math.round(length * 0.2));
    await page.mouse.move(...place(box, 0.5), { steps: 5 });
    await page.mouse.move(...place(box, 0.7), { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => lab.position()).toBe(Math.round(length * 0.7));
    expect(await lab.status('Protection off', 'Shadow copies lost')).toBe('0');

    await page.mouse.move(...place(box, 0.4));
    const step = `Step ${Math.round(length * 0.4)}`;
    await lab.region('Over time').getByText(step, { exact: true }).first().waitFor();
    expect(await lab.position()).toBe(Math.round(length * 0.7));
    await page.mouse.move(10, 10);
    await expect.poll(() => lab.region('Over time').getByText(step, { exact: true }).count()).toBe(0);
  },
);

journey('a finger on the lanes goes there, and the page stays where it is', async ({ visitor }) => {
  const lab = await openRun(visitor, 'start', { viewport: { width: 360, height: 740 }, hasTouch: true });
  const { page } = lab;
  const { box } = await lanes(page);

  await page.touchscreen.tap(...place(box, 1));

  await expect.poll(() => lab.status('Protection off', 'Shadow copies lost')).toBe('1');
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

journey(
  'a branch is a lane that leads back to where it parted, gets a name, and is deleted',
  async ({ visitor }) => {
    let lab = await openRun(visitor, 'end', { viewport: { width: 1280, height: 900 } });
    const { page } = lab;
    await lab.speedUp();
    const whole = await lab.position();
    await lab.stepField.fill('19');
    await lab.stepField.press('Enter');
    await lab.button('Create snapshot').click();
    await expect.poll(() => lab.status('Protection on', 'Shadow copies kept')).toBe('2');
    await lab.still();

    const others = page.getByRole('list', { name: 'Other branches' });
    await lab.button('Return to the run of fault 7, which parts at step 19', others).click();
    await expect.poll(() => lab.position()).toBe(19);
    await lab.button('To the end').click();
    expect(await lab.position()).toBe(whole);

    await lab.button('Name or delete', others).click();
    const branches = lab.region('Branches');
    await lab.button('Rename branch 3', branches).click();
    await page.keyboard.type('Two snapshots');
    await page.keyboard.press('Enter');
    await lab.button('Return to Two snapshots, which parts at step 19', others).waitFor();
    await page.reload();
    lab = await new LabPage(page).ready();
    await lab.button('Delete Two snapshots', branches).click();
    await lab.button('Delete the branch', branches).click();
    await others.waitFor({ state: 'detached' });
    expect(await branches.getByRole('listitem').count()).toBe(2);
  },
);
