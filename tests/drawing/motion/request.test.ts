import { expect, it } from 'vitest';
import { beforeThe, frameAt, historyOf, marksOfKind, runHistory, STAGE } from './stage';

it('a request that is turned away goes back to the program, and its error can be read', () => {
  const history = runHistory(7, ['on']);
  const turned = beforeThe(history, 'writeTurnedAway');
  const [near] = marksOfKind(frameAt(history, turned + 0.1), 'parcel');
  const [home] = marksOfKind(frameAt(history, turned + 0.999), 'parcel');

  expect(near).toMatchObject({ tone: 'fault' });
  expect(near!.at.x).toBeLessThan(STAGE.gate.x);
  expect(near!.at.x).toBeGreaterThan(STAGE.program.x + STAGE.program.width / 2);
  expect(home!.at.x).toBeCloseTo(STAGE.program.x + STAGE.program.width / 2, 0);
  expect(home!.at.y).toBeGreaterThan(STAGE.program.y + STAGE.program.height);
  expect(marksOfKind(frameAt(history, turned + 0.5), 'status')).toMatchObject([
    { status: 'STATUS_DEVICE_NOT_CONNECTED' },
  ]);
});

it('a write of several blocks travels as one request and names its number of blocks', () => {
  const history = historyOf(
    [{ type: 'write', block: 4, count: 3, content: { kind: 'pattern', seed: 1 } }],
    ['off'],
  );
  const passed = beforeThe(history, 'gatePassed');
  expect(marksOfKind(frameAt(history, passed), 'parcel')).toMatchObject([{ count: 3, tone: 'new' }]);
});
