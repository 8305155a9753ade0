import { describe, expect, test } from 'vitest';
import { createDecimal, printDecimal } from '../../../src/formats/trace/decimal';
import { Fields } from '../../../src/formats/trace/fields';
import { readTimeOfDay } from '../../../src/formats/trace/time-of-day';
import { textBytes } from './fixtures/fixture';

describe('a time of day, in units of 100 ns since midnight', () => {
  const times: readonly (readonly [text: string, ticks: string | null])[] = [
    ['12:00:00.0000000 AM', '0'],
    ['12:00:01 PM', '432010000000'],
    ['4:33:18.0872943 PM', '595980872943'],
    ['16:33:18,0872943', '595980872943'],
    ['9/1/2020 4:33:18.5 pm', '595985000000'],
    ['0.0001234', null],
    ['', null],
    ['midnight', null],
  ];

  test.each(times)('%s', (text, ticks) => {
    const into = createDecimal();
    const bytes = textBytes(text);
    const isTime = readTimeOfDay(bytes, { start: 0, end: bytes.length }, into);

    expect(isTime ? printDecimal(into) : null).toBe(ticks);
  });
});

describe('quoted fields', () => {
  function split(text: string, end = text.length): readonly string[] | null {
    const fields = new Fields(4);
    if (!fields.splitQuoted(textBytes(text), { start: 0, end })) return null;
    return Array.from({ length: fields.count }, (_, index) => {
      const span = fields.at(index);
      return text.slice(span.start, span.end);
    });
  }

  const cases: readonly (readonly [text: string, fields: readonly string[] | null])[] = [
    ['"a","b"', ['a', 'b']],
    ['a,"b,c",', ['a', 'b,c', '']],
    ['"a""b"', ['a""b']],
    ['""', ['']],
    ['"a"b', null],
    ['"a', null],
    ['"a"""', ['a""']],
  ];

  test.each(cases)('%s', (text, fields) => {
    expect(split(text)).toEqual(fields);
  });

  test('end where the line ends, whatever lies behind', () => {
    expect(split('"a""b"', 3)).toEqual(['a']);
  });
});
