import { BLOCK_SIZE_BYTES } from '../core/block';
import type { ProtectionLevel } from '../core/protection';
import { failure, success, type Result } from '../core/result';

/** What a line of the console asks for. Volumes are checked: only C: and D: exist here. */
export type ConsoleRequest =
  | { readonly kind: 'help' }
  | { readonly kind: 'listShadows'; readonly shadow: string | null }
  | { readonly kind: 'listShadowStorage' }
  | { readonly kind: 'listVolumes' }
  | { readonly kind: 'listProviders' }
  | { readonly kind: 'createShadow' }
  /** In blocks; `null`: unbounded. */
  | { readonly kind: 'resizeShadowStorage'; readonly maximumBlocks: number | null }
  | {
      readonly kind: 'deleteShadows';
      readonly which: 'oldest' | 'all' | { readonly shadow: string };
      readonly isQuiet: boolean;
    }
  /** A documented command that has no counterpart in the laboratory. */
  | { readonly kind: 'notSimulated'; readonly command: string }
  /** The laboratory's own commands: vssadmin has no verb for protection. */
  | { readonly kind: 'protectHelp' | 'protectShow' | 'protectClear' | 'protectDeleteUnused' }
  | { readonly kind: 'protectLevel'; readonly level: ProtectionLevel };

export interface ConsoleMistake {
  readonly code:
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
  /** What was found there, or what is missing. */
  readonly text: string;
  /** Where in the line, in characters from 0. */
  readonly column: number;
}

interface Word {
  readonly text: string;
  readonly column: number;
}

const LONGEST_LINE = 400;

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  K: 2 ** 10,
  KB: 2 ** 10,
  M: 2 ** 20,
  MB: 2 ** 20,
  G: 2 ** 30,
  GB: 2 ** 30,
  T: 2 ** 40,
  TB: 2 ** 40,
};

const HELP: ReadonlySet<string> = new Set(['/?', '-?', 'help', '?']);

/** The commands that the documentation lists and that nothing here answers to. */
const NOT_SIMULATED: ReadonlySet<string> = new Set([
  'add shadowstorage',
  'delete shadowstorage',
  'list writers',
  'revert shadow',
  'query reverts',
]);

export function parseConsoleLine(line: string): Result<ConsoleRequest, ConsoleMistake> {
  if (line.length > LONGEST_LINE) return mistake('tooLong', String(LONGEST_LINE), LONGEST_LINE);
  const words = [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], column: match.index }));
  const [program] = words;
  if (program === undefined) return mistake('empty', '', 0);
  const rest = program.text.toLowerCase() === 'vssadmin' ? words.slice(1) : words;
  const [verb, object] = rest.map(({ text }) => text.toLowerCase());
  if (verb === undefined || HELP.has(verb)) return success({ kind: 'help' });
  if (verb === 'protect') return parseProtect(rest);
  const name = `${verb} ${object ?? ''}`.trim();
  if (NOT_SIMULATED.has(name)) return success({ kind: 'notSimulated', command: name });
  const parse = COMMANDS[name];
  if (parse === undefined) return mistake('unknownCommand', name, rest[0]!.column);
  const options = parseOptions(rest.slice(2));
  if (!options.ok) return options;
  return options.value.has('?') ? success({ kind: 'help' }) : parse(options.value, line.length);
}

type Options = ReadonlyMap<string, Word>;
type Parse = (options: Options, end: number) => Result<ConsoleRequest, ConsoleMistake>;

const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  'for',
  'on',
  'shadow',
  'set',
  'maxsize',
  'oldest',
  'all',
  'quiet',
  '?',
]);

function parseOptions(words: readonly Word[]): Result<Options, ConsoleMistake> {
  const options = new Map<string, Word>();
  for (const { text, column } of words) {
    const match = /^[/-](\?|[a-z]+)(?:=(.*))?$/i.exec(text);
    const name = match?.[1]?.toLowerCase() ?? '';
    if (match === null || !KNOWN_OPTIONS.has(name)) return mistake('unknownOption', text, column);
    const value = match[2] ?? '';
    if (['for', 'on', 'shadow', 'set', 'maxsize'].includes(name) && value === '') {
      return mistake('valueMissing', `/${name}=`, column);
    }
    if ((name === 'for' || name === 'on') && !isVolume(value, name === 'for' ? 'C' : 'D')) {
      return mistake('unknownVolume', value, column);
    }
    options.set(name, { text: value, column });
  }
  return success(options);
}

/** C: is the live volume, D: holds the diff area. */
function isVolume(text: string, letter: string): boolean {
  return new RegExp(`^${letter}:?\\\\?$`, 'i').test(text);
}

const COMMANDS: Readonly<Record<string, Parse>> = {
  'list shadows': (options) => success({ kind: 'listShadows', shadow: options.get('shadow')?.text ?? null }),
  'list shadowstorage': () => success({ kind: 'listShadowStorage' }),
  'list volumes': () => success({ kind: 'listVolumes' }),
  'list providers': () => success({ kind: 'listProviders' }),
  'create shadow': (options, end) => needing(options, end, 'for') ?? success({ kind: 'createShadow' }),
  'resize shadowstorage': (options, end) => needing(options, end, 'for', 'on') ?? parseResize(options),
  'delete shadows': (options, end) => needing(options, end, 'for') ?? parseDelete(options, end),
};

function needing(
  options: Options,
  end: number,
  ...names: readonly string[]
): Result<ConsoleRequest, ConsoleMistake> | null {
  const missing = names.find((name) => !options.has(name));
  // A shadow copy is also found by its ID alone.
  if (missing === undefined || (missing === 'for' && options.has('shadow'))) return null;
  return mistake('missingOption', `/${missing}=`, end);
}

function parseResize(options: Options): Result<ConsoleRequest, ConsoleMistake> {
  const size = options.get('maxsize');
  // Without a size there is no limit (vssadmin resize shadowstorage).
  if (size === undefined || /^unbounded$/i.test(size.text)) {
    return success({ kind: 'resizeShadowStorage', maximumBlocks: null });
  }
  const match = /^(\d{1,12})([a-z]{0,2})$/i.exec(size.text);
  const unit = UNITS[match?.[2]?.toUpperCase() ?? '?'];
  if (match === null || unit === undefined) return mistake('badSize', size.text, size.column);
  const maximumBlocks = Math.floor((Number(match[1]) * unit) / BLOCK_SIZE_BYTES);
  return success({ kind: 'resizeShadowStorage', maximumBlocks });
}

function parseDelete(options: Options, end: number): Result<ConsoleRequest, ConsoleMistake> {
  const isQuiet = options.has('quiet');
  const shadow = options.get('shadow')?.text;
  if (shadow !== undefined) return success({ kind: 'deleteShadows', which: { shadow }, isQuiet });
  if (options.has('all')) return success({ kind: 'deleteShadows', which: 'all', isQuiet });
  if (options.has('oldest')) return success({ kind: 'deleteShadows', which: 'oldest', isQuiet });
  return mistake('whichMissing', '', end);
}

function parseProtect(words: readonly Word[]): Result<ConsoleRequest, ConsoleMistake> {
  const [, verb, value] = words;
  if (verb === undefined || HELP.has(verb.text.toLowerCase())) return success({ kind: 'protectHelp' });
  switch (verb.text.toLowerCase()) {
    case 'show':
      return success({ kind: 'protectShow' });
    case 'clear':
      return success({ kind: 'protectClear' });
    case 'deleteunused':
      return success({ kind: 'protectDeleteUnused' });
    case 'level':
      return parseLevel(value, verb.column + verb.text.length);
    default:
      return mistake('unknownProtect', `protect ${verb.text}`, verb.column);
  }
}

function parseLevel(value: Word | undefined, end: number): Result<ConsoleRequest, ConsoleMistake> {
  const text = value?.text.toLowerCase() ?? '';
  if (text === 'snapshot') return success({ kind: 'protectLevel', level: 'SNAPSHOT' });
  if (['original', 'original_volume'].includes(text)) {
    return success({ kind: 'protectLevel', level: 'ORIGINAL_VOLUME' });
  }
  return value === undefined
    ? mistake('valueMissing', 'snapshot | original', end)
    : mistake('unknownOption', value.text, value.column);
}

function mistake(
  code: ConsoleMistake['code'],
  text: string,
  column: number,
): { readonly ok: false; readonly problem: ConsoleMistake } {
  return failure({ code, text: text.slice(0, 80), column });
}
