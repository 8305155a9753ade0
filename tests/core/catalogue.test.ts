import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { API_CALLS } from '../../src/core/catalogue/api-call';
import { EVENT_ENTRIES, type EventSeverity } from '../../src/core/catalogue/event-id';
import { documentedFaultName, FAULT_ENTRIES, faultEntry } from '../../src/core/catalogue/fault';
import { FAULT_STATEMENTS } from '../../src/core/catalogue/fault-statement';
import { HRESULTS } from '../../src/core/catalogue/hresult';
import { PROTECTION_INFO_MEMBERS } from '../../src/core/catalogue/protection-info';
import { LEVEL_ENTRIES, LEVEL_STATEMENTS } from '../../src/core/catalogue/protection-level';
import {
  GLOSSARY_FACTS,
  HOTFIX_FACTS,
  OTHER_SYSTEM_FACTS,
  TOOL_FACTS,
  WRITE_STACK_FACTS,
} from '../../src/core/catalogue/reference-fact';
import { RULES } from '../../src/core/catalogue/rule';
import { SOURCES } from '../../src/core/catalogue/source';
import { REASONS, type Statement } from '../../src/core/catalogue/statement';
import { NT_STATUSES, STATUS_STATEMENTS } from '../../src/core/catalogue/status';
import { FAULT_NAMES, type FaultNumber } from '../../src/core/fault';
import { PROTECTION_LEVELS } from '../../src/core/protection';

const SHARED_SOURCES = join(import.meta.dirname, '../../../shared/sources');

function sharedSource(prefix: string): string | null {
  if (!existsSync(SHARED_SOURCES)) return null;
  const file = readdirSync(SHARED_SOURCES).find((name) => name.startsWith(prefix));
  return file === undefined ? null : readFileSync(join(SHARED_SOURCES, file), 'utf8');
}

/** Every statement anywhere below `value`, with the path that leads to it. */
function statementsOf(value: unknown, path: string): [path: string, statement: Statement][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('standing' in value) return [[path, value as Statement]];
  return Object.entries(value).flatMap(([key, inner]) => statementsOf(inner, `${path}.${key}`));
}

const STATEMENTS = [
  ...statementsOf(FAULT_STATEMENTS, 'fault'),
  ...statementsOf(LEVEL_STATEMENTS, 'level'),
  ...statementsOf(PROTECTION_INFO_MEMBERS, 'info'),
  ...statementsOf(EVENT_ENTRIES, 'event'),
  ...statementsOf(HRESULTS, 'hresult'),
  ...statementsOf(STATUS_STATEMENTS, 'status'),
  ...statementsOf(API_CALLS, 'call'),
  ...statementsOf(RULES, 'rule'),
  ...statementsOf(HOTFIX_FACTS, 'hotfix'),
  ...statementsOf(WRITE_STACK_FACTS, 'stack'),
  ...statementsOf(OTHER_SYSTEM_FACTS, 'system'),
  ...statementsOf(TOOL_FACTS, 'tool'),
  ...statementsOf(GLOSSARY_FACTS, 'term'),
];

function isUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

describe('statements', () => {
  it('are there for all parts of the catalogue', () => {
    expect(STATEMENTS.length).toBeGreaterThan(250);
  });

  it('name known sources, each once', () => {
    const offending = STATEMENTS.filter(
      ([, { sources }]) => !isUnique(sources) || sources.some((key) => !(key in SOURCES)),
    );
    expect(offending).toEqual([]);
  });

  it('cite a source, or say why they are believed', () => {
    const offending = STATEMENTS.filter(([, statement]) =>
      statement.standing === 'documented'
        ? statement.sources.length === 0
        : !REASONS.includes(statement.reason),
    );
    expect(offending).toEqual([]);
  });

  it('without any source are about the laboratory or its own choice', () => {
    const unsourced = STATEMENTS.flatMap(([, statement]) =>
      statement.standing === 'inferred' && statement.sources.length === 0 ? [statement.reason] : [],
    );
    expect(unsourced.filter((reason) => reason !== 'laboratory' && reason !== 'simplestSafe')).toEqual([]);
  });

  it('use every source and every reason', () => {
    const cited = new Set<string>(STATEMENTS.flatMap(([, statement]) => statement.sources));
    const given = new Set<string>(
      STATEMENTS.flatMap(([, s]) => (s.standing === 'inferred' ? [s.reason] : [])),
    );
    expect(Object.keys(SOURCES).filter((key) => !cited.has(key))).toEqual([]);
    expect(REASONS.filter((reason) => !given.has(reason))).toEqual([]);
  });

  it('cite pages by a title and a whole address, or by a title alone', () => {
    const sources = Object.values(SOURCES);
    expect(isUnique(sources.map(({ title }) => title))).toBe(true);
    const addresses = sources.flatMap(({ url }) => (url === null ? [] : [url]));
    expect(isUnique(addresses)).toBe(true);
    expect(addresses.filter((address) => !URL.canParse(address))).toEqual([]);
  });
});

describe('faults', () => {
  it('are the sixteen of the header, in its order', () => {
    expect(FAULT_ENTRIES.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect(['NONE', ...FAULT_ENTRIES.map(({ name }) => name)]).toEqual([...FAULT_NAMES]);
    expect(Object.keys(FAULT_STATEMENTS)).toEqual(FAULT_ENTRIES.map(({ number }) => String(number)));
  });

  const header = sharedSource('004');
  it.skipIf(header === null)('agree with the enumeration as published', () => {
    const enumeration =
      header?.slice(header.indexOf('typedef enum'), header.indexOf('} VSS_PROTECTION_FAULT')) ?? '';
    expect(enumeration.match(/VSS_PROTECTION_FAULT_\w+/g)).toEqual(FAULT_NAMES.map(documentedFaultName));
  });

  it.each(FAULT_ENTRIES)('$number $name is found by its number and is met somewhere', (entry) => {
    expect(faultEntry(entry.number)).toBe(entry);
    expect(entry.metBy.length).toBeGreaterThan(0);
    expect(isUnique(entry.metBy)).toBe(true);
  });

  it.each(FAULT_ENTRIES)('$number $name has the event 79 + $number under protection, 16 none', (entry) => {
    expect(entry.eventSnapshot).toBe(entry.number === 16 ? null : 79 + entry.number);
    if (entry.eventSnapshot !== null) {
      expect(EVENT_ENTRIES[entry.eventSnapshot].fault).toBe(entry.number);
    }
  });

  // design/model.md, section 9.
  const ORIGINAL_EVENTS: Record<FaultNumber, number[][]> = {
    1: [[32]],
    2: [[29]],
    3: [[27]],
    4: [[15]],
    5: [[6, 15]],
    6: [[14]],
    7: [[14]],
    8: [
      [38, 33, 36],
      [24, 35],
    ],
    9: [[25]],
    10: [[13, 35]],
    11: [],
    12: [[27]],
    13: [[14]],
    14: [[16]],
    15: [[119]],
    16: [[119]],
  };

  it.each(FAULT_ENTRIES)('$number $name is logged by its documented events with protection off', (entry) => {
    expect(entry.eventsOriginal).toEqual(ORIGINAL_EVENTS[entry.number]);
    expect(entry.eventsOriginal.flat().filter((id) => EVENT_ENTRIES[id].fault !== null)).toEqual([]);
  });

  it.each(FAULT_ENTRIES)('$number $name reports a known failure status', (entry) => {
    expect(NT_STATUSES[entry.failureStatus]).toBeGreaterThan(0);
  });

  it('never report the status of a volume that is merely offline', () => {
    expect(FAULT_ENTRIES.map(({ failureStatus }) => failureStatus)).not.toContain(
      'STATUS_DEVICE_NOT_CONNECTED',
    );
  });
});

describe('protection levels and VSS_VOLUME_PROTECTION_INFO', () => {
  it('number the levels as the header does', () => {
    expect(PROTECTION_LEVELS.map((level) => LEVEL_ENTRIES[level].value)).toEqual([0, 1]);
    for (const level of PROTECTION_LEVELS) {
      expect(LEVEL_ENTRIES[level].documentedName).toBe(`VSS_PROTECTION_LEVEL_${level}`);
    }
  });

  it('list the six members in the order of the structure', () => {
    expect(PROTECTION_INFO_MEMBERS.map(({ name, cType }) => `${cType} ${name}`)).toEqual([
      'VSS_PROTECTION_LEVEL m_protectionLevel',
      'BOOL m_volumeIsOfflineForProtection',
      'VSS_PROTECTION_FAULT m_protectionFault',
      'LONG m_failureStatus',
      'BOOL m_volumeHasUnusedDiffArea',
      'DWORD m_reserved',
    ]);
  });
});

describe('events', () => {
  // Message identifiers of volsnap.sys: severity in the two highest bits, event ID in the low word.
  const IDENTIFIERS = [
    0xc0060006, 0xc006000d, 0xc006000e, 0xc006000f, 0xc0060010, 0xc0060016, 0xc0060017, 0x80060018,
    0xc0060019, 0xc006001b, 0xc006001c, 0xc006001d, 0xc0060020, 0x40060021, 0xc0060023, 0xc0060024,
    0x80060026, 0x4006003a, 0xc0060050, 0xc0060051, 0xc0060052, 0xc0060053, 0xc0060054, 0xc0060055,
    0xc0060056, 0xc0060057, 0xc0060058, 0xc0060059, 0xc006005a, 0xc006005b, 0xc006005c, 0xc006005d,
    0xc006005e,
  ];
  const SEVERITIES: EventSeverity[] = ['information', 'warning', 'error'];
  const system = Object.entries(EVENT_ENTRIES).filter(([, { channel }]) => channel === 'System');
  const operational = Object.entries(EVENT_ENTRIES).filter(([, { channel }]) => channel !== 'System');

  it('have the severity of their message identifiers', () => {
    expect(system.map(([id, { severity }]) => [Number(id), severity])).toEqual(
      IDENTIFIERS.map((identifier) => [identifier & 0xffff, SEVERITIES[(identifier >>> 30) - 1]]),
    );
  });

  it('of the operational channel are told apart, and their severity is marked as inferred', () => {
    expect(operational.map(([id, { severity }]) => [Number(id), severity])).toEqual([
      [106, 'information'],
      [113, 'information'],
      [119, 'error'],
    ]);
    expect(operational.map(([, { statements }]) => statements.severity.standing)).not.toContain('documented');
  });

  it('of protection are 80 to 94, one for each fault but the last', () => {
    const pairs = system.flatMap(([id, { fault }]) => (fault === null ? [] : [Number(id) - fault]));
    expect(pairs).toEqual(Array.from({ length: 15 }, () => 79));
  });
});

describe('status codes', () => {
  it('are the published NTSTATUS values', () => {
    expect(NT_STATUSES).toEqual({
      STATUS_UNSUCCESSFUL: 0xc0000001,
      STATUS_NO_SUCH_DEVICE: 0xc000000e,
      STATUS_DISK_CORRUPT_ERROR: 0xc0000032,
      STATUS_DATA_ERROR: 0xc000003e,
      STATUS_DISK_FULL: 0xc000007f,
      STATUS_INSUFFICIENT_RESOURCES: 0xc000009a,
      STATUS_DEVICE_DATA_ERROR: 0xc000009c,
      STATUS_DEVICE_NOT_CONNECTED: 0xc000009d,
      STATUS_IO_TIMEOUT: 0xc00000b5,
      STATUS_INTERNAL_ERROR: 0xc00000e5,
      STATUS_FILE_CORRUPT_ERROR: 0xc0000102,
      STATUS_COMMITMENT_LIMIT: 0xc000012d,
      STATUS_IO_DEVICE_ERROR: 0xc0000185,
      STATUS_DEVICE_REMOVED: 0xc00002b6,
      VOLSNAP_MOUNT_INSTEAD_OF_OFFLINE: 0xd1000002,
    });
  });

  it('are the HRESULT values of the public headers', () => {
    const values = Object.entries(HRESULTS).map(([name, { value }]) => [name, value]);
    expect(Object.fromEntries(values)).toEqual({
      S_OK: 0,
      E_NOTIMPL: 0x80004001,
      E_ACCESSDENIED: 0x80070005,
      E_INVALIDARG: 0x80070057,
      VSS_E_PROVIDER_VETO: 0x80042306,
      VSS_E_OBJECT_NOT_FOUND: 0x80042308,
      VSS_E_VOLUME_NOT_SUPPORTED: 0x8004230c,
      VSS_E_OBJECT_ALREADY_EXISTS: 0x8004230d,
      VSS_E_VOLUME_IN_USE: 0x8004231d,
      VSS_E_MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED: 0x8004231e,
      VSS_E_INSUFFICIENT_STORAGE: 0x8004231f,
    });
  });
});

describe('API calls', () => {
  it.each(Object.entries(API_CALLS))(
    '%s can succeed, and has each result and argument once',
    (_name, call) => {
      expect(call.results[0]).toBe('S_OK');
      expect(isUnique(call.results)).toBe(true);
      expect(call.results.filter((result) => !(result in HRESULTS))).toEqual([]);
      expect(isUnique(call.arguments.map(({ name }) => name))).toBe(true);
      expect(call.statements.effect.standing).toBe('documented');
    },
  );

  it('explain no result that no call gives', () => {
    const given = new Set<string>(Object.values(API_CALLS).flatMap(({ results }) => results));
    expect(Object.keys(HRESULTS).filter((name) => !given.has(name))).toEqual([]);
  });
});

describe('rules', () => {
  // Everything that design/model.md marks as inferred, and every reading chosen where it is silent.
  const MUST_BE_INFERRED = [
    'snapshotLevelPurgesNothing',
    'offlineSnapshotsUnreadable',
    'clearSucceedsUnrepaired',
    'deleteUnusedDestroys',
    'externalWriteRefused',
    'clusterMount',
    'detectionOrder',
    'overwriteOfBadBlockSucceeds',
    'snapshotReadNeedsStorage',
    'lowerMaximumDeletesOldest',
    'writeWaitsForOwnGrowth',
    'revertReleasesNewerAreas',
    'createRefusedWhenStorageFails',
    'firstFaultStays',
    'clusterDetectedFirst',
    'attachRunsDetection',
    'adminOfflineIsNotProtection',
  ] as const;

  it.each(MUST_BE_INFERRED)('%s admits that it is inferred', (rule) => {
    expect(RULES[rule].standing).toBe('inferred');
  });
});
