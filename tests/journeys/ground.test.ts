import { expect } from 'vitest';
import { journey } from './journey';

const HEADING = { name: 'Shadow Copy Lab', level: 1 };

journey('the built page opens at the root of a host', async ({ visitor }) => {
  const page = await visitor.open();

  expect(await page.getByRole('heading', HEADING).isVisible()).toBe(true);
});

journey('the built page opens below any path', async ({ visitor }) => {
  const page = await visitor.openBelowPath();

  expect(await page.getByRole('heading', HEADING).isVisible()).toBe(true);
});

journey('the page runs no inline script and reaches no other host', async ({ visitor }) => {
  const page = await visitor.open();

  const attempts = await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'window.inlineScriptRan = true';
    document.head.append(inline);
    const fetched = await fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    );
    return { inlineScriptRan: 'inlineScriptRan' in window, fetched };
  });

  expect(attempts).toEqual({ inlineScriptRan: false, fetched: 'refused' });
  // The browser tells each refusal on the console; here they are the point.
  const refusals = visitor.complaints.splice(0).join('\n');
  expect(refusals).toContain("script-src 'self'");
  expect(refusals).toContain("connect-src 'self'");
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  expect(await policy.getAttribute('content')).not.toContain('unsafe-');
});

journey('what the site stores is there when the browser is started again', async ({ resident }) => {
  const before = await resident.open();
  await before.evaluate(() => localStorage.setItem('kept', 'yes'));
  await resident.closeBrowser();

  const after = await resident.open();

  expect(await after.evaluate(() => localStorage.getItem('kept'))).toBe('yes');
});
