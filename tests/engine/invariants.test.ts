import { afterAll, expect, test, vi } from 'vitest';
import { checkMachine } from '../../src/core/invariants';
import { Harness, problem, rowsOn, value, writeText } from './harness';

// The files of a worker share their modules: this one has its own.
vi.hoisted(() => vi.resetModules());
vi.mock('../../src/core/invariants', { spy: true });
afterAll(() => {
  vi.doUnmock('../../src/core/invariants');
  vi.resetModules();
});

test('a command that would break a rule of the machine is told and not committed', async () => {
  const lab = new Harness();
  const opened = await lab.open();
  const rows = rowsOn(lab.disk);
  vi.mocked(checkMachine).mockReturnValueOnce([
    { rule: 'usedWithinAllocated', detail: { used: 9, allocated: 8 } },
  ]);

  const broken = await lab.act(writeText(1, 'x'), 1, 0);

  expect(problem(broken)).toEqual({
    kind: 'invariantBroken',
    detail: 'off: usedWithinAllocated {"used":9,"allocated":8}',
  });
  expect(rowsOn(lab.disk)).toEqual(rows);
  expect((await lab.open()).state).toEqual(opened.state);
  expect(value(await lab.act(writeText(1, 'x'), 1, 0)).state.branches).toHaveLength(2);
});

test('a defect is told, and the laboratory goes on', async () => {
  const lab = new Harness();
  const opened = await lab.open();
  vi.mocked(checkMachine).mockImplementationOnce(() => {
    throw new Error('a defect');
  });

  expect(problem(await lab.act(writeText(1, 'x')))).toEqual({ kind: 'internal', detail: 'a defect' });
  expect((await lab.open()).state).toEqual(opened.state);
  expect((await lab.act(writeText(1, 'x'))).ok).toBe(true);
});
