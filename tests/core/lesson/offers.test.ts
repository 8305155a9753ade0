import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { History } from '../../../src/core/history';
import { holds } from '../../../src/core/lesson/expectation';
import { offersAfter, type Offer } from '../../../src/core/lesson/offers';
import { carryOn } from '../../../src/core/lesson/replay-lesson';
import type { Scenario } from '../../../src/core/scenario';
import { FAULT_LESSONS } from '../../../src/lessons/all-lessons';
import { bothWorlds, broken, oneWorld, SNAPSHOT, write } from '../../../src/lessons/making';

function offersOf(scenario: Scenario, before: readonly Command[], commands: readonly Command[]) {
  const history = new History(scenario);
  carryOn(history, before);
  const earlier = history.upTo(history.entries.length);
  carryOn(history, commands);
  return { history, earlier, offers: offersAfter(earlier, history, commands) };
}

test('what is offered says truly whether it is true, and whether it was otherwise', () => {
  for (const { scenario, before, beats } of FAULT_LESSONS) {
    const commands = beats.flatMap((beat) => (beat.kind === 'tell' ? beat.commands : []));
    const { history, earlier, offers } = offersOf(scenario, before, commands);
    expect(offers.some((offer) => offer.holds)).toBe(true);
    expect(offers.some((offer) => !offer.holds)).toBe(true);
    for (const offer of offers) {
      expect(offer.holds).toBe(holds(history, offer.claim));
      expect(offer.isChanged).toBe(holds(earlier, offer.claim) !== offer.holds);
    }
    const keys = offers.map(({ claim }) => JSON.stringify(claim));
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('the reads of a touched block are offered, with what somebody might believe', () => {
  const { offers } = offersOf(oneWorld('on'), [write(3, 'Monday'), SNAPSHOT], [write(3, 'Tuesday')]);
  const reads = (snapshot: number, text: string): Offer | undefined =>
    offers.find(
      ({ claim: { fact } }) =>
        fact.kind === 'reads' &&
        fact.from !== 'live' &&
        fact.from.snapshot === snapshot &&
        fact.text === text,
    );

  expect(reads(1, 'Monday')).toMatchObject({ holds: true, isChanged: false });
  expect(reads(1, 'Tuesday')).toMatchObject({ holds: false });
});

test('worlds that differ are spoken of one by one', () => {
  const { offers } = offersOf(bothWorlds(), [SNAPSHOT, broken('diffDataWritesFail')], [write(3, 'Tuesday')]);
  const access = offers.filter(
    ({ claim: { fact } }) => fact.kind === 'access' && fact.access === 'offlineForProtection',
  );

  expect(access.map(({ claim, holds: isTrue }) => [claim.world, isTrue]).toSorted()).toEqual([
    ['off', false],
    ['on', true],
  ]);
});
