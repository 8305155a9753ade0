import { stampsGivenBy, staysWithin } from './command-content';
import { ZEROS_STAMP } from './content';
import type { Entry, History } from './history';
import type { Machine } from './machine';
import type { Flaw } from './problem';
import type { EarlierWrite, Start, StartContents } from './scenario';
import { lastThat } from './sorted';

/**
 * The end of a history as the beginning of another one, whose number is `id`: the machines, and every command whose
 * contents lie somewhere on them. No machine may stand between two stages of a write.
 */
export function startAtEnd(history: History, id: number): Start {
  const { machines } = history;
  const held = machines.map(stampsOn);
  const { writes: earlier = [], contents } = history.scenario.start ?? {};
  const writes = [...earlier, ...history.entries.map(writeOf)];
  const start = { id, machines, writes: writes.filter((write) => isHeld(write, held)) };
  return contents !== undefined && holdsAny(contents, held) ? { ...start, contents } : start;
}

function holdsAny({ hashes }: StartContents, held: readonly Uint32Array[]): boolean {
  return held.some((stamps) => stamps.some((stamp) => stamp !== ZEROS_STAMP && stamp <= hashes.length));
}

function writeOf({ firstStamps, record }: Entry): EarlierWrite {
  return { firstStamps, command: record.instruction.command };
}

/** The stamps of all contents on the volumes of a machine, ascending. */
function stampsOn({ live, diffContents }: Machine): Uint32Array {
  const stamps = new Uint32Array(live.length + diffContents.length);
  let length = 0;
  for (const chunk of [...live.chunks, ...diffContents.chunks]) {
    stamps.set(chunk, length);
    length += chunk.length;
  }
  return stamps.sort();
}

function isHeld({ firstStamps, command }: EarlierWrite, held: readonly Uint32Array[]): boolean {
  const count = stampsGivenBy(command);
  return firstStamps.some((first, world) => {
    const latest = lastThat(held[world]!, (stamp) => stamp < first + count);
    return latest !== undefined && latest >= first;
  });
}

/** What is wrong with the writes of a start, and where; `null` when they tell every content of its machines. */
export function flawOfWrites({ id, machines, writes, contents }: Start): Flaw | null {
  if (contents !== undefined && contents.start > id) {
    return { place: 'contents.start', reason: `Expected ${id}, or the number of an earlier start` };
  }
  const brought = contents?.hashes.length ?? 0;
  const early = machines.findIndex(({ nextStamp }) => nextStamp <= brought);
  if (early >= 0) return { place: `machines.${early}.nextStamp`, reason: `Expected more than ${brought}` };
  for (const [index, write] of writes.entries()) {
    const before = writes[index - 1]?.firstStamps ?? machines.map(() => brought + 1);
    const reason = reasonAgainst(write, before, machines);
    if (reason !== null) return { place: `writes.${index}`, reason };
  }
  for (const [world, machine] of machines.entries()) {
    const stamp = stampsOn(machine).find((held) => held > brought && !isTold(held, world, writes));
    if (stamp !== undefined) {
      return { place: `machines.${world}`, reason: `No command wrote the content with stamp ${stamp}` };
    }
  }
  return null;
}

/** @param before per world, what no stamp may be below */
function reasonAgainst(
  { firstStamps, command }: EarlierWrite,
  before: readonly number[],
  machines: readonly Machine[],
): string | null {
  if (firstStamps.length !== machines.length) return `Expected ${machines.length} stamps, one for each world`;
  if (stampsGivenBy(command) < 1) return `A command of type ${command.type} writes nothing`;
  if (!staysWithin(command, machines[0]!.settings)) return 'It writes beyond the end of a volume';
  const isAscending = firstStamps.every((first, world) => first >= before[world]!);
  return isAscending ? null : 'Its stamps are lower than those before it';
}

function isTold(stamp: number, world: number, writes: readonly EarlierWrite[]): boolean {
  const write = lastThat(writes, ({ firstStamps }) => firstStamps[world]! <= stamp);
  return write !== undefined && stamp - write.firstStamps[world]! < stampsGivenBy(write.command);
}
