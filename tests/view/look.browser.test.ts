import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test } from 'vitest';
import '../../src/view/tokens.css';
import '../../src/view/base.css';
import { LabSelection } from '../../src/view/lab/selection.svelte';
import Look from './Look.svelte';
import { openSession, perform } from '../client/local-client';
import { runOfFault } from '../../src/core/run-of-fault';

for (const [name, width, theme] of [['wide', 1280, 'light'], ['narrow', 320, 'dark']] as const) {
  test(`look ${name}`, async () => {
    await page.viewport(width, 900);
    document.documentElement.dataset['theme'] = theme;
    const { session } = await openSession();
    await perform(session, runOfFault(7).commands);
    const selection = new LabSelection();
    selection.selectBlock(9);
    selection.look(1);
    const { container } = render(Look, { session, selection });
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const summary of container.querySelectorAll('details:not([open]) > summary')) {
      if (summary.textContent?.includes('Copy cannot') || summary.closest('[aria-label="Write"], [aria-label^="Diff area and"]')) (summary as HTMLElement).click();
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    await page.viewport(width, Math.min(5000, document.documentElement.scrollHeight));
    await page.screenshot({ path: `../../node_modules/.look/look-${name}.png` });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  });
}
