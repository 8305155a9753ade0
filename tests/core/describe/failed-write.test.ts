import { expect, test } from 'vitest';
import { LEAVING, WAYS_OUT } from '../../../src/core/catalogue/way-out';
import { failedWrite } from '../../../src/core/describe/failed-write';
import { faultOutcome } from '../../../src/core/describe/fault-outcome';
import { FAULT_NAMES, type FaultNumber } from '../../../src/core/fault';
import { History } from '../../../src/core/history';
import { carryOn } from '../../../src/core/lesson/replay-lesson';
import { runOfFault, scenarioOfRun } from '../../../src/core/run-of-fault';

const FAULTS = Array.from({ length: FAULT_NAMES.length - 1 }, (_, index) => (index + 1) as FaultNumber);

test.each(FAULTS)('after either way out of fault %i the write that failed goes through', (fault) => {
  const run = runOfFault(fault);
  for (const { commands } of [WAYS_OUT[fault], LEAVING]) {
    const history = new History(scenarioOfRun(run, ['on']));
    carryOn(history, run.commands);
    const retry = failedWrite(history);
    expect(retry).toEqual(faultOutcome(fault, 'SNAPSHOT').failedWrite);
    expect(carryOn(history, [...commands, retry!])).toBeNull();
    expect(history.entries.at(-1)!.digests[0]).toMatchObject({ completed: 1, failed: 0 });
  }
});

test('of a burst only the write that failed is tried again', () => {
  expect(faultOutcome(8, 'SNAPSHOT').failedWrite).toMatchObject({ type: 'write', block: 35, count: 1 });
});

test('where no write failed there is none to try again', () => {
  for (const fault of FAULTS) expect(faultOutcome(fault, 'ORIGINAL_VOLUME').failedWrite).toBeNull();
});
