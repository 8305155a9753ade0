/** Where the families of rows measure. */
/* global window */

/**
 * @typedef {object} Places
 * @property {import('playwright').Browser} browser whose pages forget everything
 * @property {(folder: string) => Promise<import('playwright').BrowserContext>} openProfile the same browser with a
 * profile on the disk: storage that is kept in memory would not show what storing costs
 * @property {string} folder for whatever is needed while the bench runs
 * @property {string} site the built site
 * @property {string} siteFolder
 * @property {import('./first-load.js').Bundle} bundle what the built site is made of
 * @property {string} bench the page of the bench
 * @property {string} benchFolder
 * @property {(progress: string) => void} say
 * @property {(name: string) => string} script the file of a script that watches the built page from within
 */

/** @param {Places} places */
export async function openBench({ browser, bench }) {
  const page = await browser.newPage();
  await page.goto(bench);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}

/**
 * A visitor's first visit.
 * @param {Places} places
 */
export async function openLab({ browser, site, script }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript({ path: script('stop-watch') });
  const page = await context.newPage();
  await page.goto(site);
  await untilUsable(page);
  return page;
}

/** @param {import('playwright').Page} page */
export async function untilUsable(page) {
  await page.getByRole('region', { name: 'Live volume' }).first().waitFor();
  await page.getByRole('button', { name: 'Write', exact: true }).waitFor();
}
