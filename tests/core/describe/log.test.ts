import { describe, expect, it } from 'vitest';
import { systemLog } from '../../../src/core/describe/log';
import { sentenceOfRow } from '../../../src/words/log';
import { BOTH, eventsOf, FAULTS, scenario, story, storyOfFault, tell } from './told';

describe('the event log', () => {
  it.each(FAULTS)(
    'has a volsnap row for every event that fault %i logged, with its ID, level, time and fault',
    (fault) => {
      const history = storyOfFault(fault);
      const logged = eventsOf(history).filter(({ event }) => event.type === 'eventLogged');
      const rows = systemLog(history).filter(({ source }) => source === 'volsnap');
      expect(rows).toHaveLength(logged.length);
      for (const row of rows) {
        const moment = history.momentAt(row.position);
        expect(moment.events[row.worldIndex]).toEqual({ type: 'eventLogged', eventId: row.eventId });
        expect(row.timeMs).toBe(moment.machines[row.worldIndex]!.clockMs);
        expect(row.world).toBe(BOTH[row.worldIndex]);
        expect(row.fault).toBe(row.eventId === 113 ? null : fault);
        expect(row.severity).toBe(
          [38].includes(row.eventId!)
            ? 'warning'
            : [33, 113].includes(row.eventId!)
              ? 'information'
              : 'error',
        );
      }
    },
  );

  it('keeps requests that came back with an error, and the surroundings, as rows of our own', () => {
    const rows = systemLog(storyOfFault(7)).filter(({ source, world }) => source === 'lab' && world === 'on');
    expect(rows.map(({ severity, eventId }) => [severity, eventId])).toEqual([
      ['information', null],
      ['warning', null],
      ['error', null],
      ['information', null],
      ['error', null],
      ['error', null],
    ]);
    expect(rows.map(sentenceOfRow)).toContain(
      'The write to block 18 fails with STATUS_IO_DEVICE_ERROR; no live block has changed.',
    );
  });

  it('names the disk that failed: the live one when the old block could not be read', () => {
    const sentences = (fault: 6 | 7): readonly string[] =>
      systemLog(storyOfFault(fault))
        .filter(({ eventId }) => eventId === 14)
        .map(sentenceOfRow);
    expect(sentences(6)).toEqual(['Reading or writing C: failed; the snapshots of C: were given up.']);
    expect(sentences(7)).toEqual(['Reading or writing D: failed; the snapshots of C: were given up.']);
  });

  it('says which world refused a command that the other one carried out', () => {
    const history = storyOfFault(7);
    tell(history, { type: 'createSnapshot' });
    const row = systemLog(history).find(({ what }) => 'refused' in what);
    expect(row).toMatchObject({ world: 'on', source: 'lab', severity: 'warning' });
    expect(sentenceOfRow(row!)).toBe('Refused. The live volume is offline to protect its snapshots.');
  });

  it('gives for any window what the whole log has there', () => {
    const history = storyOfFault(8);
    const whole = systemLog(history);
    for (let from = 0; from <= history.length; from += 7) {
      const to = Math.min(history.length, from + 20);
      expect(systemLog(history, from, to)).toEqual(
        whole.filter(({ position }) => position > from && position <= to),
      );
    }
  });

  it('derives the rows of one command from what it did', () => {
    const history = story(scenario(), [{ type: 'break', condition: { name: 'growthSlow' } }]);
    const [entry] = history.entries;
    expect(systemLog(history, 0, entry!.record.steps).map(({ world }) => world)).toEqual(['off', 'on']);
  });

  it('tells of every step what its event and the clock say', () => {
    for (const fault of FAULTS) {
      const history = storyOfFault(fault);
      const rows = systemLog(history).flatMap(({ what, position, worldIndex, timeMs }) =>
        'event' in what ? [{ event: what.event, position, worldIndex, timeMs }] : [],
      );
      expect(rows.length).toBeGreaterThan(2);
      for (const { event, position, worldIndex, timeMs } of rows) {
        const moment = history.momentAt(position);
        expect(event).toEqual(moment.events[worldIndex]);
        expect(timeMs).toBe(moment.machines[worldIndex]!.clockMs);
      }
    }
  });

  it('has one row for the rest of very many writes that are turned away', () => {
    const history = story(scenario({}, ['on']), [{ type: 'createSnapshot' }, { type: 'unexpectedError' }]);
    const before = systemLog(history).length;
    const writes = Uint32Array.from({ length: 2 * 200 }, (_, at) => (at % 2 === 0 ? at % 64 : 1));
    tell(history, { type: 'replayWrites', from: 0, writes });

    const rows = systemLog(history).slice(before);
    expect(rows).toHaveLength(64);
    expect(rows.map(({ more }) => more ?? 0).reduce((sum, more) => sum + more, rows.length)).toBe(200);
    expect(sentenceOfRow(rows.at(-1)!)).toBe(
      'The gate is shut: the write to block 62 comes back with STATUS_DEVICE_NOT_CONNECTED. So do the next 136.',
    );
  });

  it('tells ten thousand events in one go', () => {
    const history = story(scenario({}, ['off']), []);
    while (history.length < 10_000) {
      tell(history, {
        type: 'writeBurst',
        order: 'random',
        block: 0,
        span: 64,
        from: 0,
        writes: 64,
        seed: history.length,
      });
      tell(history, { type: 'createSnapshot' });
    }
    const startedMs = performance.now();
    expect(systemLog(history).length).toBeGreaterThan(0);
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });
});
