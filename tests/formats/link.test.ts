import { describe, expect, it } from 'vitest';
import { parseLabLink, printLabLink } from '../../src/formats/link';

describe('a link to the laboratory', () => {
  it.each([
    ['', null],
    ['#/', null],
    ['#/lab', null],
    ['#/lab?', null],
    ['#/lab?fault=8', { fault: 8, worlds: ['off', 'on'], at: 'start' }],
    ['#/lab?fault=08&at=end', { fault: 8, worlds: ['off', 'on'], at: 'end' }],
    ['#/lab?fault=grow_too_slow&level=original', { fault: 9, worlds: ['off'], at: 'start' }],
    [
      '#/lab?fault=VSS_PROTECTION_FAULT_DIFF_AREA_FULL&level=SNAPSHOT&at=12',
      { fault: 8, worlds: ['on'], at: 12 },
    ],
    ['#/lab?fault=%38&level=both', { fault: 8, worlds: ['off', 'on'], at: 'start' }],
  ])('%s', (hash, run) => {
    expect(parseLabLink(hash)).toEqual({ ok: true, value: { run } });
  });

  it.each([
    ['#/nowhere', 'unknownRoute', '/nowhere'],
    ['#/lab?fault=0', 'unknownFault', '0'],
    ['#/lab?fault=17', 'unknownFault', '17'],
    ['#/lab?fault=NONE', 'unknownFault', 'NONE'],
    ['#/lab?fault=', 'unknownFault', ''],
    ['#/lab?fault=%ZZ', 'unknownFault', '%ZZ'],
    ['#/lab?fault=__proto__', 'unknownFault', '__proto__'],
    ['#/lab?fault=8&level=constructor', 'unknownLevel', 'constructor'],
    ['#/lab?fault=8&at=-1', 'unknownPosition', '-1'],
    ['#/lab?fault=8&at=1e9', 'unknownPosition', '1e9'],
    ['#/lab?at=end', 'faultMissing', 'at'],
  ])('%s is told apart as %s', (hash, kind, text) => {
    expect(parseLabLink(hash)).toEqual({ ok: false, problem: { kind, text } });
  });

  it('shows no more of a long text than has to be seen', () => {
    const parsed = parseLabLink(`#/lab?fault=${'x'.repeat(100_000)}`);
    expect(parsed.ok ? '' : parsed.problem.text).toHaveLength(80);
  });

  it.each([[['off', 'on']], [['off']], [['on']]] as const)('is read as it was printed, for %j', (worlds) => {
    const link = printLabLink(14, worlds, 7);
    expect(parseLabLink(link)).toEqual({ ok: true, value: { run: { fault: 14, worlds, at: 7 } } });
  });
});
