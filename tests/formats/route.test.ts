import { expect, test } from 'vitest';
import { parseRoute } from '../../src/formats/route';

test.each([
  ['', { page: 'lab', link: { run: null } }],
  ['#/lab', { page: 'lab', link: { run: null } }],
  ['#/faults', { page: 'faults', fault: null, seen: null }],
  ['#/faults/', { page: 'faults', fault: null, seen: null }],
  ['#/faults?seen=offline', { page: 'faults', fault: null, seen: 'offline' }],
  ['#/faults/8', { page: 'faults', fault: 8, seen: null }],
  ['#/faults/diff_area_full', { page: 'faults', fault: 8, seen: null }],
  ['#/faults/VSS_PROTECTION_FAULT_IO_FAILURE', { page: 'faults', fault: 13, seen: null }],
  ['#/lessons', { page: 'lessons', id: null }],
  ['#/lessons/two-promises', { page: 'lessons', id: 'two-promises' }],
  ['#/reference', { page: 'reference', section: null, query: '' }],
  ['#/reference/hotfix?q=volsnap%20x64', { page: 'reference', section: 'hotfix', query: 'volsnap x64' }],
])('%s leads to its page', (hash, route) => {
  expect(parseRoute(hash)).toEqual({ ok: true, value: route });
});

test('a lab link is read as before', () => {
  expect(parseRoute('#/lab?fault=8&at=end')).toEqual({
    ok: true,
    value: { page: 'lab', link: { run: { fault: 8, worlds: ['off', 'on'], at: 'end' } } },
  });
});

test.each([
  ['#/nowhere', 'unknownRoute', '/nowhere'],
  ['#/faults/17', 'unknownFault', '17'],
  ['#/faults/0', 'unknownFault', '0'],
  ['#/faults/8/9', 'unknownRoute', '/faults/8/9'],
  ['#/lessons/<b>x</b>', 'unknownRoute', '/lessons/<b>x</b>'],
  ['#/lessons/UPPER', 'unknownRoute', '/lessons/UPPER'],
  [`#/reference/${'a'.repeat(81)}`, 'unknownRoute', `/reference/${'a'.repeat(69)}`],
])('%s is refused with its place', (hash, kind, text) => {
  expect(parseRoute(hash)).toEqual({ ok: false, problem: { kind, text } });
});
