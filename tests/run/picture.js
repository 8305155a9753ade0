/**
 * `npm run picture`: makes public/picture.png, the picture of the README, from the built page: the story of the first
 * visit at the moment that it is about.
 */
/* global document */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackages, makeSureOfBrowser } from './install.js';
import { ROOT, runTool } from './process.js';
import { serve } from './serve.js';

const PICTURE = path.join(ROOT, 'public', 'picture.png');
const STORY = '#/lab?fault=7&level=both&at=start';
const WIDTH = 1280;
const LARGEST_BYTES = 150 * 1024;

/** More than the story has. */
const MARKERS = 20;

const folder = mkdtempSync(path.join(tmpdir(), 'shadow-copy-lab-picture-'));
try {
  await installPackages();
  const { executablePath, args } = await makeSureOfBrowser();
  const { ok, output } = await runTool('vite/bin/vite.js', [
    ...['build', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir'],
  ]);
  if (!ok) throw new Error(`The site could not be built.\n${output}`);
  await take({ executablePath, args });
  const sizeBytes = statSync(PICTURE).size;
  console.log(`${path.relative(ROOT, PICTURE)}: ${Math.round(sizeBytes / 1024)} KiB`);
  if (sizeBytes > LARGEST_BYTES) throw new Error(`It should have at most ${LARGEST_BYTES / 1024} KiB.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** @param {import('./browser.js').Browser} program */
async function take(program) {
  const { chromium } = await import('playwright');
  const site = await serve({ root: folder });
  const browser = await chromium.launch(program);
  try {
    const page = await browser.newPage({
      ...{ viewport: { width: WIDTH, height: 1600 }, colorScheme: 'light', reducedMotion: 'reduce' },
    });
    await page.goto(site.address + STORY);
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.waitFor();
    await goToOutcome(page);
    await page.evaluate(() => document.fonts.ready);
    const bottom = await timeline.evaluate((element) => element.getBoundingClientRect().bottom);
    const clip = { x: 0, y: 0, width: WIDTH, height: Math.ceil(bottom) + 16 };
    await page.screenshot({ path: PICTURE, clip, animations: 'disabled' });
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
}

/**
 * From marker to marker, until both have given something up.
 * @param {import('playwright').Page} page
 */
async function goToOutcome(page) {
  const outcomes = [
    page.getByRole('region', { name: 'Protection off' }).getByText('1 snapshot lost'),
    page.getByRole('region', { name: 'Protection on' }).getByText('All I/O blocked'),
  ];
  for (let presses = 0; presses < MARKERS; presses += 1) {
    await page.keyboard.press(']');
    const counts = await Promise.all(outcomes.map((outcome) => outcome.count()));
    if (counts.every((count) => count > 0)) return;
  }
  throw new Error('The story did not come to its two outcomes.');
}
