/**
 * A table that reads as well in a terminal as it does as Markdown.
 * @param {readonly import('./rows.js').Row[]} rows
 */
export function tableOf(rows) {
  const head = ['what', 'median', 'best / 95 % / worst', 'bound', 'against the control', ''];
  const body = rows.map((row) => [row.what, row.measured, row.spread, row.bound, row.control, row.verdict]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  /** @param {readonly string[]} cells */
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
