import { describe, expect, test } from 'vitest';
import {
  LONGEST_LINE_BYTES,
  LONGEST_WRITE_BYTES,
  MAXIMUM_TRACE_DEVICES,
  type TraceFormat,
  type TraceSurvey,
  type UnparsedReason,
} from '../../../src/core/replay/trace';
import { TraceReader } from '../../../src/formats/trace/trace-reader';
import { textBytes } from './fixtures/fixture';
import { rowsOf, surveyOf, total } from './reading';

const TWO_TO_53 = '9007199254740992';

function surveyText(format: TraceFormat, text: string): TraceSurvey {
  return surveyOf([textBytes(text)], { format, blkparseAction: 'Q' });
}

describe('a line that makes no sense is counted with its reason, and the next one is read:', () => {
  const cases: readonly (readonly [format: TraceFormat, line: string, reason: UnparsedReason])[] = [
    ['alibaba', '1,W,0,4096', 'columns'],
    ['alibaba', '1,W,0,4096,1,1', 'columns'],
    ['alibaba', '1,X,0,4096,1', 'operation'],
    ['alibaba', '1,W,0,4096,later', 'time'],
    ['alibaba', '1,W,0,4096,-5', 'time'],
    ['alibaba', '1,W,0,4096,1.123456789x', 'time'],
    ['alibaba', ',W,0,4096,1', 'device'],
    ['alibaba', '1,W,,4096,1', 'offset'],
    ['alibaba', '1,W,4e3,4096,1', 'offset'],
    ['alibaba', '1,W,0x10,4096,1', 'offset'],
    ['alibaba', '1,W,Infinity,4096,1', 'offset'],
    ['alibaba', '1,W,0,nan,1', 'length'],
    ['alibaba', '1,W,0,4096.5,1', 'length'],
    ['alibaba', '1,W,-1,4096,1', 'negative'],
    ['alibaba', '1,W,0,-4096,1', 'negative'],
    ['alibaba', `1,W,${TWO_TO_53},0,1`, 'beyondLimit'],
    ['alibaba', `1,R,1,${TWO_TO_53.replace(/2$/, '1')},1`, 'beyondLimit'],
    ['alibaba', `1,R,${'9'.repeat(400)},1,1`, 'beyondLimit'],
    ['alibaba', `1,W,0,${LONGEST_WRITE_BYTES + 1},1`, 'writeTooLong'],
    ['alibaba', '1,W,0,40\u{0}96,1', 'control'],
    ['alibaba', '\u{0}\u{0}\u{0}', 'control'],
    ['alibaba', '1\u{1b}[2J,W,0,4096,1', 'control'],
    ['tencent', `1,${2 ** 44},1,1,1`, 'beyondLimit'],
    ['tencent', '1,0,8,2,1', 'operation'],
    ['msr', '1,usr,0,Wrote,0,1,1', 'operation'],
    ['msr', '1,usr,,Write,0,1,1', 'device'],
    ['msr', `${'1'.repeat(25)},usr,0,Write,0,1,1`, 'time'],
    ['spc', '0,1,512,w', 'columns'],
    ['vscsiCsv', '3,1,2a,512,0', 'layout'],
    ['vscsiCsv', '2,1,2a0,512,0', 'operation'],
    ['mqsim', '1.5 0 0 8 0', 'time'],
    ['mqsim', '1 0 0 8 2', 'operation'],
    ['mqsim', '1 a 0 8 1', 'device'],
    ['disksim', '1 0 0 8 g', 'operation'],
    ['disksim', 'inf 0 0 8 0', 'time'],
    ['disksim', '1e400 0 0 8 0', 'time'],
    ['fio3', '1 file scribble 0 1', 'operation'],
    ['fio3', '1 file sync', 'operation'],
    ['fio3', 'x file write 0 1', 'time'],
    ['fio3', '1 file write', 'operation'],
    ['fio2', 'file write 0', 'columns'],
    ['blkparse', '8,0 0 1', 'columns'],
    ['blkparse', 'nonsense', 'columns'],
    ['blkparse', '8,0 0 1 0.1 0 Q W 1 8', 'columns'],
    ['blkparse', '8,0 0 1 0.1 0 Q W 1 +', 'columns'],
    ['blkparse', '8,0 0 1 0.1 0 Q W x + 8', 'offset'],
    ['procmon', '"a","b","c","d"', 'noHeader'],
  ];

  test.each(cases)('%s: %s: %s', (format, line, reason) => {
    const survey = surveyText(format, `${line}\n`);

    expect(survey.unparsed[reason], JSON.stringify(survey.examples)).toBe(1);
    expect([survey.lines, total(survey.unparsed), survey.records]).toEqual([1, 1, 0]);
    expect(survey.devices).toEqual([]);
  });

  test('Process Monitor, behind its header', () => {
    const lines = [
      '"Operation","Path","Result","Detail"',
      '"WriteFile","C:\\a","SUCCESS","Priority: Normal"',
      '"WriteFile","C:\\a","SUCCESS","Offset: -1, Length: 5"',
      '"WriteFile","C:\\a","SUCCESS"',
      '"WriteFile","C:\\a","SUCCESS","Offset: 0, Length: 5"x',
      '"WriteFile","C:\\a","SUCCESS","Offset: 99,999,999,999,999,999, Length: 5"',
      '"WriteFile","C:\\a","SUCCESS","Offset: 0, Length: 5"',
    ];
    const { unparsed, records, examples } = surveyText('procmon', lines.join('\r\n'));

    expect(unparsed).toMatchObject({ detail: 1, negative: 1, columns: 1, quotation: 1, beyondLimit: 1 });
    expect(examples.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect([total(unparsed), records]).toEqual([5, 1]);
  });

  test('the largest numbers that are exact are taken', () => {
    const rows = rowsOf([textBytes('1,R,9007199254740990,1,1\n')], {
      format: 'alibaba',
      blkparseAction: 'Q',
    });

    expect(rows).toEqual([[0, 0, Number.MAX_SAFE_INTEGER - 1, 1, 0]]);
  });
});

describe('what is said of lines not understood', () => {
  test('is the first twenty of them, with where they are', () => {
    const { unparsed, examples } = surveyText('alibaba', `1,W,0,1,1\n${'?\n'.repeat(30)}`);

    expect(unparsed.columns).toBe(30);
    expect(examples.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  });

  test('shows nothing that hides or turns text, and no half characters', () => {
    const [cut, turned] = surveyText('alibaba', `a${'é'.repeat(100)}\na\u{202e}b\tc\u{0}\n`).examples;

    expect(cut?.text).toBe(`a${'é'.repeat(59)}…`);
    expect(turned?.text).toBe('a\u{fffd}b\u{fffd}c\u{fffd}');
  });

  test('shows a binary record by its bytes', () => {
    const bytes = new Uint8Array(32).fill(0xab);

    expect(surveyOf([bytes], { format: 'vscsi1', blkparseAction: 'Q' }).examples).toEqual([
      { line: 1, text: Array(32).fill('ab').join(' '), reason: 'layout' },
    ]);
  });

  test('a text in another encoding is shown a character a byte', () => {
    const bytes = Uint8Array.of(0xc4, 0x2e, 0x0a);

    expect(surveyOf([bytes], { format: 'alibaba', blkparseAction: 'Q' }).examples[0]?.text).toBe('Ä.');
  });
});

describe('a line too long', () => {
  const good = textBytes('1,W,0,4096,1\n');
  const reading = { format: 'alibaba', blkparseAction: 'Q' } as const;

  test.each([1, 2, 3])('is let go, and what follows is read (cut into %i chunks)', (parts) => {
    const line = new Uint8Array(LONGEST_LINE_BYTES + 1).fill(0x31);
    const size = Math.ceil(line.length / parts);
    const chunks = Array.from({ length: parts }, (_, part) => line.subarray(part * size, (part + 1) * size));
    const survey = surveyOf([...chunks, textBytes('\n'), good], reading);

    expect([survey.lines, survey.unparsed.lineTooLong, survey.records]).toEqual([2, 1, 1]);
    expect(survey.examples[0]?.text).toBe(`${'1'.repeat(120)}…`);
  });

  test('is let go where it lies in one chunk with what follows', () => {
    const line = `1,W,0,4096,1${' '.repeat(LONGEST_LINE_BYTES)}\n`;
    const survey = surveyText('alibaba', `${line}1,W,0,4096,1\n`);

    expect([survey.lines, survey.unparsed.lineTooLong, survey.records]).toEqual([2, 1, 1]);
  });

  test('at the limit is still read', () => {
    const padded = `1,W,0,4096,1${' '.repeat(LONGEST_LINE_BYTES - 12)}\n`;

    expect(padded).toHaveLength(LONGEST_LINE_BYTES + 1);
    expect(surveyText('alibaba', padded).records).toBe(1);
  });

  test('of a gigabyte takes no more memory than a short one', () => {
    const reader = new TraceReader(reading);
    const chunk = new Uint8Array(2 ** 20).fill(0x31);
    const before = process.memoryUsage();
    for (let sent = 0; sent < 2 ** 30; sent += chunk.length) reader.push(chunk);
    const after = process.memoryUsage();
    const survey = reader.end();

    expect([survey.lines, survey.unparsed.lineTooLong]).toEqual([1, 1]);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 22);
  });
});

describe('a quotation that is never closed', () => {
  const header = '"Operation","Path","Result","Detail"\n';
  const row = '"WriteFile","C:\\a","SUCCESS","Offset: 0, Length: 5"\n';

  test('costs the lines up to the limit, all of them counted, and no more', () => {
    const rows = 5000;
    const survey = surveyText('procmon', `${header}"WriteFile","C:\\a\n${row.repeat(rows)}`);

    expect(survey.unparsed.quotation).toBeGreaterThan(LONGEST_LINE_BYTES / row.length - 2);
    expect(survey.records).toBeGreaterThan(0);
    expect(survey.unparsed.quotation + survey.records).toBe(rows + 1);
    expect(survey.lines).toBe(rows + 2);
  });

  test('at the end of the file costs what it holds', () => {
    const survey = surveyText('procmon', `${header}${row}"WriteFile","C:\\a\nb\nc`);

    expect([survey.lines, survey.records, survey.unparsed.quotation]).toEqual([5, 1, 3]);
  });
});

test('more devices than can be told apart are counted, those known go on', () => {
  const lines = Array.from({ length: MAXIMUM_TRACE_DEVICES + 2 }, (_, device) => `${device},W,0,1,1\n`);
  const survey = surveyText('alibaba', `${lines.join('')}0,W,16384,1,2\n`);

  expect(survey.devices).toHaveLength(MAXIMUM_TRACE_DEVICES);
  expect(survey.unparsed.tooManyDevices).toBe(2);
  expect(survey.devices[0]).toMatchObject({ name: '0', records: 2, range: { from: 0, to: 16_385 } });
});
