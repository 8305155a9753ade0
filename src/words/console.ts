import { BLOCK_SIZE_BYTES } from '../core/block';
import { hasUnusedDiffArea, type Machine } from '../core/machine';
import { memberValues, protectionInfo } from '../core/describe/protection-info';
import { documentedFaultName } from '../core/catalogue/fault';
import { LEVEL_ENTRIES } from '../core/catalogue/protection-level';
import { hexadecimal } from './phrase';

/** A shadow copy as the console names it. */
export interface NamedShadow {
  readonly snapshot: number;
  readonly identifier: string;
  readonly setIdentifier: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** The identifiers of the two volumes, without braces. */
export interface NamedVolumes {
  readonly live: string;
  readonly diff: string;
}

export const CONSOLE_WORDS = {
  title: 'Console',
  lead: 'Answers the documented vssadmin commands in their layout, against the machine as it stands at the end of this branch. The commands that begin with “protect” are ours: no documented version of vssadmin has them.',
  machine: 'Machine',
  line: 'Command line',
  run: 'Run',
  clear: 'Clear',
  copy: 'Copy',
  prompt: 'C:\\>',
  confirm: (count: number) => `Do you really want to delete ${count} shadow copies (Y/N): [N]?`,
  notDeleted: 'The operation has been cancelled.',
  deleted: (count: number) => `Successfully deleted ${count} shadow copies.`,
  resized: 'Successfully resized the shadow copy storage association',
  nothing: 'No items found that satisfy the query.',
  refused: (sentence: string) => `Error: ${sentence}`,
  result: (text: string) => `Result: ${text}`,
  notSimulated: (command: string) =>
    `Error: “${command}” is documented, but the laboratory has nothing that answers to it.`,
  noStorage: 'No items found that satisfy the query.',
} as const;

const BANNER = [
  'vssadmin 1.1 - Volume Shadow Copy Service administrative command-line tool',
  '(simulated by Shadow Copy Lab; layout as documented, sentences ours)',
  '',
];

export function bannerLines(): readonly string[] {
  return BANNER;
}

export function helpLines(): readonly string[] {
  return [
    ...BANNER,
    '---- Commands Supported ----',
    '',
    'Create Shadow           - Create a new volume shadow copy: /For=C:',
    'Delete Shadows          - Delete volume shadow copies: /For=C: [/Oldest | /All | /Shadow=ID] [/Quiet]',
    'List Providers          - List the registered shadow copy providers',
    'List Shadows            - List existing shadow copies: [/For=C:] [/Shadow=ID]',
    'List ShadowStorage      - List the shadow copy storage association',
    'List Volumes            - List the volumes that can have shadow copies',
    'Resize ShadowStorage    - Resize the association: /For=C: /On=D: [/MaxSize=N[KB|MB|GB] | UNBOUNDED]',
    '',
    ...protectHelpLines(),
  ];
}

/** What `protect` can be followed by. */
export function protectHelpLines(): readonly string[] {
  return [
    '---- Commands of the laboratory (not part of vssadmin) ----',
    '',
    'Protect Show            - VSS_VOLUME_PROTECTION_INFO of the volume',
    'Protect Level           - Set the protection level: snapshot | original',
    'Protect Clear           - Clear the protection fault',
    'Protect DeleteUnused    - Delete unused diff areas',
  ];
}

function volumeName(letter: 'C' | 'D', { live, diff }: NamedVolumes): string {
  return `(${letter}:)\\\\?\\Volume{${letter === 'C' ? live : diff}}\\`;
}

function deviceOf(snapshot: number): string {
  return `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${snapshot}`;
}

/** `2026-01-01T00:00:00.012Z` as "1/1/2026 12:00:00 AM". */
function timeText(iso: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/.exec(iso) ?? [];
  const hours = Number(hour);
  const half = hours < 12 ? 'AM' : 'PM';
  return `${Number(month)}/${Number(day)}/${year} ${hours % 12 === 0 ? 12 : hours % 12}:${minute}:${second} ${half}`;
}

export function shadowLines(shadows: readonly NamedShadow[], volumes: NamedVolumes): readonly string[] {
  if (shadows.length === 0) return [CONSOLE_WORDS.nothing];
  return shadows.flatMap(({ snapshot, identifier, setIdentifier, createdAt }) => [
    `Contents of shadow copy set ID: {${setIdentifier}}`,
    `   Contained 1 shadow copies at creation time: ${timeText(createdAt)}`,
    `      Shadow Copy ID: {${identifier}}`,
    `         Original Volume: ${volumeName('C', volumes)}`,
    `         Shadow Copy Volume: ${deviceOf(snapshot)}`,
    '         Originating Machine: shadow-copy-lab',
    '         Service Machine: shadow-copy-lab',
    "         Provider: 'Microsoft Software Shadow Copy provider 1.0'",
    '         Type: ClientAccessible',
    '         Attributes: Persistent, Client-accessible, No auto release, No writers, Differential',
    '',
  ]);
}

function sizeText(blocks: number): string {
  const bytes = blocks * BLOCK_SIZE_BYTES;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 2 ** (10 * power);
  return `${Number.isInteger(size) ? size : size.toFixed(2)} ${units[power]}`;
}

function shareText(blocks: number, of: number): string {
  return `${sizeText(blocks)} (${Math.round((100 * blocks) / of)}%)`;
}

/** The association, if the volume has one: it exists as long as there are shadow copies. */
export function storageLines(machine: Machine, volumes: NamedVolumes): readonly string[] {
  const { settings, allocated, used, maximumBlocks } = machine;
  if (allocated === 0) return [CONSOLE_WORDS.noStorage];
  const maximum =
    maximumBlocks === null ? 'UNBOUNDED (100%)' : shareText(maximumBlocks, settings.diffVolumeBlocks);
  return [
    'Shadow Copy Storage association',
    `   For volume: ${volumeName('C', volumes)}`,
    `   Shadow Copy Storage volume: ${volumeName('D', volumes)}`,
    `   Used Shadow Copy Storage space: ${shareText(used, settings.diffVolumeBlocks)}`,
    `   Allocated Shadow Copy Storage space: ${shareText(allocated, settings.diffVolumeBlocks)}`,
    `   Maximum Shadow Copy Storage space: ${maximum}`,
  ];
}

export function volumeLines(machine: Machine, volumes: NamedVolumes): readonly string[] {
  const diff = machine.diffVolumePresent
    ? [`Volume path: D:\\`, `    Volume name: \\\\?\\Volume{${volumes.diff}}\\`]
    : [];
  return [`Volume path: C:\\`, `    Volume name: \\\\?\\Volume{${volumes.live}}\\`, ...diff];
}

export function providerLines(): readonly string[] {
  return [
    "Provider name: 'Microsoft Software Shadow Copy provider 1.0'",
    '   Provider type: System',
    '   Provider Id: {b5946137-7b9f-4925-af80-51abd60b20d5}',
    '   Version: 1.0.0.7',
  ];
}

export function createdLines({ snapshot, identifier }: NamedShadow): readonly string[] {
  return [
    "Successfully created shadow copy for 'C:\\'",
    `    Shadow Copy ID: {${identifier}}`,
    `    Shadow Copy Volume Name: ${deviceOf(snapshot)}`,
  ];
}

/** The structure member by member, as the laboratory's own command prints it. */
export function protectionLines(machine: Machine): readonly string[] {
  const info = protectionInfo(machine);
  const values = memberValues(info);
  return [
    `   m_protectionLevel: ${values.m_protectionLevel} (${LEVEL_ENTRIES[info.protectionLevel].documentedName})`,
    `   m_volumeIsOfflineForProtection: ${values.m_volumeIsOfflineForProtection === 1 ? 'TRUE' : 'FALSE'}`,
    `   m_protectionFault: ${values.m_protectionFault} (${documentedFaultName(info.protectionFault)})`,
    `   m_failureStatus: ${hexadecimal(values.m_failureStatus)}`,
    `   m_volumeHasUnusedDiffArea: ${hasUnusedDiffArea(machine) ? 'TRUE' : 'FALSE'}`,
    `   m_reserved: ${values.m_reserved}`,
  ];
}

type MistakeCode =
  | 'empty'
  | 'unknownCommand'
  | 'unknownProtect'
  | 'unknownOption'
  | 'missingOption'
  | 'valueMissing'
  | 'unknownVolume'
  | 'badSize'
  | 'whichMissing'
  | 'tooLong';

const MISTAKES: Readonly<Record<MistakeCode, (text: string) => string>> = {
  empty: () => 'Type a command, or /? for help.',
  unknownCommand: (text) => `“${text}” is no command here. Type /? for help.`,
  unknownProtect: (text) =>
    `“${text}” is no command here. “protect” is followed by show, level, clear or deleteunused.`,
  unknownOption: (text) => `“${text}” is not understood.`,
  missingOption: (text) => `The option ${text} is missing.`,
  valueMissing: (text) => `A value is missing: ${text}`,
  unknownVolume: (text) => `There is no volume “${text}” for this: C: has the shadow copies, D: stores them.`,
  badSize: (text) => `“${text}” is no size: use a number with KB, MB or GB, or UNBOUNDED.`,
  whichMissing: () => 'Say which: /Oldest, /All or /Shadow=ID.',
  tooLong: (text) => `A line has at most ${text} characters.`,
};

/** The sentence for a line that was not understood, under a mark at the place. */
export function mistakeLines(code: MistakeCode, text: string, column: number): readonly string[] {
  const indent = ' '.repeat(CONSOLE_WORDS.prompt.length + column);
  return [`${indent}^`, `Error: ${MISTAKES[code](text)}`];
}
