import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRACE_FORMATS } from '../../../src/core/replay/trace';
import { BLKPARSE } from './fixtures/blkparse';
import { EVERY_FIXTURE } from './fixtures/every';
import { cutAt, recognise, replayOf, rowsOf, surveyOf, total } from './reading';

test('a flush is nowhere: it does not widen the range of its device', () => {
  const { range, devices } = surveyOf([BLKPARSE.bytes], recognise(BLKPARSE.bytes).reading);

  expect(range).toEqual({ from: 1024 * 512, to: 223_552 * 512 });
  expect(devices[0]?.range).toEqual(range);
});

test('there is a fixture of every format', () => {
  const formats = EVERY_FIXTURE.map(({ format }) => format);

  expect(TRACE_FORMATS.filter((format) => !formats.includes(format))).toEqual([]);
});

describe.each(EVERY_FIXTURE)('$name', (fixture) => {
  const reading = { ...recognise(fixture.bytes).reading, format: fixture.format };

  test('every line and record is what was found by hand', () => {
    const survey = surveyOf([fixture.bytes], reading);
    const { lines, blank, headers, skipped, unparsed } = survey;
    const { records, reads, writes, discards, others } = survey;

    expect([lines, blank, headers, total(skipped), total(unparsed)]).toEqual(fixture.lines);
    expect([records, reads, writes, discards, others]).toEqual(fixture.records);
    expect(survey.writtenBytes).toBe(fixture.writtenBytes);
    expect(survey.devices.map(({ name }) => name)).toEqual(fixture.devices);
    expect(survey.times).toEqual(fixture.times);
  });

  test('the copies are those found by hand', () => {
    const { totals } = replayOf(fixture.bytes, reading);
    const [records, , writes] = fixture.records;

    expect(totals).toEqual({
      records,
      writes,
      blocksTouched: fixture.blocksTouched,
      uniqueBlocksWritten: fixture.uniqueBlocksWritten,
      copies: fixture.copiesPerSnapshot.reduce((sum, copies) => sum + copies, 0),
      copiesPerSnapshot: fixture.copiesPerSnapshot,
    });
  });

  test('wherever the file is cut into chunks, the result is the same', () => {
    const whole = { survey: surveyOf([fixture.bytes], reading), rows: rowsOf([fixture.bytes], reading) };
    const bytewise = Array.from(fixture.bytes, (_, at) => at);
    const cuts = fc
      .array(fc.nat(fixture.bytes.length), { maxLength: 12 })
      .map((ends) => ends.sort((a, b) => a - b));

    fc.assert(
      fc.property(cuts, (ends) => {
        const chunks = cutAt(fixture.bytes, ends);
        expect({ survey: surveyOf(chunks, reading), rows: rowsOf(chunks, reading) }).toEqual(whole);
      }),
      { numRuns: 60, examples: [[bytewise]] },
    );
  });

  test('every line is accounted for', () => {
    const survey = surveyOf([fixture.bytes], reading);
    const { blank, headers, continuations, skipped, unparsed, records } = survey;

    expect(blank + headers + continuations + total(skipped) + total(unparsed) + records).toBe(survey.lines);
    expect(survey.examples).toHaveLength(total(unparsed));
  });
});
