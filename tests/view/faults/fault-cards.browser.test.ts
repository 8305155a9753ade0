import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { userEvent as keyboardOfTheBrowser } from 'vitest/browser';
import type { Command } from '../../../src/core/command';
import { forecast } from '../../../src/core/describe/forecast';
import type { FaultNumber } from '../../../src/core/fault';
import FaultCards from '../../../src/view/faults/FaultCards.svelte';
import { FAULT_WORDS } from '../../../src/words/catalogue-faults';
import { sentenceOfForecast } from '../../../src/words/forecast';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

const FAULTS = Object.keys(FAULT_WORDS).map((number) => Number(number) as FaultNumber);
const CREATE: Command = { type: 'createSnapshot' };

async function openCards(commands: readonly Command[] = [CREATE]) {
  const opened = await openSession();
  await perform(opened.session, commands);
  opened.worker.asked.length = 0;
  render(FaultCards, { session: opened.session });
  return { ...opened, cards: screen.getByRole('region', { name: 'Faults' }), user: userEvent.setup() };
}

function cause(): HTMLElement {
  return screen.getByRole('button', { name: 'Cause it' });
}

test('there are sixteen cards, by cause, and one of them is open at a time', async () => {
  const { user, cards } = await openCards();

  for (const fault of FAULTS) {
    await user.click(within(cards).getByText(FAULT_WORDS[fault].label));
    const open = await within(cards).findByText(`${FAULT_WORDS[fault].title}.`);
    expect(open.closest('details')?.querySelector('summary')?.textContent).toContain(`fault ${fault}`);
    await waitFor(() => expect(within(cards).getAllByRole('link')).toHaveLength(1));
    expect(within(cards).getByRole('link').getAttribute('href')).toBe(
      `#/lab?fault=${fault}&level=both&at=start`,
    );
  }
});

test.each(FAULTS)('the card of fault %i says what the engine forecasts', async (fault) => {
  const { user, cards } = await openCards();

  await user.click(within(cards).getByText(FAULT_WORDS[fault].label));

  const list = await within(cards).findByText('Protection off');
  const terms = list.closest('dl');
  expect(terms).toHaveTextContent(`Protection off ${sentenceOfForecast(forecast(fault, 'ORIGINAL_VOLUME'))}`);
  expect(terms).toHaveTextContent(`Protection on ${sentenceOfForecast(forecast(fault, 'SNAPSHOT'))}`);
});

test('a fault is caused in every world that would meet it', async () => {
  const { session, worker, user } = await openCards();

  await user.click(screen.getByText(FAULT_WORDS[9].label));
  await user.click(cause());

  await waitFor(() => expect(session.history?.machines[1]?.fault).toBe(9));
  expect(worker.asked.every(({ worlds }) => worlds.length === 2)).toBe(true);
  expect(worker.asked[0]?.command).toEqual({ type: 'break', condition: { name: 'growthSlow' } });
});

test('without a snapshot a card says why it would do nothing, and sends nothing', async () => {
  const { worker, user, cards } = await openCards([]);

  await user.click(screen.getByText(FAULT_WORDS[14].label));
  expect(cause().getAttribute('aria-disabled')).toBe('true');
  await user.click(cause());

  expect(within(cards).getAllByText(/^There is no snapshot: take one first/)[0]).toBeVisible();
  expect(worker.asked).toEqual([]);
});

test('worlds that have different reasons are named', async () => {
  const { user, cards } = await openCards([CREATE, { type: 'unexpectedError' }]);

  await user.click(screen.getByText(FAULT_WORDS[14].label));

  await waitFor(() => expect(cards).toHaveTextContent('Protection off: There is no snapshot'));
  expect(cards).toHaveTextContent('Protection on: Fault 11 keeps the volume offline');
});

test('a card opens with the keyboard', async () => {
  const { cards } = await openCards();
  within(cards).getByText(FAULT_WORDS[7].label).closest('summary')?.focus();

  await keyboardOfTheBrowser.keyboard('{Enter}');

  expect(await within(cards).findByRole('button', { name: 'Cause it' })).toBeVisible();
});

test('the cards keep the rules of accessibility', async () => {
  const { user, cards } = await openCards();
  await user.click(screen.getByText(FAULT_WORDS[8].label));

  expect(await violationsIn(cards)).toEqual([]);
});
