import type { LogRow } from '../../core/describe/log';
import { SEVERITY_WORDS } from '../../words/catalogue-events';
import { sentenceOfRow } from '../../words/log';
import { LOG_WORDS } from '../../words/panels';
import { clockTime, WORLD_NAMES } from '../../words/phrase';

/** What is wanted of the log; an empty text or `null`: anything. */
export interface LogFilter {
  readonly severity: LogRow['severity'] | null;
  readonly world: LogRow['world'] | null;
  /** Every word of it occurs in the event ID or in the sentence. */
  readonly text: string;
}

export function filterRows(rows: readonly LogRow[], { severity, world, text }: LogFilter): readonly LogRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter(
    (row) =>
      (severity === null || row.severity === severity) &&
      (world === null || row.world === world) &&
      words.every((word) => row.eventId === Number(word) || sentenceOfRow(row).toLowerCase().includes(word)),
  );
}

const { step, time, world, source, level, id, what } = LOG_WORDS.columns;
const HEAD: readonly string[] = [step, time, world, source, level, id, what];

function cellsOf(row: LogRow): readonly string[] {
  return [
    String(row.position),
    clockTime(row.timeMs),
    WORLD_NAMES[row.world],
    LOG_WORDS.sources[row.source],
    SEVERITY_WORDS[row.severity],
    row.eventId === null ? '' : String(row.eventId),
    sentenceOfRow(row),
  ];
}

/** For pasting into a message: one line a row, columns apart by tabs. */
export function textOfRows(rows: readonly LogRow[]): string {
  return [HEAD, ...rows.map(cellsOf)].map((cells) => cells.join('\t')).join('\n');
}

/** RFC 4180, with the mark that makes spreadsheets read it as UTF-8. A cell never begins a formula. */
export function csvOfRows(rows: readonly LogRow[]): string {
  const lines = [HEAD, ...rows.map(cellsOf)].map((cells) => cells.map(quoted).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  const text = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
