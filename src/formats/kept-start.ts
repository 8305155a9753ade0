import * as v from 'valibot';
import { MAXIMUM_BLOCK_COUNT } from '../core/block';
import { SWITCH_CONDITIONS } from '../core/condition';
import type { FaultNumber } from '../core/fault';
import { fingerprint } from '../core/fingerprint';
import { checkMachine } from '../core/invariants';
import type { Access, Machine, MachineSettings } from '../core/machine';
import type { Flaw } from '../core/problem';
import { PROTECTION_LEVELS } from '../core/protection';
import { failure, success, type Result } from '../core/result';
import type { Scenario, Start, StartContents } from '../core/scenario';
import { flawOfWrites } from '../core/start';
import { plainCommand } from './command-schema';
import { parseWith } from './flaw';
import { fingerprintSchema, recordedCommandSchema, scenarioSchema } from './laboratory-schema';
import { listOf, naturalNumber, wholeNumberBetween } from './number-schema';
import { packTable, unpackTable } from './packed-table';

/** A start, and the same as plain data: as it is stored, sent and saved to a file. */
export interface HeldStart {
  readonly start: Start;
  /** What its machines are made for. */
  readonly scenario: Scenario;
  readonly kept: unknown;
}

/** The tables of a machine, and what bounds the length of each and the numbers in it. */
const TABLES = {
  live: { places: 'blockCount', numbers: 'stamps' },
  newestCopy: { places: 'blockCount', numbers: 'links' },
  diffContents: { places: 'diffVolumeBlocks', numbers: 'stamps' },
  slotArea: { places: 'diffVolumeBlocks', numbers: 'snapshots' },
  slotBlock: { places: 'diffVolumeBlocks', numbers: 'blocks' },
  slotOlder: { places: 'diffVolumeBlocks', numbers: 'links' },
} as const;

type TableName = keyof typeof TABLES;

const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** Numbers that the tables hold have 32 bits. A start leaves half of them to what comes after it. */
const HIGHEST_IN_TABLE = 0x7fff_ffff;

/** Sums of virtual milliseconds stay whole numbers for as long as anybody goes on from a start. */
const HIGHEST_CLOCK_MS = 2 ** 50;

/** Every place of both worlds may hold what another command wrote. */
const MOST_WRITES = 4 * MAXIMUM_BLOCK_COUNT;

/** 512 MiB: about what a browser gives a page without asking. */
export const MOST_CONTENTS = 32_768;

/** Areas outlive their snapshots, so that there can be more of them than snapshots. */
const MOST_AREAS = 1_000_000;

const ACCESSES = [
  'online',
  'offlineByAdministrator',
  'offlineForCluster',
  'offlineForProtection',
] as const satisfies readonly Access[];

const someBlocks = wholeNumberBetween(0, MAXIMUM_BLOCK_COUNT);
const inTable = wholeNumberBetween(1, HIGHEST_IN_TABLE);
const clockMs = wholeNumberBetween(0, HIGHEST_CLOCK_MS);

const areaSchema = v.strictObject({
  snapshot: inTable,
  exists: v.boolean(),
  copies: someBlocks,
  createdAtMs: clockMs,
});

/** A machine between two commands. Its settings are those of the scenario. */
const machineSchema = v.strictObject({
  checksum: v.exactOptional(fingerprintSchema),
  /** What the first versions of this page kept instead, reckoned in another way: it says nothing any more. */
  fingerprint: v.exactOptional(fingerprintSchema),
  clockMs,
  nextStamp: inTable,
  access: v.picklist(ACCESSES),
  diffVolumePresent: v.boolean(),
  maximumBlocks: v.nullable(naturalNumber),
  allocated: someBlocks,
  used: someBlocks,
  growth: v.nullable(v.strictObject({ completesAtMs: clockMs })),
  firstFree: someBlocks,
  areas: listOf(areaSchema, MOST_AREAS),
  nextSnapshot: inTable,
  snapshotsLost: naturalNumber,
  level: v.picklist(PROTECTION_LEVELS),
  fault: v.custom<FaultNumber | 0>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 16,
    'Expected the number of a fault, or 0',
  ),
  pendingUntilMs: v.nullable(clockMs),
  conditions: v.strictObject({
    broken: listOf(v.picklist(SWITCH_CONDITIONS), SWITCH_CONDITIONS.length),
    liveBadBlocks: listOf(someBlocks, MAXIMUM_BLOCK_COUNT),
  }),
  clusterOfflinePrepared: v.boolean(),
  host: v.strictObject({ completed: naturalNumber, failed: naturalNumber, bounced: naturalNumber }),
  live: v.string(),
  newestCopy: v.string(),
  diffContents: v.string(),
  slotArea: v.string(),
  slotBlock: v.string(),
  slotOlder: v.string(),
});

type KeptMachine = v.InferOutput<typeof machineSchema>;

const contentsSchema = v.strictObject({
  start: naturalNumber,
  count: wholeNumberBetween(1, MOST_CONTENTS),
  hashes: v.string(),
});

const keptStartSchema = v.strictObject({
  id: naturalNumber,
  scenario: scenarioSchema,
  machines: v.pipe(v.array(machineSchema), v.readonly()),
  writes: listOf(
    v.strictObject({ firstStamps: listOf(inTable, 2), command: recordedCommandSchema }),
    MOST_WRITES,
  ),
  contents: v.exactOptional(contentsSchema),
});

type KeptStart = v.InferOutput<typeof keptStartSchema>;

/** The same with its commands as plain data. */
type PlainStart = Omit<KeptStart, 'writes'> & { readonly writes: readonly object[] };

export function holdStart(start: Start, { settings, worlds }: Scenario): HeldStart {
  const scenario = { settings, worlds };
  const { id, contents } = start;
  const writes = start.writes.map((write) => ({ ...write, command: plainCommand(write.command) }));
  const kept: PlainStart = { id, scenario, machines: start.machines.map(keepMachine), writes };
  if (contents === undefined) return { start, scenario, kept };
  return { start, scenario, kept: { ...kept, contents: keepContents(contents) } };
}

function keepContents({ start, hashes }: StartContents): v.InferOutput<typeof contentsSchema> {
  return { start, count: hashes.length, hashes: packTable(hashes) };
}

/** What a machine between two commands is, without what follows from that. */
const keepingSchema = v.object(machineSchema.entries);

function keepMachine(machine: Machine): KeptMachine {
  return v.parse(keepingSchema, {
    ...machine,
    ...tablesOf((name) => packTable(machine[name])),
    checksum: fingerprint(machine),
    conditions: { ...machine.conditions, broken: [...machine.conditions.broken] },
  });
}

function tablesOf<Form>(formOf: (name: TableName) => Form): Record<TableName, Form> {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, formOf(name)])) as Record<TableName, Form>;
}

/** A start from outside: every number in its range, every table whole, every rule of a machine kept, every content known. */
export function parseStart(untrusted: unknown): Result<HeldStart, Flaw> {
  const parsed = parseWith(keptStartSchema, untrusted);
  if (!parsed.ok) return parsed;
  const { id, scenario, writes } = parsed.value;
  if (parsed.value.machines.length !== scenario.worlds.length) {
    return failure({ place: 'machines', reason: `Expected ${scenario.worlds.length}, one for each world` });
  }
  const machines: Machine[] = [];
  for (const [index, kept] of parsed.value.machines.entries()) {
    const machine = reviveMachine(kept, scenario.settings);
    if (!machine.ok) {
      const { place, reason } = machine.problem;
      return failure({ place: `machines.${index}${place}`, reason });
    }
    machines.push(machine.value);
  }
  const contents = reviveContents(parsed.value.contents);
  if (!contents.ok) return contents;
  const start = { id, machines, writes, ...(contents.value !== null && { contents: contents.value }) };
  const flaw = flawOfWrites(start);
  return flaw === null ? success({ start, scenario, kept: parsed.value }) : failure(flaw);
}

function reviveContents(kept: KeptStart['contents']): Result<StartContents | null, Flaw> {
  if (kept === undefined) return success(null);
  const hashes = unpackTable(kept.hashes, kept.count);
  if (hashes !== null) return success({ start: kept.start, hashes });
  return failure({ place: 'contents.hashes', reason: `Expected ${kept.count} numbers of 32 bits` });
}

function reviveMachine(kept: KeptMachine, settings: MachineSettings): Result<Machine, Flaw> {
  const { checksum, fingerprint: _, conditions, ...rest } = kept;
  const highest = {
    stamps: kept.nextStamp - 1,
    links: settings.diffVolumeBlocks,
    snapshots: kept.nextSnapshot - 1,
    blocks: settings.blockCount - 1,
  };
  const tables = tablesOf((name) =>
    unpackTable(kept[name], settings[TABLES[name].places], highest[TABLES[name].numbers]),
  );
  const unread = TABLE_NAMES.find((name) => tables[name] === null);
  if (unread !== undefined) {
    const { places, numbers } = TABLES[unread];
    const reason = `Expected ${settings[places]} numbers of at most ${highest[numbers]}`;
    return failure({ place: `.${unread}`, reason });
  }
  const machine = {
    ...rest,
    ...(tables as Record<TableName, Machine[TableName]>),
    settings,
    conditions: { ...conditions, broken: new Set(conditions.broken) },
    frozen: false,
    request: null,
  };
  const [violation] = checkMachine(machine);
  if (violation !== undefined) {
    const reason = `It breaks the rule ${violation.rule}: ${JSON.stringify(violation.detail)}`;
    return failure({ place: '', reason });
  }
  return checksum === undefined || fingerprint(machine) === checksum
    ? success(machine)
    : failure({ place: '.checksum', reason: 'It is not that of the machine' });
}
