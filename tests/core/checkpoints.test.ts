/** However long a path grows, its checkpoints stay within a number and a size, and any place is reached from them. */
import { describe, expect, it } from 'vitest';
import { Checkpoints } from '../../src/core/checkpoints';
import { fingerprint } from '../../src/core/fingerprint';
import { History } from '../../src/core/history';
import { createMachine, DEFAULT_SETTINGS, type Machine, type MachineSettings } from '../../src/core/machine';
import { randomBelow } from '../../src/core/random';
import { Table } from '../../src/core/table';
import { WRITES_PER_SLICE } from '../../src/core/workload';
import { BOTH_WORLDS, actOn } from './laboratories';

const LARGE = { ...DEFAULT_SETTINGS, blockCount: 65_536 };

/**
 * A path of so many entries of 100 steps each; every entry changes the same number of chunks.
 * @param beside the machine of another world at the same time
 */
function pathOf(
  entries: number,
  chunks: number,
  beside: (machine: Machine) => readonly Machine[] = () => [],
): Checkpoints {
  let machine = createMachine(LARGE, 'SNAPSHOT');
  const kept = new Checkpoints([machine, ...beside(machine)]);
  for (let entry = 1; entry <= entries; entry += 1) {
    const live = machine.live.edit();
    for (let chunk = 0; chunk < chunks; chunk += 1) live.set(1_024 * chunk, entry);
    machine = { ...machine, clockMs: entry, live: live.finish() };
    const position = entry * 100;
    if (!kept.isDueAt(position)) continue;
    kept.add({ entryIndex: entry, position, machines: [machine, ...beside(machine)] });
  }
  return kept;
}

/** The entries that have a checkpoint, and the bytes of all chunks that they hold. */
function sizeOf(kept: Checkpoints, entries: number): { places: readonly number[]; bytes: number } {
  const places = new Set<number>();
  const chunks = new Set<Uint32Array>();
  for (let entry = 0; entry <= entries; entry += 1) {
    const { entryIndex, machines } = kept.before(entry);
    places.add(entryIndex);
    for (const chunk of machines[0]!.live.chunks) chunks.add(chunk);
  }
  const bytes = [...chunks].reduce((sum, chunk) => sum + chunk.byteLength, 0);
  return { places: [...places], bytes };
}

describe('the checkpoints of a path', () => {
  it('are the machines at their places', () => {
    const kept = pathOf(1_000, 1);
    for (let entry = 0; entry <= 1_000; entry += 1) {
      const place = kept.before(entry);
      expect(place.entryIndex).toBeLessThanOrEqual(entry);
      expect(entry - place.entryIndex).toBeLessThan(4);
      expect(place.machines[0]!.clockMs).toBe(place.entryIndex);
    }
  });

  it('stay within a number', () => {
    const { places } = sizeOf(pathOf(20_000, 1), 20_000);
    expect(places.length).toBeGreaterThan(200);
    expect(places.length).toBeLessThanOrEqual(512);
  });

  it('stay within a size, evenly spread', () => {
    const { places, bytes } = sizeOf(pathOf(1_500, 64), 1_500);
    expect(bytes).toBeLessThanOrEqual(32 * 1_048_576);
    expect(bytes).toBeGreaterThan(8 * 1_048_576);
    const gaps = [...places, 1_500].map((place, index, all) => place - (all[index - 1] ?? 0)).slice(1);
    expect(Math.max(...gaps)).toBeLessThan(3 * Math.min(...gaps.slice(0, -1)));
  });

  const countOf = (kept: Checkpoints): number => {
    const entries = Array.from({ length: 1_500 }, (_, entry) => kept.before(entry).entryIndex);
    return new Set(entries).size;
  };

  it('weigh once what two worlds hold together', () => {
    const alone = countOf(pathOf(1_500, 64));
    const together = pathOf(1_500, 64, (machine) => [{ ...machine, level: 'ORIGINAL_VOLUME' }]);
    const apart = pathOf(1_500, 64, (machine) => [
      {
        ...machine,
        live: Table.ofChunks(
          machine.live.length,
          machine.live.chunks.map((chunk) => chunk.slice()),
        ),
      },
    ]);
    expect(countOf(together)).toBeGreaterThan(0.9 * alone);
    expect(countOf(apart)).toBeLessThan(0.7 * alone);
  });

  it('are far apart on a large volume, where each of them makes the writes after it dear', () => {
    const start = [createMachine({ ...LARGE, blockCount: 1_048_576 }, 'SNAPSHOT')];
    const kept = new Checkpoints(start);
    expect([kept.isDueAt(4_100_000), kept.isDueAt(4_200_000)]).toEqual([false, true]);
    kept.add({ entryIndex: 9, position: 4_200_000, machines: start });
    expect([kept.isDueAt(8_300_000), kept.isDueAt(8_400_000)]).toEqual([false, true]);
  });
});

/** A path of random writes to a volume of so many blocks, with two snapshots. */
function longHistory(blocks: number, room: Partial<MachineSettings> = {}): History {
  const settings = { ...LARGE, ...room, blockCount: blocks, diffVolumeBlocks: blocks };
  const history = new History({ settings, worlds: BOTH_WORLDS });
  for (let slice = 0; history.length < 500_000; slice += 1) {
    if (slice % 300 === 0) actOn(history, { type: 'createSnapshot' });
    const where = { order: 'random', block: 0, span: blocks, seed: 3 } as const;
    const from = slice * WRITES_PER_SLICE;
    actOn(history, { type: 'writeBurst', ...where, from, writes: WRITES_PER_SLICE });
  }
  return history;
}

describe('a history of a million events', () => {
  it('leads to every place again', () => {
    const history = longHistory(65_536);
    for (let seek = 0; seek < 40; seek += 1) {
      const { record, start } = history.entries[randomBelow(5, seek, history.entries.length)]!;
      const moment = history.momentAt(start + record.steps);
      expect(moment.machines.map(fingerprint)).toEqual(record.fingerprints);
      expect(history.machines.map(fingerprint)).toEqual(history.lastRecord!.fingerprints);
    }
  });

  it('on a large volume comes near a place in many short parts, after which the moment is at hand', () => {
    const history = longHistory(524_288, { initialBlocks: 100_000, maximumBlocks: null });
    const far = history.entries.filter(({ start, record }) => !history.isNear(start + record.steps));
    expect(far.length).toBeGreaterThan(10);
    for (const at of [far.length >> 3, far.length >> 1, far.length - 1]) {
      const { record, start } = far[at]!;
      const position = start + record.steps;

      const rests = [...history.approach(position)].length;

      expect(rests).toBeGreaterThan(10);
      expect(history.isNear(position)).toBe(true);
      expect(history.momentAt(position).machines.map(fingerprint)).toEqual(record.fingerprints);
      expect(history.machines.map(fingerprint)).toEqual(history.lastRecord!.fingerprints);
    }
  });
});
