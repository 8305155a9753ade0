import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import Console from '../../../src/view/console/Console.svelte';
import { openSession } from '../../client/local-client';
import { violationsIn } from '../violations';

async function openConsole() {
  const { session } = await openSession();
  session.seek(session.length);
  const { container } = render(Console, { session });
  await userEvent.click(screen.getByRole('heading', { name: 'Console' }));
  const input = screen.getByRole('textbox', { name: 'Command line' });
  const type = async (line: string): Promise<string> => {
    await userEvent.clear(input);
    await userEvent.type(input, `${line.replace(/[{[]/g, '$&$&')}{Enter}`);
    return screen.getByRole('log').textContent;
  };
  return { session, container, type };
}

test('creates, lists, and deletes after asking, on the running machine', async () => {
  const { session, container, type } = await openConsole();
  await session.act({ type: 'createSnapshot' });
  expect(await type('vssadmin list shadows')).toContain(
    'Contained 1 shadow copies at creation time: 1/1/2026',
  );
  await expect
    .poll(() => type('vssadmin list shadowstorage'))
    .toContain('Used Shadow Copy Storage space: 0 B (0%)');
  expect(await type('vssadmin delete shadows /for=C: /all')).toContain('Do you really want to delete');
  expect(await type('n')).toContain('The operation has been cancelled.');
  expect(session.history!.machines[0]!.areas.some(({ exists }) => exists)).toBe(true);
  await type('vssadmin delete shadows /for=C: /all');
  await type('y');
  await expect
    .poll(() => screen.getByRole('log').textContent)
    .toMatch(/Successfully deleted \d+ shadow copies\./);
  expect(session.history!.machines[0]!.areas.some(({ exists }) => exists)).toBe(false);
  expect(await violationsIn(container)).toEqual([]);
});

test('a mistake is marked at its place', async () => {
  const { type } = await openConsole();
  const log = await type('vssadmin create shadow /for=E:');
  expect(log).toContain(`${' '.repeat('C:\\>'.length + 23)}^`);
  expect(log).toContain('There is no volume “E:”');
});

test('“protect” alone names what may follow it, and so does a mistake in it', async () => {
  const { type } = await openConsole();
  const help = await type('protect');
  for (const command of ['Protect Show', 'Protect Level', 'Protect Clear', 'Protect DeleteUnused']) {
    expect(help).toContain(command);
  }
  expect(await type('protect fly')).toContain('followed by show, level, clear or deleteunused');
});

test('our own commands show the structure and answer with an HRESULT', async () => {
  const { session, type } = await openConsole();
  expect(await type('protect show')).toContain('m_protectionLevel: 0 (VSS_PROTECTION_LEVEL_ORIGINAL_VOLUME)');
  expect(await type('protect clear')).toContain('Result: S_OK (0x00000000)');
  await type('protect level snapshot');
  await expect.poll(() => session.history!.machines[0]!.level).toBe('SNAPSHOT');
});

test('the arrow keys bring back what was typed', async () => {
  const { type } = await openConsole();
  await type('list providers');
  const input = screen.getByRole('textbox', { name: 'Command line' });
  await userEvent.type(input, '{ArrowUp}');
  expect(input).toHaveValue('list providers');
});
