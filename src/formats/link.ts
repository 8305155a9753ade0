import { FAULT_NAMES, type FaultNumber } from '../core/fault';
import type { LinkProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { WORLD_IDS, type WorldId } from '../core/scenario';

/** What a link to the laboratory asks for. */
export interface LabLink {
  /** `null`: the laboratory as it was left. */
  readonly run: {
    readonly fault: FaultNumber;
    readonly worlds: readonly WorldId[];
    readonly at: number | 'start' | 'end';
  } | null;
}

const LEVELS: ReadonlyMap<string, readonly WorldId[]> = new Map<string, readonly WorldId[]>([
  ['both', WORLD_IDS],
  ['original', ['off']],
  ['original_volume', ['off']],
  ['snapshot', ['on']],
]);

const LONGEST_TEXT = 80;

/** `#/lab?fault=8&level=both&at=end`. A fault is its number or its name, with or without the common prefix. */
export function parseLabLink(hash: string): Result<LabLink, LinkProblem> {
  const [route = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  if (!['', '/', '/lab', '/lab/'].includes(route)) return problem('unknownRoute', route);
  const values = parseQuery(query);
  const faultText = values.get('fault');
  if (faultText === undefined) {
    const stray = ['level', 'at'].find((key) => values.has(key));
    return stray === undefined ? success({ run: null }) : problem('faultMissing', stray);
  }
  const fault = parseFault(faultText);
  if (fault === null) return problem('unknownFault', faultText);
  const levelText = values.get('level') ?? 'both';
  const worlds = LEVELS.get(levelText.toLowerCase());
  if (worlds === undefined) return problem('unknownLevel', levelText);
  const atText = values.get('at') ?? 'start';
  const at = parsePosition(atText);
  if (at === null) return problem('unknownPosition', atText);
  return success({ run: { fault, worlds, at } });
}

function problem(kind: LinkProblem['kind'], text: string): Result<LabLink, LinkProblem> {
  return failure({ kind, text: text.slice(0, LONGEST_TEXT) });
}

export function parseQuery(query: string): ReadonlyMap<string, string> {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [key = '', value = ''] = pair.split('=', 2);
      return [decode(key), decode(value)];
    }),
  );
}

/** A text that is not properly encoded stands for itself: it is shown as it came, and recognised as nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

export function parseFault(text: string): FaultNumber | null {
  const name = text
    .trim()
    .toUpperCase()
    .replace(/^VSS_PROTECTION_FAULT_/, '');
  const number = /^\d{1,2}$/.test(name) ? Number(name) : FAULT_NAMES.findIndex((known) => known === name);
  return number >= 1 && number < FAULT_NAMES.length ? (number as FaultNumber) : null;
}

function parsePosition(text: string): number | 'start' | 'end' | null {
  if (text === 'start' || text === 'end') return text;
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}

export function printLabLink(fault: FaultNumber, worlds: readonly WorldId[], at: number): string {
  const level = worlds.length === 2 ? 'both' : worlds[0] === 'on' ? 'snapshot' : 'original';
  return `#/lab?fault=${fault}&level=${level}&at=${at}`;
}
